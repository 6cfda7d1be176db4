import { Worker } from 'node:worker_threads';
import type { StartWorkers } from '../step/engine.js';

/** The compiled worker; from src/ (tests) too, since a thread cannot run TypeScript. */
const ENTRY = new URL('../../../dist/train/node/worker.js', import.meta.url);

/** Starts training threads as Node workers. */
export const startNodeWorkers: StartWorkers = (job, memory, count) => {
  const workers = Array.from({ length: count }, (_, i) => {
    const worker = new Worker(ENTRY, { workerData: { job, memory, thread: i + 1 } });
    worker.on('error', () => {}); // the task board has told the main thread
    worker.unref();
    return worker;
  });
  return () => {
    for (const worker of workers) void worker.terminate();
  };
};
