import { aModel, checkArguments } from '../../core/arguments.js';
import type { Model } from '../../model/model.js';
import { type LayerPlan, planNetwork } from '../../runtime/network/plan.js';
import type { Product } from '../../runtime/network/products.js';
import { eachUse } from '../../runtime/network/uses.js';
import { zeroFeatures } from '../../skeleton/zero-features.js';

/**
 * What of a network can influence its answers; 1 marks what can. A value is live if it is not always zero and a live
 * weight reads it, or if it is a logit; a weight is live if it leads from a value that is not always zero to a live one.
 * A unit that no live weight leads to gives activation(bias), a constant: it is live where that is read and not zero.
 */
export interface LiveNetwork {
  /** Of each weight tensor, [rows][columns]. */
  readonly weights: readonly Uint8Array[];
  /** First to last; the classifier is the last. */
  readonly layers: readonly LiveLayer[];
  /** Live weights. */
  readonly effective: number;
}

/** Live values of a layer. */
export interface LiveLayer {
  /** [nodes][channels] */
  readonly input: Uint8Array;
  /** Between the two products of a graph convolution, laid out as `layerProducts` says; empty in a dense layer. */
  readonly scratch: Uint8Array;
  /** [nodes][channels] */
  readonly output: Uint8Array;
}

/** Traces what can influence the answers of a model at its own rate, from the features to the logits and back. */
export function liveWeights(model: Model): LiveNetwork {
  checkArguments('liveWeights', { model: [aModel, model] });
  const { description, network } = model;
  const layers = linksOf(planNetwork(description.layers, network.input, description.classes.length), model);
  const links = layers.flatMap((layer) => layer.links);
  for (const link of links) spreadForward(link);
  layers[layers.length - 1].output.live.fill(1);
  for (const link of links.toReversed()) spreadBack(link);
  const weights = links.filter(({ isFixed }) => !isFixed).map(({ live }) => live);
  const effective = weights.reduce((sum, tensor) => sum + tensor.reduce((count, one) => count + one, 0), 0);
  const live = layers.map(({ input, scratch, output }) => ({
    input: input.live,
    scratch: scratch.live,
    output: output.live,
  }));
  return { weights, layers: live, effective };
}

/** Values between products, 1 each where they can differ from zero, and where they are live. */
interface Values {
  readonly nonzero: Uint8Array;
  readonly live: Uint8Array;
}

/** A matrix between the values that it reads and those that it writes. */
interface Link {
  readonly product: Product;
  /** Whether its entries are constants, and no weights. */
  readonly isFixed: boolean;
  readonly latents: Float32Array;
  readonly live: Uint8Array;
  readonly x: Values;
  readonly y: Values;
}

/** A layer's values, and its links in an order in which what they read is known. */
interface LayerLinks {
  readonly links: readonly Link[];
  readonly input: Values;
  readonly scratch: Values;
  readonly output: Values;
}

/** The links of each layer. */
function linksOf(plan: readonly LayerPlan[], model: Model): LayerLinks[] {
  const { biases } = model.atRate(model.rate, []);
  const latents = model.parameters.latents.values();
  const activations = [valuesOf(nonzeroFeatures(model))];
  return plan.map((layer, i) => {
    const [input, output] = [activations[i], valuesOf(nonzeroOutputs(layer, biases[i]))];
    const scratch = valuesOf(new Uint8Array(layer.scratchRows));
    const chain = layer.products.filter(({ from }) => from === undefined);
    const link = (product: Product, tensor: Float32Array, isFixed: boolean): Link => {
      const x = product.from === undefined ? (product === chain[0] ? input : scratch) : activations[product.from];
      const y = product.from === undefined && product !== chain[chain.length - 1] ? scratch : output;
      return { product, isFixed, latents: tensor, live: new Uint8Array(tensor.length), x, y };
    };
    const weights = layer.products.map((product) => link(product, latents.next().value as Float32Array, false));
    const { fixed = [] } = layer;
    const constants = fixed.map((product) => link(product, new Float32Array(product.columns).fill(1), true));
    activations.push(output);
    return { links: [...weights, ...constants], input, scratch, output };
  });
}

function valuesOf(nonzero: Uint8Array): Values {
  return { nonzero, live: new Uint8Array(nonzero.length) };
}

/** Of the features of all frames. */
function nonzeroFeatures({ description, parameters, network }: Model): Uint8Array {
  const { preprocessing, layout, persons } = description;
  const zeros = zeroFeatures(preprocessing, layout, persons);
  return Uint8Array.from({ length: network.input.nodes * network.input.channels }, (_, i) => {
    const at = i % zeros.length;
    return zeros[at] && parameters.mean[at] === 0 ? 0 : 1;
  });
}

/** Whether activation(bias) is not zero: what a unit gives where nothing flows in. */
function nonzeroOutputs({ output: { nodes, channels }, rectify }: LayerPlan, bias: Float32Array): Uint8Array {
  return Uint8Array.from({ length: nodes * channels }, (_, i) => {
    const constant = bias[i % channels];
    return (rectify ? constant > 0 : constant !== 0) ? 1 : 0;
  });
}

function spreadForward({ product, latents, x, y }: Link): void {
  eachLink(product, latents, (_, from, to) => {
    if (x.nonzero[from]) y.nonzero[to] = 1;
  });
}

function spreadBack({ product, latents, live, x, y }: Link): void {
  eachLink(product, latents, (weight, from, to) => {
    if (x.nonzero[from] && y.live[to]) live[weight] = x.live[from] = 1;
  });
}

/** Visits each non-zero weight with every value that it reads and the value that it then writes. */
function eachLink(
  product: Product,
  latents: Float32Array,
  visit: (weight: number, from: number, to: number) => void,
): void {
  for (const [weight, latent] of latents.entries()) {
    if (latent === 0) continue;
    eachUse(product, weight, (from, to, width) => {
      for (let i = 0; i < width; i++) visit(weight, from + i, to + i);
    });
  }
}
