import { countWeights, type LayerPlan, productsOf } from '../plan.js';
import { BlockReader, blockStarts, type Entries } from './blocks.js';
import type { Container } from './container.js';
import type { Precision } from './precision.js';
import { readTables, type Tables } from './tables.js';

/** What a header tells of the numbers behind it. */
export interface NumberFormat {
  readonly precision: Precision;
  readonly step: number;
  /** Of all curves over the rate. */
  readonly knots: number;
  /** Of the whole file. */
  readonly nonzeros: number;
  /** The least pruning rate that the whole file holds, if it does not follow from the non-zeros. */
  readonly rate?: number | undefined;
}

/** The numbers of a file, or of a prefix of it. */
export interface FileNumbers {
  readonly tables: Tables;
  readonly entries: Entries;
  /** The least pruning rate that the blocks hold. */
  readonly rate: number;
  /** Non-zeros before each block of the whole file, and all. */
  readonly starts: readonly number[];
  /** Where each block starts in the file, and its end. */
  readonly offsets: readonly number[];
  /** Bytes behind the last whole block. */
  readonly rest: number;
}

/** Stands for a network that keeps nothing. */
export const LARGEST_RATE = 1 - 2 ** -53;

/** The pruning rate of a network of which so many weights are left. */
export function rateOf(nonzeros: number, weights: number): number {
  return Math.min(1 - nonzeros / weights, LARGEST_RATE);
}

/** Reads the tables, and all blocks that are whole. */
export function readNumbers(
  bytes: Uint8Array,
  container: Container,
  format: NumberFormat,
  plan: readonly LayerPlan[],
): FileNumbers {
  const weights = countWeights(productsOf(plan));
  const starts = blockStarts(weights, format.nonzeros);
  const tables = readTables(container.tables, sizesOf(plan, starts.length - 1, format), format.precision);
  const offsets = offsetsOf(container.start, tables.blocks);
  let whole = 0;
  while (whole < tables.blocks.length && offsets[whole + 1] <= bytes.length) whole++;
  const entries = readBlocks(bytes, offsets, starts.slice(0, whole + 1), { ...format, weights });
  const own = rateOf(starts[whole], weights);
  const rate = whole === tables.blocks.length ? (format.rate ?? own) : own;
  return { tables, entries, rate, starts, offsets, rest: bytes.length - offsets[whole] };
}

function sizesOf(plan: readonly LayerPlan[], blocks: number, { knots }: NumberFormat) {
  const biases = plan.map(({ output }) => output.channels);
  return { blocks, ...plan[0].input, knots, tensors: productsOf(plan).length, biases };
}

function offsetsOf(start: number, lengths: Int32Array): number[] {
  let end = start;
  return [start, ...Array.from(lengths, (length) => (end += Math.max(length, 0)))];
}

function readBlocks(
  bytes: Uint8Array,
  offsets: readonly number[],
  starts: readonly number[],
  format: ConstructorParameters<typeof BlockReader>[0],
): Entries {
  const count = starts[starts.length - 1];
  const entries = { positions: new Uint32Array(count), latents: new Float32Array(count) };
  const reader = new BlockReader(format);
  for (let block = 0; block + 1 < starts.length; block++) {
    const part = bytes.subarray(offsets[block], offsets[block + 1]);
    const [from, to] = [starts[block], starts[block + 1]];
    const { positions, latents } = entries;
    reader.read(part, part.length, { positions: positions.subarray(from, to), latents: latents.subarray(from, to) });
  }
  return entries;
}
