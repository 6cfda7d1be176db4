import type { Arena } from '../kernels/arena.js';
import type { Pointer } from '../kernels/contract.js';
import type { LayerKind } from '../runtime/network/products.js';
import {
  type ForwardPass,
  type Layer,
  type LayerActivations,
  type LayerContext,
  type LayerParameters,
  type Pass,
  rowsOf,
  type Shape,
  type TrainableParameters,
} from './layer.js';
import { Dense } from './layers/dense.js';
import { GraphConvolution } from './layers/graph-convolution.js';
import { Pool } from './layers/pool.js';
import { TemporalConvolution } from './layers/temporal-convolution.js';
import { dealtOf, layerName, type Named, type NetworkOutline, withFullName } from './network-outline.js';
import type { LayerOptions, OptionsOf } from './network-schema.js';
import type { WeightSpec } from './weight-matrix.js';

/** Makes a layer of every kind. */
const layerKinds: { readonly [Kind in LayerKind]: (options: OptionsOf<Kind>, context: LayerContext) => Layer } = {
  'graph-convolution': (options, context) => new GraphConvolution(options, context),
  dense: (options, context) => new Dense(options, context),
  'temporal-convolution': (options, context) => new TemporalConvolution(options, context),
  pool: (options, context) => new Pool(options, context),
};

/** The network's parameters at one rate, in the order of `Network.weights` and `Network.biases`. */
export type NetworkParameters = LayerParameters;

/** The activations of one pass, laid out by `Network.allocateActivations`. */
export type NetworkActivations = readonly LayerActivations[];

/** What a network has in training alone. */
export interface NetworkForm {
  /** Whether the members of the last hidden layer answer apart; by default their answers are joined. */
  readonly members?: 'joined' | 'apart';
  /** Whether convolutions normalise their products. */
  readonly normalises?: boolean | undefined;
}

/** A list of layers that ends in one logit a class; with the members apart, in one a class and member, [members][classes]. */
export class Network implements NetworkOutline {
  readonly layers: readonly Layer[];
  readonly input: Shape;
  readonly classes: number;
  /** How many answers the logits are: of the members of the last hidden layer apart, or one. */
  readonly answers: number;
  readonly weights: readonly Named<WeightSpec>[];
  readonly biases: readonly Named<{ name: string; size: number }>[];
  /** All maskable weights: what a pruning rate is a share of. */
  readonly weightCount: number;

  constructor(
    options: readonly LayerOptions[],
    input: Shape,
    classes: number,
    { members = 'joined', normalises = false }: NetworkForm = {},
  ) {
    this.answers = members === 'apart' ? membersOf(options) : 1;
    this.layers = createLayers(options, input, classes, this.answers, normalises);
    this.input = input;
    this.classes = classes;
    this.weights = this.layers.flatMap((layer) => layer.weights.map((spec) => withFullName(layer, spec)));
    this.biases = this.layers.flatMap((layer) => layer.biases.map((spec) => withFullName(layer, spec)));
    this.weightCount = this.weights.reduce((sum, { rows, columns }) => sum + rows * columns, 0);
  }

  /** Room for one pass over at most n columns, whose input is at `input`; gradients only if wanted. */
  allocateActivations(arena: Arena, input: Pointer, n: number, gradients: boolean): NetworkActivations {
    const room = (rows: number) => arena.allocate(rows * n);
    const roomForGradient = (rows: number) => (gradients ? room(rows) : 0);
    let last = { output: input, outputGradient: 0 };
    return this.layers.map((layer) => {
      const { output: previous, outputGradient: inputGradient } = last;
      const rows = rowsOf(layer.output);
      last = { output: room(rows), outputGradient: roomForGradient(rows) };
      const scratch = { scratch: room(layer.scratchRows), scratchGradient: roomForGradient(layer.scratchRows) };
      const normalises = layer.normalisedWeight !== undefined;
      const normalised = normalises ? room(rows) : 0;
      const statistics = normalises ? arena.allocate(layer.output.channels + 1) : 0;
      const own = { ...last, ...scratch, normalised, statistics };
      return { input: previous, inputGradient, ...own, source: 0, sourceGradient: 0 };
    });
  }

