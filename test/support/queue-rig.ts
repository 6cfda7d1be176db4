/** Sweeps of toy jobs that no process trains: what they "train" is written at once, or after a while. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll } from 'vitest';
import type { Job } from '../../src/run/jobs/job.js';
import { FolderStore } from '../../src/run/jobs/node/folder-store.js';
import { createJob, parseJob } from '../../src/run/jobs/node/job-key.js';
import { thisMachine } from '../../src/run/jobs/node/machine.js';
import { formatResult } from '../../src/run/jobs/result.js';
import type { Work, WorkGiven } from '../../src/run/queue/node/attempt.js';
import { toyDataset, toyRecipe } from './toy.js';

const dataset = toyDataset(8);

/** Jobs that differ in their seeds. */
export function toyJobs(count: number, first = 1): Job[] {
  return Array.from({ length: count }, (_, i) =>
    reread(
      createJob(
        { recipe: { ...toyRecipe(), seed: first + i, split: 'quarter' }, method: 'mrmp', rates: [0.5] },
        dataset,
      ),
    ),
  );
}

/** As whoever reads it has it. */
function reread({ spec }: Job): Job {
  return parseJob(JSON.parse(JSON.stringify(spec)), 'toy');
}

/** The folders of all stores of a test file. */
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export function toyStore(): FolderStore {
  const folder = mkdtempSync(join(tmpdir(), 'anyrate-queue-'));
  folders.push(folder);
  const store = new FolderStore(folder);
  store.make();
  return store;
}

/** What a toy job gives. */
export function toyResult({ spec, key }: Job): string {
  return formatResult({ job: spec, rows: [], diverged: `toy ${key.slice(0, 8)}` });
}

/** Sleeps instead of training; tells each beginning and end. */
export class ToyWork implements Work {
  begun: string[] = [];
  done: string[] = [];
  /** What a job gives. */
  text = toyResult;
  dies = false;
  private readonly milliseconds: number;
  private readonly killed = new AbortController();

  constructor(milliseconds = 0) {
    this.milliseconds = milliseconds;
  }

  async run(job: Job, { store, signal }: WorkGiven): Promise<'done' | 'stopped'> {
    this.begun.push(job.key);
    if (this.dies) throw new Error('the process died');
    const isEnd =
      this.milliseconds === 0 || (await rested(this.milliseconds, AbortSignal.any([signal, this.killed.signal])));
    if (this.killed.signal.aborted) throw new Error('killed');
    if (!isEnd) {
      await store.saveCheckpoint(job.checkpointKey, new TextEncoder().encode(`left ${job.key}`));
      return 'stopped';
    }
    await store.saveResult(job.key, this.text(job), { seconds: this.milliseconds / 1000, machine: thisMachine() });
    await store.dropCheckpoint(job.checkpointKey);
    this.done.push(job.key);
    return 'done';
  }

  kill(): void {
    this.killed.abort();
  }
}

/** False where the signal came first. */
function rested(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return sleep(milliseconds, true, { signal }).catch(() => false);
}

/** Waits until something is so. */
export async function until(isSo: () => boolean | Promise<boolean>, seconds = 30): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`not so after ${seconds} s`);
    await sleep(50);
  }
}
