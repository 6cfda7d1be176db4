import { countWeights, type LayerPlan, productsOf } from '../network/plan.js';
import { rateOf } from '../network/rate.js';
import { type BlockFormat, blockStarts, type Entries, readBlocks } from './blocks.js';
import type { Container } from './container.js';
import { readTables, type Tables } from './tables.js';

/** What a header tells of the numbers after it. */
export interface NumberFormat extends BlockFormat {
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
  /** Maskable weights of the network. */
  readonly weights: number;
  /** The least pruning rate that the blocks hold. */
  readonly rate: number;
  /** Non-zeros before each block of the whole file, and all. */
  readonly starts: readonly number[];
  /** Where each block starts in the file, and its end. */
  readonly offsets: readonly number[];
  /** Bytes after the last whole block. */
  readonly rest: number;
}

/** A weight takes two bits at least, one of its place and its sign: no more weights are made room for than there can be. */
const MOST_WEIGHTS_A_BYTE = 4;

/** Reads the tables, and all blocks that are whole. */
export function readFileNumbers(
  bytes: Uint8Array,
  { tables: tableBytes, start }: Container,
  format: NumberFormat,
  plan: readonly LayerPlan[],
): FileNumbers {
  const weights = countWeights(productsOf(plan));
  const starts = blockStarts(weights, format.nonzeros);
  const blocks = starts.length - 1;
  const tables = readTables(tableBytes, blocks, plan, format.knots, format.precision);
  const offsets = [start];
  for (const [block, length] of tables.blocks.entries()) {
    const least = Math.floor((starts[block + 1] - starts[block]) / MOST_WEIGHTS_A_BYTE);
    offsets.push(offsets[block] + Math.max(length, least));
  }
  let whole = 0;
  while (whole < blocks && offsets[whole + 1] <= bytes.length) whole++;
  const counted = rateOf(starts[whole], weights);
  return {
    tables,
    weights,
    starts,
    offsets,
    entries: readBlocks(bytes, format, weights, offsets, starts.slice(0, whole + 1)),
    rate: whole === blocks ? (format.rate ?? counted) : counted,
    rest: bytes.length - offsets[whole],
  };
}
