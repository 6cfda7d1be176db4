/** What an error of a queue means: BullMQ, ioredis and pg throw errors of many kinds, most of them without a class of their own. */
import { InputError } from '../../../core/errors.js';

/** A database is out of reach, or has not answered for longer than whoever asks can wait. */
export class OutOfReachError extends Error {
  override readonly name = 'OutOfReachError';
}

/**
 * `outage`: nothing is wrong but that the database is out of reach, or cannot take anything for now. `overtaken`: somebody else
 * moved or removed the job meanwhile. `refusal`: the database will not do it, however often it is asked. `other`: none of its doing.
 */
export type QueueFault = 'outage' | 'overtaken' | 'refusal' | 'other';

/** Of the system, where a connection is not made or breaks. */
const NETWORK =
  /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|E(HOST|NET)(UNREACH|DOWN)|ENETRESET|ENOTFOUND|EAI_AGAIN|ENOENT)$/;

/** The first word of Redis' replies: while it loads, fails over, writes no more to its disk, is full, or has too many clients. */
const REDIS_FOR_NOW =
  /^(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS|MISCONF|OOM|BUSY|UNBLOCKED|ERR max number of clients)\b/;

/** SQLSTATE of PostgreSQL: connections, too few resources, shut down or starting, a standby, a transaction that another got in the way of. */
const POSTGRES_FOR_NOW = /^(08...|53...|57P0[1-5]|25006|40...|55P03)$/;
const SQLSTATE = /^[0-9A-Z]{5}$/;

/** Errors of a connection that was closed or gave no answer have nothing but their words: those of ioredis and BullMQ, and those of pg. */
const CLOSED =
  /^(Connection is closed\.|Command aborted due to connection close|Connection terminated( unexpectedly| due to connection timeout)?|timeout e(xceeded when trying to connect|xpired)|Query read timeout|Client (has encountered a connection error|was closed) and is not queryable)$/;

export function faultOf(error: unknown): QueueFault {
  if (error instanceof OutOfReachError) return 'outage';
  if (!(error instanceof Error) || error instanceof InputError) return 'other';
  const { code, name, message, cause } = error as NodeJS.ErrnoException & { readonly previousErrors?: unknown };
  if (typeof code === 'number' && code < 0) return 'overtaken'; // BullMQ's, of its scripts
  if (CLOSED.test(message) || NETWORK.test(String(code))) return 'outage';
  if (name === 'ReplyError') return isForNow(error) ? 'outage' : 'refusal';
  if (SQLSTATE.test(String(code))) return POSTGRES_FOR_NOW.test(String(code)) ? 'outage' : 'refusal';
  return cause === undefined ? 'other' : faultOf(cause);
}

/** A transaction that Redis threw away says why in the errors of its commands. */
function isForNow({ message, previousErrors = [] }: Error & { readonly previousErrors?: readonly Error[] }): boolean {
  return REDIS_FOR_NOW.test(message) || previousErrors.some(isForNow);
}

/** What to throw where a database will not do what a queue needs. */
export function refusedBy(shown: string, { message }: Error): InputError {
  return new InputError({
    source: '--queue',
    expected: `a database that does what a queue needs at ${shown}`,
    found: message,
    mend: 'Mend it there, and run the same command again: what is done is kept.',
  });
}
