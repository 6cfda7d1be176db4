import { setImmediate } from 'node:timers/promises';
import { InterruptedError } from '../../../core/errors.js';
import type { Dataset } from '../../../data/dataset.js';
import { clipsWithin, openNodeClips } from '../../../train/node/clip-file.js';
import { startNodeWorkers } from '../../../train/node/workers.js';
import type { Job } from '../job.js';
import { performJob } from '../perform.js';
import { formatResult } from '../result.js';
import type { JobEnd, JobGiven, JobPlace } from './place.js';

/** Trains and measures jobs in this process, on data that it has. */
export class TrainingPlace implements JobPlace {
  private readonly dataset: Dataset;
  private readonly threads: number;

  constructor(dataset: Dataset, threads: number) {
    this.dataset = dataset;
    this.threads = threads;
  }

  async run(job: Job, { checkpoint, onProgress, onCheckpoint, signal }: JobGiven): Promise<JobEnd> {
    const { threads } = this;
    try {
      const { result, seconds } = await performJob(job, this.dataset, {
        training: { threads, startWorkers: startNodeWorkers, createClips: clipsWithin(), openClips: openNodeClips },
        checkpoint,
        signal,
        onCheckpoint,
        onProgress: async (progress) => {
          onProgress?.(progress);
          await setImmediate(); // signals and messages are heard
        },
      });
      return { type: 'result', text: formatResult(result), seconds };
    } catch (error) {
      if (error instanceof InterruptedError) return { type: 'stopped' };
      throw error;
    }
  }
}
