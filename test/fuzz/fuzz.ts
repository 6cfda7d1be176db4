// Feeds changed files to a reader, and keeps those that reach code that no other reached.
import { Random } from '../../src/core/random.js';
import { mutate } from './mutate.js';
import { isRefusal, type Reader } from './readers.js';

/** What no reader may take of a small file. */
const MOST_CPU_SECONDS = 1;
const MOST_BYTES = 64 << 20;

/** Larger files are not made. */
const MOST_FILE_BYTES = 1 << 17;

/** What a reader did that it may not. */
export interface Fault {
  readonly kind: 'crash' | 'slow' | 'memory';
  readonly message: string;
  readonly file: Uint8Array;
}

/** Says after an input whether it reached new code. */
export interface Coverage {
  reachedNew(): boolean;
}

export interface Fuzzing {
  readonly seed: number;
  /** Whether to go on after so many inputs. */
  readonly goesOn: (inputs: number) => boolean;
  readonly onFault: (fault: Fault) => void;
  /** Without it the seeds alone are changed. */
  readonly coverage?: Coverage;
  /** Sees every input before it is read. */
  readonly onInput?: (file: Uint8Array) => void;
}

/** Fuzzes a reader; gives the number of inputs and of those that were kept. */
export async function fuzz(reader: Reader, options: Fuzzing): Promise<{ inputs: number; corpus: number }> {
  const { seed, goesOn, onFault, coverage, onInput } = options;
  const random = new Random(seed);
  const corpus = [...reader.seeds];
  const run = async (file: Uint8Array) => {
    onInput?.(file);
    const fault = await faultOf(reader, file);
    if (fault !== undefined) onFault(fault);
  };
  for (const file of reader.seeds) await run(file);
  coverage?.reachedNew();
  let inputs = 0;
  for (; goesOn(inputs); inputs++) {
    const file = changed(reader, corpus, random);
    await run(file);
    if (coverage?.reachedNew() === true) corpus.push(file);
  }
  return { inputs, corpus: corpus.length };
}

/** A file of the corpus, changed as it is, or inside its envelope. */
function changed({ envelope }: Reader, corpus: readonly Uint8Array[], random: Random): Uint8Array {
  const file = corpus[random.integer(corpus.length)];
  const inside = envelope !== undefined && random.integer(4) > 0;
  const result = inside ? changedInside(envelope, file, corpus, random) : undefined;
  return (result ?? mutate(file, corpus, random)).subarray(0, MOST_FILE_BYTES);
}

function changedInside(
  { open, close }: NonNullable<Reader['envelope']>,
  file: Uint8Array,
  corpus: readonly Uint8Array[],
  random: Random,
): Uint8Array | undefined {
  try {
    const parts = open(file);
    const others = [...parts, ...open(corpus[random.integer(corpus.length)])];
    const at = random.integer(parts.length);
    parts[at] = mutate(parts[at], others, random);
    return close(parts);
  } catch {
    return undefined;
  }
}

/** What is wrong with the way in which a reader takes a file. */
export async function faultOf({ read }: Reader, file: Uint8Array): Promise<Fault | undefined> {
  const before = { cpu: process.cpuUsage(), bytes: bytesInUse() };
  try {
    await read(file);
  } catch (error) {
    if (!isRefusal(error)) return { kind: 'crash', message: `${(error as Error).stack ?? error}`, file };
  }
  const { user, system } = process.cpuUsage(before.cpu);
  const [seconds, bytes] = [(user + system) / 1e6, bytesInUse() - before.bytes];
  if (seconds > MOST_CPU_SECONDS) return { kind: 'slow', message: `${seconds.toFixed(1)} s`, file };
  if (bytes > MOST_BYTES) return { kind: 'memory', message: `${bytes >> 20} MiB`, file };
  return undefined;
}

function bytesInUse(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
