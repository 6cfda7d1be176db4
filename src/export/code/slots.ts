import type { LiveNetwork } from '../../pruning/cut/live.js';
import type { LayerPlan } from '../../runtime/network/plan.js';
import { outputAt, type Product } from '../../runtime/network/products.js';
import type { Program } from './program.js';
import type { SparseProduct } from './sparse-product.js';

/**
 * Where a cut network keeps its values, so that memory is that of what is left.
 *
 * - Kept: the values that are stored. All that are live, and those that must be there so that every repetition of a product
 *   finds its values at the same steps.
 * - Slot: the place of a kept value: how many are kept before it.
 * - Unit: a product once, for one node: `rows` rows, each a run of values side by side. Units follow one another through the
 *   output, rows through a unit and values through a row in the order of their slots.
 */

/** A product in slots: its weights unit by unit and row by row. */
export interface SlotProduct {
  readonly units: number;
  /** Values of each row of a unit: 1, or the channels of a group. */
  readonly widths: readonly number[];
  /** Every unit has the same weights, and reads `step` slots after the one before. */
  readonly isShared: boolean;
  readonly step: number;
  /** Stored weights of each row, of one unit if they are shared. */
  readonly counts: readonly number[];
  /** Slot of the input that each meets in its unit, the first of its run. */
  readonly columns: readonly number[];
  readonly weights: readonly number[];
  readonly scale: number;
  /** Of each value of a unit, or of all, or none. */
  readonly bias: readonly number[];
  readonly rectify: boolean;
  /** Of each value of all units: whether it is stored. */
  readonly kept: Uint8Array;
}

/** A network in slots. */
export interface SlotNetwork {
  readonly products: readonly SlotProduct[];
  /** Slots of each activation: the features, then what each product writes. */
  readonly sizes: readonly number[];
  /** Of all values of each activation: whether they are kept. */
  readonly kept: readonly Uint8Array[];
  /** The first product reads one node's features after another's: they are not kept, and its slots are channels. */
  readonly isByNode: boolean;
}

/** A product with its place in the network. */
interface Link {
  readonly sparse: SparseProduct;
  readonly layer: LayerPlan;
  readonly bias: Float32Array | undefined;
  readonly rectify: boolean;
  /** Live values that it reads and writes. */
  readonly x: Uint8Array;
  readonly y: Uint8Array;
}

export function slotNetwork({ layers }: Program, live: LiveNetwork): SlotNetwork {
  const links = layers.flatMap(({ plan, products, bias }, l) =>
    products.map((sparse, p): Link => {
      const isLast = p === products.length - 1;
      const { input, scratch, output } = live.layers[l];
      const ends = { x: p === 0 ? input : scratch, y: isLast ? output : scratch };
      return { sparse, layer: plan, bias: isLast ? bias : undefined, rectify: isLast && plan.rectify, ...ends };
    }),
  );
  const isByNode = isShared(links[0].sparse.product);
  const kept = keptValues(links);
  const slots = kept.map(slotsOf);
  if (isByNode) slots[0] = Int32Array.from(kept[0], (_, i) => i);
  return {
    products: links.map((link, i) => inSlots(link, slots[i], kept[i], kept[i + 1])),
    sizes: kept.map((mask) => mask.reduce((sum, one) => sum + one, 0)),
    kept,
    isByNode,
  };
}

/** The same weights at every node. */
function isShared({ width, count }: Product): boolean {
  return width === 1 && count > 1;
}

/** What is kept of each activation, which the product that reads it decides; the logits whole. */
function keptValues(links: readonly Link[]): Uint8Array[] {
  const kept: Uint8Array[] = [links[links.length - 1].y.map(() => 1)];
  for (const link of links.toReversed()) kept.unshift(keptInputs(link, kept[0]));
  return kept;
}

function keptInputs({ sparse: { product }, x }: Link, y: Uint8Array): Uint8Array {
  if (isShared(product)) return everyUnit(x, product.x.stride);
  return product.width > 1 ? wholeRuns(product, x, y) : x;
}

/** A channel that lives at one node is kept at all. */
function everyUnit(live: Uint8Array, channels: number): Uint8Array {
  const anywhere = new Uint8Array(channels);
  for (const [i, one] of live.entries()) anywhere[i % channels] |= one;
  return live.map((_, i) => anywhere[i % channels]);
}

/** The channels of a group are kept in every run of it, or in none. */
function wholeRuns(product: Product, live: Uint8Array, y: Uint8Array): Uint8Array {
  const { width, groups, x } = product;
  const kept = new Uint8Array(live.length);
  const channels = groupChannels(product, live, y);
  for (let start = 0; start < live.length; start += width) {
    const group = x.group === 0 ? 0 : groupOf(start, product);
    if (live.subarray(start, start + width).some((one) => one === 1)) kept.set(channels[group % groups], start);
  }
  return kept;
}

