import type { Job } from '../job.js';
import type { Finished, JobRun } from '../result.js';
import type { KeepingStore } from './job-store.js';
import { parseResult } from './parse-result.js';

/** Results for as long as this process lives, and no checkpoints. */
export class MemoryStore implements KeepingStore {
  private readonly results = new Map<string, { readonly text: string; readonly run: JobRun }>();

  make(): void {}

  async result(key: string): Promise<string | undefined> {
    return this.results.get(key)?.text;
  }

  async saveResult(key: string, text: string, run: JobRun): Promise<void> {
    this.results.set(key, { text, run });
  }

  async checkpoint(): Promise<undefined> {}

  async saveCheckpoint(): Promise<void> {}

  async dropCheckpoint(): Promise<void> {}

  finished({ key, name }: Job): Finished | undefined {
    const kept = this.results.get(key);
    return kept && { result: parseResult(kept.text, key, name), run: kept.run };
  }
}
