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
  /** Values that scratch holds: what products read and write in turn, and the sums of a row. */
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
}

export const floats: Arithmetic = { weight: ['float', 4, float], value: ['float', 4], sum: ['float', 4, float] };

export function networkText(
  network: SlotNetwork & { readonly products: readonly StoredProduct[] },
  arithmetic: Arithmetic,
): NetworkText {
  const { products, sizes, isByNode } = network;
  const most = longestGap(products, arithmetic);
  const packed = products.map((product) => gapsOf(product, most));
  return {
    types: [
      `typedef ${arithmetic.weight[0]} weight_t;`,
      `typedef ${arithmetic.value[0]} value_t;`,
      `typedef ${arithmetic.sum[0]} sum_t;`,
      `typedef ${arithmetic.sum[0]} bias_t;`,
      `typedef ${integerType([most])} gap_t;`,
      `typedef ${integerType(packed.flatMap(({ counts }) => counts))} count_t;`,
    ],
    tables: [
      ...(isByNode ? [] : [constant('uint8_t', 'stored', packBits(network.features))]),
      ...packed.flatMap(({ weights, gaps, counts }, t) =>
        productTables(products[t], t, arithmetic, { weights, gaps, counts }),
      ),
    ],
    products: `static const product products[] = {\n${products.map(productText).join('\n')}\n};`,
    lines: linesOf(network),
    parts: partsOf(network),
    sizes: {
      even: Math.max(1, ...sizes.slice(0, -1).filter((_, i) => i % 2 === 0 && !(isByNode && i === 0))),
      odd: Math.max(1, ...sizes.slice(0, -1).filter((_, i) => i % 2 === 1)),
      sums: Math.max(1, ...products.slice(0, -1).flatMap(({ widths }) => widths)),
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

/** Activations are in `even` and `odd` in turn, the features in `even` unless they are used up node by node. */
function linesOf({ products, isByNode }: SlotNetwork): string[] {
  const sideOf = (activation: number): Side => (activation % 2 === 0 ? 'even' : 'odd');
  const last = products.length - 1;
  const between = products.slice(0, last).map((_, t) => `multiply(&products[${t}], ${sideOf(t)}, ${sideOf(t + 1)});`);
  return [
    ...(isByNode ? BY_NODE : KEPT),
    ...(isByNode ? between.slice(1) : between),
    `classify_values(&products[${last}], ${sideOf(last)});`,
  ];
}

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

function partsOf({ products, isByNode }: SlotNetwork): FunctionPart[] {
  const whole = products.length - 1 - +isByNode;
  return [
    'classify.c',
    ...(isByNode ? (['multiply-unit.c'] as const) : []),
    ...(isByNode ? [] : (['keep.c'] as const)),
    ...(whole > 0 ? (['multiply-all.c'] as const) : []),
  ];
}
