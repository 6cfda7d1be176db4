/** What queues of either database have in common. */
import type { Queue, QueueEvents, Worker } from 'bullmq';
import { InputError } from '../../../core/errors.js';
import { PREFIX } from './names.js';
import { OutOfReachError } from './outage.js';
import type { Pieces } from './pieces.js';

export interface QueueConnection {
  /** The URL as it may be shown: without user and password. */
  readonly shown: string;
  /** One that can be used, as the others. @throws OutOfReachError where the database is out of reach for now */
  queue(name: string): Promise<Queue>;
  /** One that takes jobs when it is asked to, and looks for jobs of the dead. */
  worker(name: string): Promise<Worker>;
  events(name: string): Promise<QueueEvents>;
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
const MOST_STALLS = 50;

/** Milliseconds until a database that does not answer at the start, or where something is made, is given up. */
const START_TIMEOUT = 5000;

/** Events that are kept for coordinators; those who missed more look at the queue itself. */
const MOST_EVENTS = 5000;

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
export async function firstAnswer(url: string, answer: Promise<unknown>, lastError: () => unknown): Promise<void> {
  const timeout = AbortSignal.timeout(START_TIMEOUT);
  const late = new Promise<never>((_, reject) => {
    timeout.addEventListener('abort', () => reject(new Error('no answer')));
  });
  try {
    await Promise.race([answer, late]);
  } catch (error) {
    throw refusal(url, (lastError() ?? error) as NodeJS.ErrnoException);
  }
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/;
/** What Redis, and PostgreSQL by its codes, say to a stranger. */
const STRANGER = /WRONGPASS|NOAUTH|28P01|28000|password/i;

/** What PostgreSQL says of a database that it does not have. */
const NO_DATABASE = '3D000';

/** Why there was no first answer, and what to do about it. */
function refusal(url: string, { code = '', message }: NodeJS.ErrnoException): InputError {
  const shown = shownUrl(url);
  const expected = `a database that answers at ${shown}`;
  const refuse = (found: string, mend: string) => new InputError({ source: '--queue', expected, found, mend });
  if (CERTIFICATE.test(code)) {
    const mend = "Name its authority's certificate in NODE_EXTRA_CA_CERTS, and use the host that it is made out to.";
    return refuse(`a certificate that is not trusted (${code})`, mend);
  }
  if (STRANGER.test(`${code} ${message}`)) {
    return refuse('one that wants another user or password', `Give them in the URL: ${withUser(url)}`);
  }
  if (code === NO_DATABASE) return refuse(message, `Create it, or check the name at the end of the URL.`);
  const tls = new URL(url).protocol === 'rediss:' ? 'has TLS' : 'has no TLS (then use rediss:)';
  const hint = shown.startsWith('redis') && !UNREACHED.test(code) ? `, and whether its port ${tls}` : '';
  const found = /^E[A-Z_]+$/.test(code) ? code : message;
  return refuse(found, `Start it, or check host and port of the URL${hint}.`);
}

/** Nothing listens there, or there is no such host. */
const UNREACHED = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH/;

function withUser(url: string): string {
  return shownUrl(url).replace('://', '://USER:PASSWORD@');
}

interface Made {
  waitUntilReady(): Promise<unknown>;
  close(force?: boolean): Promise<unknown>;
  on(event: 'error', listener: () => void): unknown;
}

/**
 * Waits for what BullMQ makes. What meets an outage while it is made never works again, though its database is back and other
 * commands of its connections are answered: it is thrown away here, and may be made anew.
 * @throws OutOfReachError
 */
export async function ready<T extends Made>(made: T): Promise<T> {
  made.on('error', () => {}); // what is out of reach is told once, by the client
  const late = AbortSignal.timeout(START_TIMEOUT);
  try {
    await Promise.race([
      made.waitUntilReady(),
      new Promise((_, reject) => late.addEventListener('abort', () => reject(new OutOfReachError('no answer')))),
    ]);
    return made;
  } catch (error) {
    made.close(true).catch(() => {});
    throw error;
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
