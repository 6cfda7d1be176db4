import { packBits } from '../code/program.js';
import type { SlotNetwork, SlotProduct } from '../code/slots.js';
import { gapsOf } from '../code/sparse-product.js';
import type { FunctionPart } from './functions.js';
import { type Constant, constant, float, integerType } from './text.js';

/** C text of a network's layers. */
export interface NetworkText {
  readonly types: readonly string[];
  readonly tables: readonly Constant[];
  /** The constant array of products. */
  readonly products: string;
  /** Statements from the clip to the logits. */
  readonly lines: readonly string[];
  readonly parts: readonly FunctionPart[];
  /** Of the entry. */
  readonly numbers: Readonly<Record<string, number>>;
  readonly bytes: number;
  /** Values that scratch holds, none where nothing is kept: what products read and write in turn, and the sums of a row. */
  readonly sizes: Readonly<Record<Side | 'sums', number>>;
}

type Side = 'even' | 'odd';

/** A product as it is written: weights and biases as stored, and what each sum loses. */
export type StoredProduct = SlotProduct & { readonly shift: number };

/** The types of a program's numbers in C, and their bytes. */
export interface Arithmetic {
  readonly weight: readonly [name: string, bytes: number, text: (value: number) => string];
  readonly value: readonly [name: string, bytes: number];
  readonly sum: readonly [name: string, bytes: number, text: (value: number) => string];
  readonly bias: (values: readonly number[]) => string;
}

export const floats: Arithmetic = {
  weight: ['float', 4, float],
  value: ['float', 4],
  sum: ['float', 4, float],
  bias: () => 'float',
};

/** How features enter a network: node by node. */
export interface Entry {
  readonly types: readonly string[];
  readonly tables: readonly Constant[];
  /** Statements from the clip to the first activation that is kept. */
  readonly lines: readonly string[];
  readonly parts: readonly FunctionPart[];
  /** Constants of an enumeration. */
  readonly numbers: Readonly<Record<string, number>>;
  /** Static memory of its own. */
  readonly bytes: number;
  /** Products that it does, and those of them that are in no table of products. */
  readonly done: number;
  readonly apart: number;
}

/** Values of an array that holds each of these in turn: at least one, which C wants, or none where nothing uses it. */
function roomFor(sizes: readonly number[]): number {
  return sizes.length > 0 ? Math.max(1, ...sizes) : 0;
}

export function networkText(
  network: Pick<SlotNetwork, 'sizes'> & { readonly products: readonly StoredProduct[] },
  arithmetic: Arithmetic,
  entry: Entry,
): NetworkText {
  const { sizes } = network;
  const products = network.products.slice(entry.apart);
  const most = longestGap(products, arithmetic);
  const packed = products.map((product) => gapsOf(product, most));
  const biases = products.flatMap(({ bias }) => bias);
  const kept = (side: number) => sizes.slice(0, -1).filter((_, i) => i % 2 === side && i >= entry.done);
  return {
    types: [
      `typedef ${arithmetic.weight[0]} weight_t;`,
      `typedef ${arithmetic.value[0]} value_t;`,
      `typedef ${arithmetic.sum[0]} sum_t;`,
      `typedef ${arithmetic.bias(biases)} bias_t;`,
      `typedef ${integerType([most])} gap_t;`,
      `typedef ${integerType(packed.flatMap(({ counts }) => counts))} count_t;`,
      ...entry.types,
    ],
    tables: [
      ...entry.tables,
      ...packed.flatMap(({ weights, gaps, counts }, t) =>
        productTables(products[t], t, arithmetic, { weights, gaps, counts }),
      ),
    ],
    products: `static const product products[] = {\n${products.map(productText).join('\n')}\n};`,
    lines: [...entry.lines, ...linesOf(products.length - 1, entry)],
    parts: [
      'classify.c',
      ...entry.parts,
      ...(network.products.length - 1 > entry.done ? (['multiply-all.c'] as const) : []),
    ],
    numbers: entry.numbers,
    bytes: entry.bytes,
    sizes: {
      even: roomFor(kept(0)),
      odd: roomFor(kept(1)),
      sums: roomFor(products.slice(0, -1).map(({ widths }) => Math.max(0, ...widths))),
    },
  };
}

