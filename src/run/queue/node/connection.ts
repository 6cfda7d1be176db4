/** What queues of either database have in common. */
import type { Queue, QueueEvents, Worker } from 'bullmq';
import { InputError } from '../../../core/errors.js';
import { PREFIX } from './names.js';
import type { Pieces } from './pieces.js';

export interface QueueConnection {
  /** The URL as it may be shown: without user and password. */
  readonly shown: string;
  queue(name: string): Queue;
  /** One that takes jobs when it is asked to, and looks for jobs of the dead. */
  worker(name: string): Worker;
  events(name: string): QueueEvents;
  /** Where checkpoints lie, in bounded pieces. */
  readonly pieces: Pieces;
  close(): Promise<void>;
}

export interface ConnectOptions {
  /** Seconds after which a worker that is not heard of is taken for dead. */
  readonly patience?: number | undefined;
  /** Told when the database is out of reach, and when it is back. */
  readonly onNotice?: ((text: string) => void) | undefined;
}

export const PATIENCE = 30;

/** Jobs of dead workers are taken up so many times before they fail; BullMQ's own is 1. */
export const MOST_STALLS = 50;

/** Milliseconds until a database that does not answer at the start is given up. */
const START_TIMEOUT = 5000;

/** Events that are kept for coordinators; those who missed more look at the queue itself. */
export const MOST_EVENTS = 5000;

/** A URL without what must not be shown. */
export function shownUrl(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}

/** Loads an optional package. @throws InputError that says how to install it */
export async function loadPackage<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error;
    throw new InputError({
      source: '--queue',
      expected: `the package ${name}, which is not installed with anyrate`,
      found: 'none',
      mend: 'Run: npm install bullmq@6.7.0 ioredis@6.0.0 (for postgres: URLs also pg@8.23.1)',
    });
  }
}

/** Waits for a first answer. @throws InputError if there is none, or one that refuses */
export async function firstAnswer(shown: string, answer: Promise<unknown>, lastError: () => unknown): Promise<void> {
  const timeout = AbortSignal.timeout(START_TIMEOUT);
  const late = new Promise<never>((_, reject) => {
    timeout.addEventListener('abort', () => reject(lastError() ?? new Error('no answer')));
  });
  try {
    await Promise.race([answer, late]);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new InputError({
      source: '--queue',
      expected: `a database that answers at ${shown}`,
      found: (code ?? message) || 'none',
      mend: 'Start it, or check host, port, user and password of the URL.',
    });
  }
}

/** Options that queues of either database have. */
export const queueOptions = { prefix: PREFIX, streams: { events: { maxLen: MOST_EVENTS } } };

/** Options of workers that are asked for each job. */
export function workerOptions({ patience = PATIENCE }: ConnectOptions) {
  return {
    prefix: PREFIX,
    autorun: false,
    lockDuration: patience * 1000,
    stalledInterval: (patience * 1000) / 2,
    maxStalledCount: MOST_STALLS,
  };
}
