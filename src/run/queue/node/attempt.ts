import type { Job as Entry } from 'bullmq';
import { InputError } from '../../../core/errors.js';
import type { Job } from '../../jobs/job.js';
import type { JobStore } from '../../jobs/node/job-store.js';
import type { JobProgress } from '../../jobs/perform.js';
import { type EntryProgress, type EntryResult, parseEntry } from './entry.js';
import type { Lease } from './lease.js';
import type { OpenQueue } from './open-queues.js';
import { OutOfReachError } from './outage.js';
import type { Pieces } from './pieces.js';
import { QueueStore, UnkeptError } from './queue-store.js';
import { CANCELLED } from './settle.js';

/** What a slot does with a job: trains it in its process and keeps what it gives in the store. */
export interface Work {
  run(job: Job, given: WorkGiven): Promise<'done' | 'stopped'>;
  /** Ends the job at once; `run` then throws. */
  kill(): void;
}

export interface WorkGiven {
  /** Name or path of the data on this machine. */
  readonly data: string;
  readonly store: JobStore;
  readonly onProgress: (progress: JobProgress) => void;
  /** Ends the job soon, within an epoch too, after its checkpoint. */
  readonly signal: AbortSignal;
}

/** What became of a job in a worker, and in words. */
export type JobNews = 'begun' | 'resumed' | 'done' | 'stopped' | 'lost' | 'cancelled' | 'failed';
export type OnJob = (job: Job, what: JobNews, text: string) => void;

/** How a try went; `dropCheckpoint` is for when the queue has what was given. */
export type Ending = {
  readonly job: Job | undefined;
} & (
  | { readonly type: 'done'; readonly given: EntryResult; readonly dropCheckpoint: () => Promise<void> }
  | { readonly type: 'stopped' }
  /** Its checkpoint could not be fetched from the queue's database, or brought there. */
  | { readonly type: 'unreachable' }
  /** This machine cannot do it; another may. */
  | { readonly type: 'unfit'; readonly message: string }
  /** Nobody can do it. */
  | { readonly type: 'bad'; readonly message: string }
  /** It may be tried again. */
  | { readonly type: 'died'; readonly message: string }
);

export interface AttemptOptions {
  readonly worker: string;
  readonly pieces: Pieces;
  readonly folder: JobStore | undefined;
  readonly lease: Lease;
  readonly signal: AbortSignal;
  readonly onJob: OnJob | undefined;
}

/** Least milliseconds between two words on how far a job is. */
const PROGRESS_INTERVAL = 2000;

/** Does a job as far as it can be done here. What its entry says is checked first. */
export async function attempt(entry: Entry, from: OpenQueue, work: Work, options: AttemptOptions): Promise<Ending> {
  let job: Job | undefined;
  try {
    const read = parseEntry(entry.data, entry.id ?? '', from.name);
    job = read.job;
    return read.cancelled ? { job, type: 'bad', message: CANCELLED } : await perform(job, entry, from, work, options);
  } catch (error) {
    const { message } = error as Error;
    if (error instanceof OutOfReachError) return { job, type: 'unreachable' };
    if (error instanceof UnkeptError) return { job, type: 'unfit', message };
    if (!(error instanceof InputError)) return { job, type: 'died', message };
    return { job, type: isOfThisMachine(error, from) ? 'unfit' : 'bad', message };
  }
}

async function perform(job: Job, entry: Entry, from: OpenQueue, work: Work, options: AttemptOptions): Promise<Ending> {
  const { worker, pieces, folder, lease, signal, onJob } = options;
  const store = new QueueStore(pieces, folder);
  store.onResume = () => onJob?.(job, 'resumed', 'resumed from its checkpoint');
  const onLoss = () => lease.loss === 'lost' && work.kill();
  lease.signal.addEventListener('abort', onLoss);
  const tell = progressTeller(entry, worker);
  tell({ share: 0, loss: Number.NaN });
  onJob?.(job, 'begun', 'begun');
  try {
    const end = await work.run(job, {
      data: from.data,
      store,
      onProgress: tell,
      signal: AbortSignal.any([signal, lease.signal]),
    });
    if (lease.loss !== 'lost') await store.flush();
    if (end === 'done' && store.given !== undefined)
      return { job, type: 'done', given: store.given, dropCheckpoint: () => store.dropSettled() };
    return { job, type: 'stopped' };
  } finally {
    lease.signal.removeEventListener('abort', onLoss);
  }
}

/** Tells the queue how far a job is, now and then; what gets lost of it matters to nobody. */
function progressTeller(entry: Entry, worker: string): (progress: JobProgress) => void {
  let told = Number.NEGATIVE_INFINITY;
  let isTelling = false;
  return ({ share, loss }) => {
    if (isTelling || performance.now() - told < PROGRESS_INTERVAL) return;
    [told, isTelling] = [performance.now(), true];
    const progress: EntryProgress = { share, loss: Number.isFinite(loss) ? loss : null, worker };
    entry
      .updateProgress(progress)
      .catch(() => {})
      .finally(() => {
        isTelling = false;
      });
  };
}

/** Whether bad input is this machine's data, and not the job. */
function isOfThisMachine({ fault }: InputError, { data }: OpenQueue): boolean {
  return fault.source.startsWith(data);
}
