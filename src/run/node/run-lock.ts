/** One training at a time in a run folder: who trains there says so in a file, which goes when the training ends. */
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../../core/errors.js';
import { formatDuration } from '../../core/format.js';
import { orUnwritable } from '../../core/node/write.js';

const LOCK_FILE = 'lock';
/** Milliseconds between two signs of life: the time of the lock file. */
const BEAT = 60_000;
/** An owner on another machine is gone after so long without a sign; an epoch, which lets none through, may take minutes. */
const MOST_SILENCE = 30 * BEAT;

/** Folders in which this process trains. */
const held = new Set<string>();

interface Owner {
  readonly pid: number;
  readonly host: string;
  /** When the training began there, in milliseconds since 1970. */
  readonly since: number;
}

/**
 * Runs work that nobody else may do in the folder meanwhile. The lock of a process that is gone is taken over.
 * @throws InputError that names who trains there and since when
 */
export async function withLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  take(folder);
  const beat = setInterval(() => showLife(join(folder, LOCK_FILE)), BEAT).unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    held.delete(folder);
    rmSync(join(folder, LOCK_FILE), { force: true });
  }
}

function showLife(path: string): void {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // A folder that is gone, or read-only for a while, is noticed by what is written next.
  }
}

function take(folder: string): void {
  const path = join(folder, LOCK_FILE);
  const owner = ownerOf(path);
  if (owner !== undefined && isAlive(owner, folder)) throw taken(folder, owner);
  if (owner !== undefined) rmSync(path, { force: true });
  const text = JSON.stringify({ pid: process.pid, host: hostname(), since: Date.now() } satisfies Owner);
  orUnwritable(path, 'a file that can be written', () => {
    try {
      writeFileSync(path, `${text}\n`, { flag: 'wx' });
    } catch (error) {
      const first = (error as NodeJS.ErrnoException).code === 'EEXIST' ? ownerOf(path) : undefined;
      throw first === undefined ? error : taken(folder, first);
    }
  });
  held.add(folder);
}

/** Who a lock says holds it; somebody unknown if it cannot be read. */
function ownerOf(path: string): Owner | undefined {
  try {
    const { pid, host, since } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Owner>;
    return { pid: Number(pid), host: String(host), since: Number(since) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    return { pid: Number.NaN, host: hostname(), since: Number.NaN };
  }
}

/** Milliseconds since the owner's last sign of life, as far as the clocks of two machines agree. */
function silenceOf(folder: string): number {
  const sign = statSync(join(folder, LOCK_FILE), { throwIfNoEntry: false });
  return sign === undefined ? Number.POSITIVE_INFINITY : Math.max(Date.now() - sign.mtimeMs, 0);
}

/** On another machine, by its signs of life; a number of this process that it does not hold was another's. */
function isAlive({ pid, host }: Owner, folder: string): boolean {
  if (host !== hostname()) return silenceOf(folder) < MOST_SILENCE;
  if (pid === process.pid) return held.has(folder);
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function taken(folder: string, { pid, host, since }: Owner): InputError {
  const age = Number.isFinite(since) ? `, for ${formatDuration(Math.max(Date.now() - since, 0) / 1000)}` : '';
  const seen = host === hostname() ? '' : `, last seen ${formatDuration(silenceOf(folder) / 1000)} ago`;
  return new InputError({
    source: folder,
    expected: 'a run that nobody else trains',
    found: `one that process ${pid} on ${host} trains${age}${seen}`,
    mend: `Wait for it, or end it; if it is gone, delete ${join(folder, LOCK_FILE)}.`,
  });
}
