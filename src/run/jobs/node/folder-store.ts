import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readBytes, readText } from '../../../core/node/read.js';
import { makeFolder, writeWhole } from '../../../core/node/write.js';
import type { Job } from '../job.js';
import type { Finished, JobRun } from '../result.js';
import type { KeepingStore } from './job-store.js';
import { parseResult, parseRun } from './parse-result.js';

/** Folders of a folder of jobs. Results of several are brought together by copying `jobs` and `times`. */
const FOLDERS = { result: 'jobs', run: 'times', checkpoint: 'checkpoints', failure: 'failures' } as const;

const RESULT = /^([0-9a-f]{64})\.json$/;

/** A job that no process could finish. */
export interface JobFailure {
  readonly name: string;
  readonly message: string;
}

/** Results and checkpoints as files named by the keys of their jobs, on this machine's disk or a shared one. */
export class FolderStore implements KeepingStore {
  readonly path: string;
  /** Tells the half-written files of this process from those of others. */
  private readonly writer: string;

  constructor(path: string, writer = `.${process.pid}`) {
    this.path = path;
    this.writer = writer;
  }

  make(): void {
    for (const folder of Object.values(FOLDERS)) makeFolder(join(this.path, folder));
  }

  /** Keys of all results that are there. */
  keys(): string[] {
    const folder = join(this.path, FOLDERS.result);
    const files = existsSync(folder) ? readdirSync(folder) : [];
    return files.flatMap((file) => RESULT.exec(file)?.[1] ?? []);
  }

  has(key: string): boolean {
    return existsSync(this.file('result', key));
  }

  async result(key: string): Promise<string | undefined> {
    return this.has(key) ? readText(this.file('result', key)) : undefined;
  }

  async saveResult(key: string, text: string, run: JobRun): Promise<void> {
    writeWhole(this.file('run', key), `${JSON.stringify(run)}\n`, this.writer);
    writeWhole(this.file('result', key), text, this.writer);
  }

  async checkpoint(checkpointKey: string): Promise<Uint8Array | undefined> {
    const file = this.file('checkpoint', checkpointKey);
    return existsSync(file) ? readBytes(file) : undefined;
  }

  async saveCheckpoint(checkpointKey: string, bytes: Uint8Array): Promise<void> {
    writeWhole(this.file('checkpoint', checkpointKey), bytes, this.writer);
  }

  async dropCheckpoint(checkpointKey: string): Promise<void> {
    rmSync(this.file('checkpoint', checkpointKey), { force: true });
  }

  hasCheckpoint({ checkpointKey }: Job): boolean {
    return existsSync(this.file('checkpoint', checkpointKey));
  }

  /** @throws InputError on a file that is not what it should be */
  finished({ key }: Job): Finished | undefined {
    const file = this.file('result', key);
    if (!existsSync(file)) return undefined;
    const times = this.file('run', key);
    const run = existsSync(times) ? parseRun(readText(times), times) : undefined;
    return { result: parseResult(readText(file), key, file), run };
  }

  failure(key: string): JobFailure | undefined {
    const file = this.file('failure', key);
    return existsSync(file) ? (JSON.parse(readText(file)) as JobFailure) : undefined;
  }

  saveFailure(key: string, failure: JobFailure): void {
    writeWhole(this.file('failure', key), `${JSON.stringify(failure)}\n`, this.writer);
  }

  /** Lets jobs that failed be tried again. */
  forgetFailures(): void {
    rmSync(join(this.path, FOLDERS.failure), { recursive: true, force: true });
    makeFolder(join(this.path, FOLDERS.failure));
  }

  private file(kind: keyof typeof FOLDERS, key: string): string {
    return join(this.path, FOLDERS[kind], kind === 'checkpoint' ? `${key}.ckpt` : `${key}.json`);
  }
}
