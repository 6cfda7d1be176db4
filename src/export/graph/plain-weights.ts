import type { LayerPlan } from '../../runtime/network/plan.js';
import type { LayerKind, LayerOf, LayerSpec } from '../../runtime/network/products.js';
import { jointsOf } from '../../runtime/network/temporal-layers.js';

/** A weight matrix of the engine as a plain tensor, in row-major order. */
export interface PlainWeight {
  readonly name: string;
  readonly shape: readonly number[];
  /** Where an entry of the tensor is in the matrix; undefined where there is no weight, between members. */
  readonly placeOf: (entry: number) => number | undefined;
}

/**
 * The weights of a layer in the order of its products: the same tensors whichever order the engine multiplies in;
 * `layerProducts` says how each order lays them out. The classifier has no `spec`.
 */
export function plainWeights(spec: LayerSpec | undefined, plan: LayerPlan): PlainWeight[] {
  return spec === undefined ? dense(spec, plan) : kinds[spec.kind](spec as never, plan);
}

const kinds: { readonly [Kind in LayerKind]: (spec: LayerOf<Kind>, plan: LayerPlan) => PlainWeight[] } = {
  dense,
  'graph-convolution': (spec, plan) => [...graphConvolution(spec, plan), ...projection(plan)],
  'temporal-convolution': (spec, plan) => [temporalConvolution(spec, plan), ...projection(plan)],
  pool: () => [],
};

/** [filters][channels that each reads][kernel] */
function temporalConvolution(
  { filters, kernel, depthwise }: LayerOf<'temporal-convolution'>,
  { input: { channels } }: LayerPlan,
): PlainWeight {
  return plainWeight('filters', [filters, depthwise ? 1 : channels, kernel], (f, c, k) =>
    depthwise ? f * kernel + k : (f * kernel + k) * channels + c,
  );
}

/** Of a residual between unlike channels, [channels out][channels in]. */
function projection({ products }: LayerPlan): PlainWeight[] {
  return products
    .filter(({ name }) => name === 'projection')
    .map(({ name, rows, columns }) => ({ name, shape: [rows, columns], placeOf: (entry) => entry }));
}

/** [units][values] */
function dense(_: unknown, { products: [{ name, rows, columns, groups: members }] }: LayerPlan): PlainWeight[] {
  const values = columns * members;
  const placeOf = (entry: number) => {
    const [unit, value] = [Math.floor(entry / values), entry % values];
    if (unit % members !== value % members) return undefined;
    const row = (unit % members) * (rows / members) + Math.floor(unit / members);
    return row * columns + Math.floor(value / members);
  };
  return [{ name, shape: [rows, values], placeOf }];
}

/** The entries of a matrix as the tensor has them. */
export function toPlain({ shape, placeOf }: PlainWeight, matrix: Float32Array): Float32Array {
  return Float32Array.from({ length: sizeOf(shape) }, (_, entry) => {
    const place = placeOf(entry);
    return place === undefined ? 0 : matrix[place];
  });
}

/** The matrix, of so many weights, of a tensor's entries; those that are no weights count for nothing. */
export function fromPlain({ placeOf }: PlainWeight, values: Float32Array, count: number): Float32Array {
  const matrix = new Float32Array(count);
  for (const [entry, value] of values.entries()) {
    const place = placeOf(entry);
    if (place !== undefined) matrix[place] = value;
  }
  return matrix;
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

function graphConvolution(
  { heads, filters: width, combine }: LayerOf<'graph-convolution'>,
  { input, products }: LayerPlan,
): PlainWeight[] {
  const [nodes, channels] = [jointsOf(input), input.channels];
  const summed = combine === 'sum';
  const aggregated = products[0].name === 'attention';
  const attention = plainWeight('attention', [heads, nodes, nodes], (k, v, u) => {
    if (aggregated) return (v * heads + k) * nodes + u;
    return summed ? (v * nodes + u) * heads + k : (k * nodes + v) * nodes + u;
  });
  const filters = plainWeight('filters', [heads, channels, width], (k, c, f) =>
    aggregated && summed ? (f * heads + k) * channels + c : (k * width + f) * channels + c,
  );
  return aggregated ? [attention, filters] : [filters, attention];
}

function plainWeight(
  name: string,
  shape: readonly [number, number, number],
  place: (plane: number, row: number, column: number) => number,
): PlainWeight {
  const [, rows, columns] = shape;
  const placeOf = (entry: number) => {
    const line = Math.floor(entry / columns);
    return place(Math.floor(line / rows), line % rows, entry % columns);
  };
  return { name, shape, placeOf };
}
