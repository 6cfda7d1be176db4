import type { Model } from '../../model/model.js';
import { type LayerPlan, planNetwork } from '../../runtime/plan.js';
import type { LayerSpec } from '../../runtime/products.js';

/** Numbers in row-major order. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A graph convolution: Y = Σ_k A_k U W_k, or these side by side, then the bias of each channel. */
export interface DenseGraphConvolution {
  readonly kind: 'graph-convolution';
  readonly name: string;
  readonly combine: 'sum' | 'concatenate';
  readonly rectify: boolean;
  /** A, [heads][nodes out][nodes in] */
  readonly attention: Tensor;
  /** W, [heads][channels][filters] */
  readonly filters: Tensor;
  readonly bias: Tensor;
}

/** y = W x + b over all values of the input, [nodes][channels] flat. */
export interface DenseUnits {
  readonly kind: 'dense';
  readonly name: string;
  readonly rectify: boolean;
  /** [units][values] */
  readonly weight: Tensor;
  readonly bias: Tensor;
}

export type DenseLayer = DenseGraphConvolution | DenseUnits;

/** The layers of a model at its own rate as plain tensors, zeros included; the last gives the logits. */
export function denseLayers(model: Model): DenseLayer[] {
  const { network, description } = model;
  const { weights, biases } = model.atRate(model.rate);
  const plan = planNetwork(description.layers, network.input, network.classes);
  let next = 0;
  return plan.map((layer, i) => {
    const own = weights.slice(next, next + layer.products.length);
    next += layer.products.length;
    const common = { name: network.layers[i].name, rectify: layer.rectify, bias: vector(biases[i]) };
    const spec: LayerSpec | undefined = description.layers[i];
    if (spec?.kind === 'graph-convolution') return { ...common, ...graphConvolution(spec, layer, own) };
    const [{ rows, columns }] = layer.products;
    return { ...common, kind: 'dense', weight: { shape: [rows, columns], values: own[0] } };
  });
}

/** The tensors of a layer that are pruned, by name. */
export function weightsOf(layer: DenseLayer): Readonly<Record<string, Tensor>> {
  return layer.kind === 'dense' ? { weight: layer.weight } : { attention: layer.attention, filters: layer.filters };
}

/** Multiply-accumulates of all layers for one sequence, zeros included, by the cheaper order of products. */
export function denseMacs(layers: readonly DenseLayer[]): number {
  return layers.reduce((sum, layer) => sum + layerMacs(layer), 0);
}

/** Whether aggregating over the nodes before filtering costs less. */
export function aggregatesFirst({ attention, filters }: DenseGraphConvolution): boolean {
  const [[, out, into], [, channels, width]] = [attention.shape, filters.shape];
  return out * channels * (into + width) <= into * width * (channels + out);
}

export function countNonzeros(layers: readonly DenseLayer[]): number {
  const tensors = layers.flatMap((layer) => Object.values(weightsOf(layer)));
  return tensors.reduce((sum, { values }) => sum + values.reduce((count, w) => count + (w === 0 ? 0 : 1), 0), 0);
}

/** A tensor of three dimensions whose entries `at` gives. */
export function tensorOf(
  [planes, rows, columns]: readonly [number, number, number],
  at: (plane: number, row: number, column: number) => number,
): Tensor {
  const values = new Float32Array(planes * rows * columns);
  for (let plane = 0, i = 0; plane < planes; plane++) {
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) values[i++] = at(plane, row, column);
  }
  return { shape: [planes, rows, columns], values };
}

export function vector(values: Float32Array): Tensor {
  return { shape: [values.length], values };
}

/** The same tensors whichever order the engine multiplies in; `layerProducts` says how each order lays them out. */
function graphConvolution(
  { heads, filters: width, combine }: Extract<LayerSpec, { kind: 'graph-convolution' }>,
  { input: { nodes, channels }, products }: LayerPlan,
  weights: readonly Float32Array[],
) {
  const summed = combine === 'sum';
  const aggregated = products[0].name === 'attention';
  const [a, w] = aggregated ? weights : weights.toReversed();
  const attention = tensorOf([heads, nodes, nodes], (k, v, u) => {
    if (aggregated) return a[(v * heads + k) * nodes + u];
    return a[summed ? (v * nodes + u) * heads + k : (k * nodes + v) * nodes + u];
  });
  const filters = tensorOf([heads, channels, width], (k, c, f) =>
    aggregated && summed ? w[(f * heads + k) * channels + c] : w[(k * width + f) * channels + c],
  );
  return { kind: 'graph-convolution', combine, attention, filters } as const;
}

function layerMacs(layer: DenseLayer): number {
  if (layer.kind === 'dense') return layer.weight.values.length;
  const [[heads, out, into], [, channels, width]] = [layer.attention.shape, layer.filters.shape];
  const inner = aggregatesFirst(layer) ? out * channels * (into + width) : into * width * (channels + out);
  return heads * inner;
}
