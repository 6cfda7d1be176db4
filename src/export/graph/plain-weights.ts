import type { LayerPlan } from '../../runtime/plan.js';
import type { LayerSpec } from '../../runtime/products.js';

/** A weight matrix of the engine as a plain tensor, in row-major order. */
export interface PlainWeight {
  readonly name: string;
  readonly shape: readonly number[];
  /** Where an entry of the tensor stands in the matrix. */
  readonly placeOf: (entry: number) => number;
}

/**
 * The weights of a layer in the order of its products: the same tensors whichever order the engine multiplies in;
 * `layerProducts` says how each order lays them out. The classifier has no `spec`.
 */
export function plainWeights(spec: LayerSpec | undefined, plan: LayerPlan): PlainWeight[] {
  if (spec?.kind === 'graph-convolution') return graphConvolution(spec, plan);
  const [{ name, rows, columns }] = plan.products;
  return [{ name, shape: [rows, columns], placeOf: (entry) => entry }];
}

/** The entries of a matrix as the tensor has them. */
export function toPlain({ shape, placeOf }: PlainWeight, matrix: Float32Array): Float32Array {
  return Float32Array.from({ length: sizeOf(shape) }, (_, entry) => matrix[placeOf(entry)]);
}

/** The matrix of a tensor's entries. */
export function fromPlain({ placeOf }: PlainWeight, values: Float32Array): Float32Array {
  const matrix = new Float32Array(values.length);
  for (const [entry, value] of values.entries()) matrix[placeOf(entry)] = value;
  return matrix;
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

function graphConvolution(
  { heads, filters: width, combine }: Extract<LayerSpec, { kind: 'graph-convolution' }>,
  { input: { nodes, channels }, products }: LayerPlan,
): PlainWeight[] {
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
