import { setTimeout as sleep } from 'node:timers/promises';
import type { Job as Entry } from 'bullmq';
import type { EntryResult } from './entry.js';
import type { Lease } from './lease.js';
import { OutOfReachError } from './outage.js';

/** Why a job failed that was cancelled. */
export const CANCELLED = 'cancelled';

/** A failure after which BullMQ does not try again; it goes by the name. */
export class Final extends Error {
  override readonly name = 'UnrecoverableError';
}

/** Milliseconds for which somebody who ends waits for a database. */
const REASON = 5000;
/** Milliseconds between two tries to give a result to a database that refuses. */
const AGAIN = 1000;

/** Waits for something, but not for ever. */
export async function withinReason(work: Promise<unknown>): Promise<void> {
  await Promise.race([work.catch(() => {}), sleep(REASON, undefined, { ref: false })]);
}

/** The answer of a database, for which somebody who ends waits no more than reasonable. @throws OutOfReachError */
export function answerUnlessEnding<T>(answer: Promise<T>, ending: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const hurry = () => {
      timer = setTimeout(() => reject(new OutOfReachError('the queue did not answer any more')), REASON);
    };
    const settled = () => {
      clearTimeout(timer);
      ending.removeEventListener('abort', hurry);
    };
    if (ending.aborted) hurry();
    else ending.addEventListener('abort', hurry);
    answer.finally(settled).then(resolve, reject);
  });
}

export interface SettleOptions {
  readonly lease: Lease;
  /** Aborted when the worker ends. */
  readonly ending: AbortSignal;
  /** Told each time that the queue does not take it. */
  readonly onRefusal: (error: Error) => void;
}

/**
 * Gives a result to the queue, as often as it takes while the job is ours, and no longer. An answer may be lost with its
 * connection: what was refused may have been taken before.
 * @returns whether the queue has it
 */
export async function settleDone(
  entry: Entry,
  token: string,
  given: EntryResult,
  { lease, ending, onRefusal }: SettleOptions,
): Promise<boolean> {
  const over = AbortSignal.any([ending, lease.lost]);
  while (lease.loss !== 'lost') {
    try {
      await answerUnlessEnding(entry.moveToCompleted(given, token, false), over);
      return true;
    } catch (error) {
      if (error instanceof OutOfReachError) return false;
      const state = await answerUnlessEnding(entry.getState(), over).catch(() => undefined);
      if (state === 'completed') return true;
      if (ending.aborted || (state !== undefined && state !== 'active')) return false;
      onRefusal(error as Error);
      await sleep(AGAIN);
    }
  }
  return false;
}
