import { countNonzeros } from '../../core/math.js';
import type { Model } from '../../model/model.js';
import { planNetwork } from '../../runtime/network/plan.js';
import type { Combine, LayerOf, LayerSpec, StillKind } from '../../runtime/network/products.js';
import { classifierOf } from '../description.js';
import { plainWeights, toPlain } from './plain-weights.js';

/** Numbers in row-major order. */
export interface DenseTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A graph convolution: Y = Σ_k A_k U W_k, or these side by side, then the bias of each channel. */
export interface DenseGraphConvolution {
  readonly kind: 'graph-convolution';
  readonly name: string;
  readonly combine: Combine;
  readonly rectify: boolean;
  /** A, [heads][nodes out][nodes in] */
  readonly attention: DenseTensor;
  /** W, [heads][channels][filters] */
  readonly filters: DenseTensor;
  readonly bias: DenseTensor;
}

/** y = W x + b over all values of the input, [nodes][channels] flat. */
export interface DenseUnits {
  readonly kind: 'dense';
  readonly name: string;
  readonly rectify: boolean;
  /** [units][values] */
  readonly weight: DenseTensor;
  readonly bias: DenseTensor;
}

/** Every kind of layer with its tensors. */
interface DenseLayers {
  readonly 'graph-convolution': DenseGraphConvolution;
  readonly dense: DenseUnits;
}

/** A layer of one kind. */
export type DenseLayerOf<Kind extends StillKind> = DenseLayers[Kind];

export type DenseLayer = DenseLayerOf<StillKind>;

/** What a layer is made of: its options, what all kinds have, and its weights by name. */
type Common = Pick<DenseLayer, 'name' | 'rectify' | 'bias'>;
type Weights = Readonly<Record<string, DenseTensor>>;

/** How each kind of layer is made, which of its tensors are pruned, and what it costs. */
const kinds: {
  readonly [Kind in StillKind]: {
    readonly create: (spec: LayerOf<Kind>, common: Common, weights: Weights) => DenseLayerOf<Kind>;
    readonly weights: (layer: DenseLayerOf<Kind>) => Weights;
    readonly macs: (layer: DenseLayerOf<Kind>) => number;
  };
} = {
  dense: {
    create: (_, common, { weight }) => ({ ...common, kind: 'dense', weight }),
    weights: ({ weight }) => ({ weight }),
    macs: ({ weight }) => weight.values.length,
  },
  'graph-convolution': {
    create: ({ kind, combine }, common, { attention, filters }) => ({ ...common, kind, combine, attention, filters }),
    weights: ({ attention, filters }) => ({ attention, filters }),
    macs: convolutionMacs,
  },
};

/** The layers of a model at its own rate as plain tensors, zeros included; the last gives the logits. */
export function denseLayers(model: Model): DenseLayer[] {
  const { network, description } = model;
  const { weights, biases } = model.atRate(model.rate);
  const plan = planNetwork(description.layers, network.input, network.classes);
  let next = 0;
  return plan.map((layer, i) => {
    const tensors = plainWeights(description.layers[i], layer).map((plain) => {
      const tensor: DenseTensor = { shape: plain.shape, values: toPlain(plain, weights[next++]) };
      return [plain.name, tensor] as const;
    });
    const common = { name: network.layers[i].name, rectify: layer.rectify, bias: vector(biases[i]) };
    const spec: LayerSpec = description.layers[i] ?? classifierOf(network.classes);
    return kinds[spec.kind as StillKind].create(spec as never, common, Object.fromEntries(tensors));
  });
}

/** The tensors of a layer that are pruned, by name. */
export function weightsOf(layer: DenseLayer): Weights {
  return kinds[layer.kind].weights(layer as never);
}

/** Multiply-accumulates of all layers for one sequence, zeros included, by the cheaper order of products. */
export function denseMacs(layers: readonly DenseLayer[]): number {
  return layers.reduce((sum, layer) => sum + kinds[layer.kind].macs(layer as never), 0);
}

/** Whether aggregating over the nodes before filtering costs less. */
export function aggregatesFirst({ attention, filters }: DenseGraphConvolution): boolean {
  const [[, out, into], [, channels, width]] = [attention.shape, filters.shape];
  return out * channels * (into + width) <= into * width * (channels + out);
}

/** Weights of all layers that are not zero. */
export function denseNonzeros(layers: readonly DenseLayer[]): number {
  return countNonzeros(layers.flatMap((layer) => Object.values(weightsOf(layer)).map(({ values }) => values)));
}

/** A tensor of three dimensions whose entries `at` gives. */
export function tensorFrom(
  [planes, rows, columns]: readonly [number, number, number],
  at: (plane: number, row: number, column: number) => number,
): DenseTensor {
  const values = new Float32Array(planes * rows * columns);
  for (let plane = 0, i = 0; plane < planes; plane++) {
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) values[i++] = at(plane, row, column);
  }
  return { shape: [planes, rows, columns], values };
}

export function vector(values: Float32Array): DenseTensor {
  return { shape: [values.length], values };
}

function convolutionMacs(layer: DenseGraphConvolution): number {
  const [[heads, out, into], [, channels, width]] = [layer.attention.shape, layer.filters.shape];
  const inner = aggregatesFirst(layer) ? out * channels * (into + width) : into * width * (channels + out);
  return heads * inner;
}