/** The longest gap that costs least: of one byte, or of two. */
function longestGap(products: readonly SlotProduct[], { weight: [, bytes] }: Arithmetic): number {
  const stored = (most: number) => products.reduce((sum, product) => sum + gapsOf(product, most).gaps.length, 0);
  return stored(255) * (bytes + 1) <= stored(65535) * (bytes + 2) ? 255 : 65535;
}

type Packed = Readonly<Record<'weights' | 'gaps' | 'counts', readonly number[]>>;

function productTables(product: SlotProduct, t: number, arithmetic: Arithmetic, packed: Packed): Constant[] {
  const { bias, kept, widths } = product;
  return [
    constant('weight_t', `weights_${t}`, packed.weights, arithmetic.weight[2]),
    constant('gap_t', `gaps_${t}`, packed.gaps),
    constant('count_t', `counts_${t}`, packed.counts),
    ...(bias.length > 0 ? [constant('bias_t', `biases_${t}`, bias, arithmetic.sum[2])] : []),
    ...(isWhole(kept) ? [] : [constant('uint8_t', `kept_${t}`, packBits(kept))]),
    ...(isSingle(widths) ? [] : [constant('uint16_t', `widths_${t}`, widths)]),
  ];
}

function isWhole(kept: Uint8Array): boolean {
  return kept.every((one) => one === 1);
}

function isSingle(widths: readonly number[]): boolean {
  return widths.every((width) => width === 1);
}

/** In the order of the struct's members. */
function productText({ bias, kept, widths, units, step, isShared, rectify, shift }: StoredProduct, t: number): string {
  const tables = [`weights_${t}`, `gaps_${t}`, `counts_${t}`, bias.length > 0 ? `biases_${t}` : 'NULL'];
  const masks = [isWhole(kept) ? 'NULL' : `kept_${t}`, isSingle(widths) ? 'NULL' : `widths_${t}`];
  const sizes = [units, widths.length, step, +isShared, +rectify, shift];
  return `  {${[...tables, ...masks, ...sizes].join(', ')}},`;
}

/** Activations are in `even` and `odd` in turn. @param last the last product of their table */
function linesOf(last: number, { done, apart }: Entry): string[] {
  const sideOf = (t: number) => ((t + apart) % 2 === 0 ? 'even' : 'odd');
  const from = done - apart;
  return [
    ...Array.from({ length: last - from }, (_, i) => {
      const t = from + i;
      return `multiply(&products[${t}], ${sideOf(t)}, ${sideOf(t + 1)});`;
    }),
    `classify_values(&products[${last}], ${sideOf(last)});`,
  ];
}

/** Of floats: the features in `even`, unless the first product uses them up node by node. */
export function floatEntry({ isByNode, kept }: SlotNetwork): Entry {
  return isByNode
    ? { ...NOTHING, lines: BY_NODE, parts: ['multiply-unit.c'], done: 1 }
    : { ...NOTHING, tables: [storedTable(kept)], lines: KEPT, parts: ['keep.c'] };
}

/** Which features are kept. */
export function storedTable(kept: SlotNetwork['kept']): Constant {
  return constant('uint8_t', 'stored', packBits(kept[0]));
}

export const NOTHING = { types: [], tables: [], numbers: {}, bytes: 0, done: 0, apart: 0 } as const;

const BY_NODE = [
  'cursor at = start_of(&products[0]);',
  'value_t *y = odd;',
  'for (int node = 0; node < NODES; node++) {',
  '  describe(node, &next, scratch_features);',
  '  y = multiply_unit(&products[0], &at, scratch_features, y);',
  '}',
];

const KEPT = [
  'value_t *x = even;',
  'for (int node = 0; node < NODES; node++) {',
  '  describe(node, &next, scratch_features);',
  '  x = keep(node, scratch_features, x);',
  '}',
];
