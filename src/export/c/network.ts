import { repetitionOf } from '../../runtime/network/products.js';
import type { WeightType } from '../code/encoding.js';
import type { ProgramLayer } from '../code/program.js';
import { gapsOf, type SparseProduct } from '../code/sparse-product.js';
import { constant, float, integerType } from './text.js';

/** C text of a network's layers. */
export interface NetworkText {
  readonly types: readonly string[];
  /** Constant arrays. */
  readonly tables: readonly string[];
  /** The constant array of products. */
  readonly products: string;
  /** Statements from the features in `even` to the logits. */
  readonly lines: readonly string[];
  /** Where the logits are. */
  readonly logits: Side;
  /** Values that each holds at most, beside clip and features. */
  readonly sizes: Readonly<Record<Side, number>>;
}

/** What weights of each type are in C. */
const weightRows: Readonly<
  Record<WeightType, { readonly name: string; readonly bytes: number; readonly text: (weight: number) => string }>
> = {
  float: { name: 'float', bytes: 4, text: float },
  int8: { name: 'int8_t', bytes: 1, text: String },
};

/** Products go from `even` to `odd` and back; the features, before the first, are in `even`, and the clip in `odd`. */
export function networkText(layers: readonly ProgramLayer[], type: WeightType): NetworkText {
  const products = layers.flatMap((layer) => layer.products);
  const most = longestGap(products, type);
  const packed = products.map((product) => gapsOf(product, most));
  const biases = layers.map(({ bias }, i) => constant('float', `bias_${i}`, [...bias], float));
  const tables = packed.flatMap(({ weights, gaps, counts }, t) => [
    constant('weight_t', `weights_${t}`, weights, weightRows[type].text),
    constant('gap_t', `gaps_${t}`, gaps),
    constant('count_t', `counts_${t}`, counts),
  ]);
  return {
    types: [
      `typedef ${weightRows[type].name} weight_t;`,
      `typedef ${integerType([most])} gap_t;`,
      `typedef ${integerType(packed.flatMap(({ counts }) => counts))} count_t;`,
    ],
    tables: [...biases, ...tables],
    products: `static const product products[] = {\n${products.map(productText).join('\n')}\n};`,
    ...layersText(layers),
  };
}

/** The longest gap that costs least: of one byte, or of two. */
function longestGap(products: readonly SparseProduct[], type: WeightType): number {
  const { bytes } = weightRows[type];
  const stored = (most: number) => products.reduce((sum, product) => sum + gapsOf(product, most).gaps.length, 0);
  return stored(255) * (bytes + 1) <= stored(65535) * (bytes + 2) ? 255 : 65535;
}

/** In the order of the struct's members. */
function productText({ product, scale }: SparseProduct, t: number): string {
  const { rows, groups, x, y } = product;
  const { repeat, xStride, yStride } = repetitionOf(product);
  const sizes = [rows, rows / groups, x.group, x.row, y.group, y.row, repeat, xStride, yStride];
  return `  {weights_${t}, gaps_${t}, counts_${t}, ${float(scale)}, ${sizes.join(', ')}},`;
}

function layersText(layers: readonly ProgramLayer[]): Pick<NetworkText, 'lines' | 'logits' | 'sizes'> {
  const lines: string[] = [];
  const sizes = { even: 0, odd: 0 };
  let [here, there]: Side[] = ['even', 'odd'];
  let next = 0;
  const product = (clear: string, size: number) => {
    lines.push(clear.replace('TO', there), `multiply(&products[${next++}], ${here}, ${there});`);
    [here, there] = [there, here];
    sizes[here] = Math.max(sizes[here], size);
  };
  for (const [i, { plan, products }] of layers.entries()) {
    const { nodes, channels } = plan.output;
    if (products.length > 1) product(`clear(TO, ${plan.scratchRows});`, plan.scratchRows);
    product(`spread(TO, bias_${i}, ${nodes}, ${channels});`, nodes * channels);
    if (plan.rectify) lines.push(`rectify(${here}, ${nodes * channels});`);
  }
  return { lines, logits: here, sizes };
}

type Side = 'even' | 'odd';