/** Of each group, which of the `width` channels of a run are kept: those that live in any run that it reads or writes. */
function groupChannels(product: Product, x: Uint8Array, y: Uint8Array): Uint8Array[] {
  const { width, groups } = product;
  const channels = Array.from({ length: groups }, () => new Uint8Array(width));
  const mark = (values: Uint8Array, isGrouped: boolean) => {
    for (const [i, one] of values.entries()) {
      if (one) channels[isGrouped ? groupOf(i, product) : 0][i % width] = 1;
    }
  };
  mark(x, product.x.group > 0);
  mark(y, product.y.group > 0);
  return channels;
}

/** The group whose runs hold a value: they lie side by side in every node. */
function groupOf(value: number, { width, groups }: Product): number {
  return Math.floor(value / width) % groups;
}

/** Of each value: how many are kept before it. */
function slotsOf(kept: Uint8Array): Int32Array {
  let next = 0;
  return Int32Array.from(kept, (one) => {
    next += one;
    return next - one;
  });
}

function inSlots(link: Link, slots: Int32Array, x: Uint8Array, y: Uint8Array): SlotProduct {
  const { product } = link.sparse;
  const shared = isShared(product);
  const rows = rowsInOrder(link, x, y);
  const perUnit = product.width > 1 ? product.groups : rows.length;
  const starts = startsOf(link.sparse.counts);
  const entries = rows.map(({ row }) => entriesOf(link.sparse, row, starts[row], slots, x));
  const unit = rows.slice(0, perUnit);
  return {
    units: shared ? product.count : Math.ceil(rows.length / Math.max(perUnit, 1)),
    widths: unit.map(({ values }) => values.length),
    isShared: shared,
    step: shared ? slots[product.x.stride] : 0,
    counts: entries.map(({ length }) => length),
    columns: entries.flat().map(({ slot }) => slot),
    weights: entries.flat().map(({ weight }) => weight),
    scale: link.sparse.scale,
    bias: biasOf(link, rows, unit),
    rectify: link.rectify,
    kept: keptOf(rows, y, shared ? product : undefined),
  };
}

/** Units are alike unless each value has a bias of its own. */
function biasOf({ bias, layer }: Link, rows: readonly Row[], unit: readonly Row[]): number[] {
  if (!bias) return [];
  const written = bias.length > layer.output.channels ? rows : unit;
  return written.flatMap(({ values }) => values.map((value) => bias[value % bias.length]));
}

/** A row of the matrix that writes kept values, and the first place of each. */
interface Row {
  readonly row: number;
  readonly values: readonly number[];
}

/** Rows by where they write; of groups side by side all, so that units are alike, else those that write anything. */
function rowsInOrder({ sparse: { product } }: Link, x: Uint8Array, y: Uint8Array): Row[] {
  const { width, rows, count } = product;
  const channels = width > 1 ? groupChannels(product, x, y) : undefined;
  const valuesOf = (start: number) => {
    if (!channels) return [start];
    const inGroup = channels[product.y.group > 0 ? groupOf(start, product) : 0];
    return [...inGroup.keys()].filter((i) => inGroup[i]).map((i) => start + i);
  };
  const isWritten = (start: number) =>
    Array.from({ length: count }, (_, unit) => y[start + unit * product.y.stride]).some((one) => one === 1);
  return Array.from({ length: rows }, (_, row) => ({ row, start: outputAt(product, row) }))
    .filter(({ start }) => width > 1 || isWritten(start))
    .sort((a, b) => a.start - b.start)
    .map(({ row, start }) => ({ row, values: valuesOf(start) }));
}

function startsOf(counts: readonly number[]): number[] {
  let next = 0;
  return counts.map((count) => {
    next += count;
    return next - count;
  });
}

/** The weights of a row by the slots that they meet; of a run, its first kept one. */
function entriesOf(
  { product, counts, columns, weights }: SparseProduct,
  row: number,
  start: number,
  slots: Int32Array,
  x: Uint8Array,
) {
  const group = Math.floor(row / (product.rows / product.groups));
  const entries = Array.from({ length: counts[row] }, (_, i) => {
    let value = group * product.x.group + columns[start + i] * product.x.row;
    if (product.width > 1) while (!x[value]) value++;
    return { slot: slots[value], weight: weights[start + i] };
  });
  return entries.sort((a, b) => a.slot - b.slot);
}

function keptOf(rows: readonly Row[], y: Uint8Array, shared: Product | undefined): Uint8Array {
  const values = rows.flatMap(({ values }) => values);
  const units = shared ? shared.count : 1;
  return Uint8Array.from({ length: units * values.length }, (_, i) => {
    const unit = Math.floor(i / values.length);
    return y[values[i % values.length] + unit * (shared?.y.stride ?? 0)];
  });
}
