import type { Kernels, Pointer } from '../kernels/contract.js';
import type { Shape } from '../runtime/network/products.js';
import type { GradientPass, TrainableMatrix } from './trainable-matrix.js';
import type { ProductPass, WeightMatrix, WeightSpec } from './weight-matrix.js';

export type { Shape };

export function rowsOf(shape: Shape): number {
  return shape.nodes * shape.channels;
}

/** A bias vector; never pruned. */
export interface BiasSpec {
  readonly name: string;
  readonly size: number;
}

/** What all layers share in one pass forward over `n` columns (sequences). */
export interface ForwardPass extends ProductPass {
  readonly n: number;
  /** The first columns, which are sequences; the others are room. */
  readonly used: number;
  /** Seed of dropout; undefined outside training. */
  readonly dropoutSeed: number | undefined;
}

/** The same of a pass forward and back. */
export interface Pass extends ForwardPass, GradientPass {
  readonly kernels: Kernels;
}

/** A layer's parameters at one rate. */
export interface LayerParameters {
  readonly weights: readonly WeightMatrix[];
  readonly biases: readonly Pointer[];
}

/** The same with their gradients. */
export interface TrainableParameters extends LayerParameters {
  readonly weights: readonly TrainableMatrix[];
  readonly biasGradients: readonly Pointer[];
}

/** A layer's activations, each [rows][n]. */
export interface LayerActivations {
  readonly input: Pointer;
  readonly output: Pointer;
  readonly scratch: Pointer;
  /** 0 where no gradient of the input is wanted. */
  readonly inputGradient: Pointer;
  /** Overwritten by the backward pass. */
  readonly outputGradient: Pointer;
  readonly scratchGradient: Pointer;
  /** Of a residual: what it adds, and the gradient of that, which is added to; 0 where none is wanted. */
  readonly source: Pointer;
  readonly sourceGradient: Pointer;
  /** Of a layer that normalises: its products so, and float32 [channels] means and an inverse deviation; else 0. */
  readonly normalised: Pointer;
  readonly statistics: Pointer;
}

/**
 * A layer: what it takes and gives, which of its tensors can be pruned, forward and backward. All else (masking, cutting,
 * counting, saving, running) works from this description alone.
 */
export interface Layer {
  readonly kind: string;
  readonly name: string;
  readonly input: Shape;
  readonly output: Shape;
  readonly weights: readonly WeightSpec[];
  readonly biases: readonly BiasSpec[];
  /** Rows that the forward pass keeps for the backward pass beside its output. */
  readonly scratchRows: number;
  /** Of a layer that normalises its products, in training: which of its weights they are made with last. */
  readonly normalisedWeight?: number | undefined;
  /** The activation that it adds to its output, if it has a residual: 0 the features, i the output of layer i. */
  readonly from?: number | undefined;
  forward(pass: ForwardPass, parameters: LayerParameters, activations: LayerActivations): void;
  backward(pass: Pass, parameters: TrainableParameters, activations: LayerActivations): void;
}

/** What a layer is built from, beside its own options. */
export interface LayerContext {
  readonly name: string;
  readonly input: Shape;
  /** The features, and the outputs of all layers before; the last is the input. By default there is the input alone. */
  readonly before?: readonly Shape[] | undefined;
  /** Whether a layer before this one wants the gradient of the input. */
  readonly inputGradient: boolean;
  /** Whether that gradient is added to what is there, a residual's. */
  readonly addsGradient?: boolean | undefined;
  /** Whether convolutions normalise their products. */
  readonly normalises?: boolean | undefined;
}
