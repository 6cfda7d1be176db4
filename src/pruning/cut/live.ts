import { aModel, checkArguments } from '../../core/arguments.js';
import type { Model } from '../../model/model.js';
import { type LayerPlan, planNetwork } from '../../runtime/network/plan.js';
import { inputAt, outputAt, type Product, repetitionOf } from '../../runtime/network/products.js';
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
  const links = layers.flat();
  for (const link of links) spreadForward(link);
  links[links.length - 1].y.live.fill(1);
  for (const link of links.toReversed()) spreadBack(link);
  const weights = links.map(({ live }) => live);
  const effective = weights.reduce((sum, tensor) => sum + tensor.reduce((count, one) => count + one, 0), 0);
  return { weights, layers: layers.map(liveLayer), effective };
}

/** Values between products, 1 each where they can differ from zero, and where they are live. */
interface Values {
  readonly nonzero: Uint8Array;
  readonly live: Uint8Array;
}

/** A weight matrix between the values that it reads and those that it writes. */
interface Link {
  readonly product: Product;
  readonly latents: Float32Array;
  readonly live: Uint8Array;
  readonly x: Values;
  readonly y: Values;
}

/** The links of each layer. */
function linksOf(plan: readonly LayerPlan[], model: Model): Link[][] {
  const { biases } = model.atRate(model.rate, []);
  const latents = model.parameters.latents.values();
  let x = valuesOf(nonzeroFeatures(model));
  return plan.map((layer, i) => {
    const last = layer.products.length - 1;
    return layer.products.map((product, p) => {
      const y = valuesOf(p === last ? nonzeroOutputs(layer, biases[i]) : new Uint8Array(layer.scratchRows));
      const tensor = latents.next().value as Float32Array;
      const link = { product, latents: tensor, live: new Uint8Array(tensor.length), x, y };
      x = y;
      return link;
    });
  });
}

function valuesOf(nonzero: Uint8Array): Values {
  return { nonzero, live: new Uint8Array(nonzero.length) };
}

function nonzeroFeatures({ description, parameters }: Model): Uint8Array {
  const { preprocessing, layout, persons } = description;
  return zeroFeatures(preprocessing, layout, persons).map((zero, i) => (zero && parameters.mean[i] === 0 ? 0 : 1));
}

/** Whether activation(bias) is not zero: what a unit gives where nothing flows in. */
function nonzeroOutputs({ output: { nodes, channels }, rectify }: LayerPlan, bias: Float32Array): Uint8Array {
  return Uint8Array.from({ length: nodes * channels }, (_, i) => {
    const constant = bias[i % channels];
    return (rectify ? constant > 0 : constant !== 0) ? 1 : 0;
  });
}

function spreadForward({ product, latents, x, y }: Link): void {
  eachUse(product, latents, (_, from, to) => {
    if (x.nonzero[from]) y.nonzero[to] = 1;
  });
}

function spreadBack({ product, latents, live, x, y }: Link): void {
  eachUse(product, latents, (weight, from, to) => {
    if (x.nonzero[from] && y.live[to]) live[weight] = x.live[from] = 1;
  });
}

/** Visits each non-zero weight with every value that it reads and the value that it then writes. */
function eachUse(
  product: Product,
  latents: Float32Array,
  visit: (weight: number, from: number, to: number) => void,
): void {
  const { repeat, xStride, yStride } = repetitionOf(product);
  for (const [weight, latent] of latents.entries()) {
    if (latent === 0) continue;
    const x = inputAt(product, weight);
    const y = outputAt(product, Math.floor(weight / product.columns));
    for (let i = 0; i < repeat; i++) visit(weight, x + i * xStride, y + i * yStride);
  }
}

function liveLayer(links: readonly Link[]): LiveLayer {
  const [first, second] = links;
  return {
    input: first.x.live,
    scratch: second ? first.y.live : new Uint8Array(),
    output: (second ?? first).y.live,
  };
}