  /** Runs all layers and returns where the logits [answers][classes][n] are. */
  forward(pass: ForwardPass, parameters: NetworkParameters, activations: NetworkActivations): Pointer {
    const [weights, biases] = [dealer(parameters.weights), dealer(parameters.biases)];
    for (const [i, layer] of this.layers.entries()) {
      const share = { weights: weights(layer.weights), biases: biases(layer.biases) };
      layer.forward(seeded(pass, i), share, withSource(activations, i, layer));
    }
    return activations[activations.length - 1].output;
  }

  /** Adds all gradients, given the gradient of the logits in the last `outputGradient`. */
  backward(pass: Pass, parameters: TrainableParameters, activations: NetworkActivations): void {
    const [weights, biases] = [dealer(parameters.weights), dealer(parameters.biases)];
    const biasGradients = dealer(parameters.biasGradients);
    const steps = this.layers.map((layer, i) => {
      const at = withSource(activations, i, layer);
      if (at.sourceGradient !== 0)
        pass.kernels.clear(at.sourceGradient, rowsOf(this.layers[layer.from! - 1].output) * pass.n);
      const share = {
        weights: weights(layer.weights),
        biases: biases(layer.biases),
        biasGradients: biasGradients(layer.biases),
      };
      return () => layer.backward(seeded(pass, i), share, at);
    });
    for (const step of steps.toReversed()) step();
  }
}

/** Gives the next few of a list at each call: one for each tensor of a layer. */
function dealer<Item>(items: readonly Item[]): (tensors: readonly unknown[]) => readonly Item[] {
  let dealt = 0;
  return ({ length }) => {
    dealt += length;
    return items.slice(dealt - length, dealt);
  };
}

/** The activations of a layer, with what its residual adds. */
function withSource(activations: NetworkActivations, index: number, { from }: Layer): LayerActivations {
  const at = activations[index];
  if (from === undefined) return at;
  if (from === 0) return { ...at, source: activations[0].input };
  const { output, outputGradient } = activations[from - 1];
  return { ...at, source: output, sourceGradient: outputGradient };
}

/** Members of the last hidden layer. */
function membersOf(options: readonly LayerOptions[]): number {
  const last = options[options.length - 1];
  return dealtOf(last)?.members ?? 1;
}

function createLayers(
  options: readonly LayerOptions[],
  input: Shape,
  classes: number,
  answers: number,
  normalises: boolean,
): Layer[] {
  const layers: Layer[] = [];
  const shapes = [input];
  const sources = options.map((layer, i) => ('residual' in layer && layer.residual ? i + 1 - layer.residual : -1));
  const context = (i: number) => ({
    input: shapes[i],
    before: shapes.slice(0, i + 1),
    inputGradient: i > 0,
    addsGradient: sources.includes(i),
    normalises,
  });
  for (const [i, layer] of options.entries()) {
    layers.push(createLayer(layer, { name: layerName(layer, i), ...context(i) }));
    shapes.push(layers[i].output);
  }
  return [
    ...layers,
    createClassifier({ name: layerName(undefined, options.length), ...context(options.length) }, classes, answers),
  ];
}

function createLayer(options: LayerOptions, context: LayerContext): Layer {
  return layerKinds[options.kind](options as never, context);
}

function createClassifier(context: LayerContext, classes: number, answers: number): Layer {
  const options = { units: classes * answers, members: answers > 1 ? answers : undefined, dropout: 0 };
  return new Dense({ kind: 'dense', activation: 'none', ...options }, { ...context, inputGradient: true }, true);
}

/** Each layer draws its own dropout. */
function seeded<Any extends ForwardPass>(pass: Any, layer: number): Any {
  const { dropoutSeed } = pass;
  return dropoutSeed === undefined ? pass : { ...pass, dropoutSeed: (dropoutSeed + Math.imul(layer, 0x3c6ef372)) | 0 };
}
