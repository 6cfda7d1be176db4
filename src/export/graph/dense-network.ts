import { countNonzeros } from '../../core/math.js';
import type { Model } from '../../model/model.js';
import { type LayerPlan, planNetwork } from '../../runtime/network/plan.js';
import type { Combine, LayerKind, LayerOf, LayerSpec, PoolOver } from '../../runtime/network/products.js';
import { framesOf } from '../../runtime/network/temporal-layers.js';
import { classifierOf } from '../description.js';
import { plainWeights, toPlain } from './plain-weights.js';

/** Numbers in row-major order. */
export interface DenseTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Of joints and channels, the places of those that are read; all where there are none. */
export interface Taken {
  readonly nodes?: readonly number[] | undefined;
  readonly channels?: readonly number[] | undefined;
}

/** What a layer over time adds to its output: frames of another activation, as they are or through a projection. */
export interface DenseResidual {
  /** 0 the features, i the output of layer i. */
  readonly from: number;
  /** The first frame that is added, and the step to the next. */
  readonly start: number;
  readonly step: number;
  /** [channels out][channels in] */
  readonly projection?: DenseTensor | undefined;
  /** What is read, where it is not everything. */
  readonly takes?: Taken;
}

/** A graph convolution: Y = Σ_k A_k U W_k, or these side by side, then the bias of each channel; over time, frame by frame. */
export interface DenseGraphConvolution {
  readonly kind: 'graph-convolution';
  readonly name: string;
  readonly combine: Combine;
  readonly rectify: boolean;
  readonly frames: number;
  readonly residual?: DenseResidual | undefined;
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

/** A convolution over the frames of each joint, without padding. */
export interface DenseTemporalConvolution {
  readonly kind: 'temporal-convolution';
  readonly name: string;
  readonly rectify: boolean;
  readonly stride: number;
  readonly dilation: number;
  /** Equal runs of channels and of filters that belong together: 1, or the channels. */
  readonly groups: number;
  /** Joints of all frames that it writes. */
  readonly nodes: number;
  readonly frames: number;
  readonly residual?: DenseResidual | undefined;
  /** What of its input is read, where it is not everything. */
  readonly takes?: Taken;
  /** [filters][channels of a group][kernel] */
  readonly filters: DenseTensor;
  readonly bias: DenseTensor;
}

/** The mean over frames, joints or both, then the bias of each channel. */
export interface DensePool {
  readonly kind: 'pool';
  readonly name: string;
  readonly rectify: boolean;
  readonly over: PoolOver;
  /** What of its input is read, where it is not everything. */
  readonly takes?: Taken;
  /** The joints that are there as a share of those that the mean is over; all without it. */
  readonly share?: number;
  readonly bias: DenseTensor;
}

/** Every kind of layer with its tensors. */
interface DenseLayers {
  readonly 'temporal-convolution': DenseTemporalConvolution;
  readonly pool: DensePool;
  readonly 'graph-convolution': DenseGraphConvolution;
  readonly dense: DenseUnits;
}

/** A layer of one kind. */
export type DenseLayerOf<Kind extends LayerKind> = DenseLayers[Kind];

export type DenseLayer = DenseLayerOf<LayerKind>;

/** What a layer is made of: its options, what all kinds have, and its weights by name. */
type Common = Pick<DenseLayer, 'name' | 'rectify' | 'bias'>;
type Weights = Readonly<Record<string, DenseTensor>>;

/** How each kind of layer is made, which of its tensors are pruned, and what it costs. */
const kinds: {
  readonly [Kind in LayerKind]: {
    readonly create: (spec: LayerOf<Kind>, common: Common, weights: Weights, plan: LayerPlan) => DenseLayerOf<Kind>;
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
    create: ({ kind, combine }, common, { attention, filters, projection }, plan) => {
      const [frames, residual] = [framesOf(plan.output), residualOf(plan, projection)];
      return { ...common, kind, combine, attention, filters, frames, residual };
    },
    weights: ({ attention, filters, residual }) => ({ attention, filters, ...projectionOf(residual) }),
    macs: (layer) => layer.frames * (convolutionMacs(layer) + layer.attention.shape[1] * projectionMacs(layer)),
  },
  'temporal-convolution': {
    create: ({ kind, stride, dilation, depthwise }, common, { filters, projection }, plan) => {
      const { input, output } = plan;
      const sizes = { groups: depthwise ? input.channels : 1, nodes: output.nodes, frames: framesOf(output) };
      return { ...common, kind, stride, dilation, ...sizes, filters, residual: residualOf(plan, projection) };
    },
    weights: ({ filters, residual }) => ({ filters, ...projectionOf(residual) }),
    macs: (layer) => layer.nodes * (layer.filters.values.length + projectionMacs(layer)),
  },
  pool: {
    create: ({ kind, over }, common) => ({ ...common, kind, over }),
    weights: () => ({}),
    macs: () => 0,
  },
};

function residualOf(
  { products, fixed = [] }: LayerPlan,
  projection: DenseTensor | undefined,
): DenseResidual | undefined {
  const product = products.find(({ name }) => name === 'projection') ?? fixed.find(({ name }) => name === 'identity');
  if (product?.from === undefined) return undefined;
  const { start = 0, frame = 1 } = product.x;
  const size = fixed.length > 0 ? product.width : (product.count / product.frames!) * product.columns;
  return { from: product.from, start: start / size, step: frame / size, projection };
}

function projectionOf(residual: DenseResidual | undefined): Weights {
  return residual?.projection ? { projection: residual.projection } : {};
}

function projectionMacs({ residual }: { readonly residual?: DenseResidual | undefined }): number {
  return residual?.projection?.values.length ?? 0;
}

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
    return kinds[spec.kind].create(spec as never, common, Object.fromEntries(tensors), layer);
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
