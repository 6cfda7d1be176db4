import type { StartWorkers } from '../step/engine.js';

/**
 * Starts `count` training threads as Workers, for one training, and waits until they are there; without cross-origin isolation there is no
 * shared memory, and the training goes on with one thread (`undefined`). Call it in a Worker: threads wait for each
 * other, which a page's own thread is not allowed to.
 * @param entry URL of the bundled `anyrate/train-worker`, for bundlers that do not follow `new Worker(new URL(...))`: esbuild, and
 * none at all; vite, webpack and Rollup need none
 */
export async function prepareBrowserWorkers(count: number, entry?: URL): Promise<StartWorkers | undefined> {
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
function startWorker(entry: URL | undefined): Promise<Worker> {
  const worker = entry === undefined ? builtinWorker() : new Worker(entry, { type: 'module' });
  worker.postMessage('ready?');
  return new Promise((resolve, reject) => {
    worker.onmessage = () => resolve(worker);
    worker.onerror = ({ message = 'it was not found, or is no module' }) => reject(notStarted(message));
  });
}

/** Bundlers find the thread's file only where its URL is written inside `new Worker`. */
function builtinWorker(): Worker {
  return new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
}

function notStarted(message: string): Error {
  const mend = 'bundle anyrate/train-worker as a file of its own, and pass its URL to prepareBrowserWorkers';
  return new Error(`a training thread did not start: ${message}; ${mend}`);
}
