import type { StartWorkers } from '../step/engine.js';

/**
 * Starts `count` training threads as Workers, for one training, and waits until they are there; without cross-origin isolation there is no
 * shared memory, and the training goes on with one thread (`undefined`). Call it in a Worker: threads wait for each
 * other, which a page's own thread is not allowed to.
 * @param entry URL of the compiled worker.js, where a bundler has moved it
 */
export async function prepareBrowserWorkers(
  count: number,
  entry: URL = new URL('./worker.js', import.meta.url),
): Promise<StartWorkers | undefined> {
  if (!globalThis.crossOriginIsolated || count === 0) return undefined;
  const workers = await Promise.all(Array.from({ length: count }, () => startWorker(entry)));
  return (job, memory, wanted) => {
    if (workers.length < wanted) throw tooFew(wanted, workers.length);
    const started = workers.splice(0, wanted);
    for (const worker of workers.splice(0)) worker.terminate();
    for (const [i, worker] of started.entries()) worker.postMessage({ job, memory, thread: i + 1 });
    return () => {
      for (const worker of started) worker.terminate();
    };
  };
}

function tooFew(wanted: number, free: number): RangeError {
  const mend = 'call prepareBrowserWorkers for each training, with one fewer than its threads';
  return new RangeError(`training threads: expected ${wanted} prepared, found ${free}; ${mend}`);
}

/** Asks and waits for an answer: a message that is sent before would wait for the sender, which will be blocked. */
function startWorker(entry: URL): Promise<Worker> {
  const worker = new Worker(entry, { type: 'module' });
  worker.postMessage('ready?');
  return new Promise((resolve, reject) => {
    worker.onmessage = () => resolve(worker);
    worker.onerror = ({ message }) => reject(new Error(`a training thread did not start: ${message}`));
  });
}
