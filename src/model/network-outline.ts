/** What a network is made of, by its layers' products: enough to read, write, cut and export it; `Network` runs it. */
import type { Fault } from '../core/errors.js';
import { countWeights, type LayerPlan, planNetwork, productsOf } from '../runtime/network/plan.js';
import { layerProducts, type Product, type Shape } from '../runtime/network/products.js';
import { LayerFault } from '../runtime/network/temporal-layers.js';
import '../runtime/temporal-kinds.js';
import type { LayerOptions } from './network-schema.js';
import type { WeightSpec } from './weight-matrix.js';

/** A tensor of the network under its full name, `layer.tensor`. */
export type Named<Spec> = Spec & { readonly fullName: string };

/** A network without numbers. */
export interface NetworkOutline {
  /** The hidden layers and the classifier. */
  readonly layers: readonly LayerOutline[];
  readonly input: Shape;
  readonly classes: number;
  /** In the order of all latents laid end to end. */
  readonly weights: readonly Named<WeightOutline>[];
  readonly biases: readonly Named<{ readonly name: string; readonly size: number }>[];
  /** All maskable weights: what a pruning rate is a share of. */
  readonly weightCount: number;
}

/** What there is to say of a weight matrix that nobody multiplies with. */
export type WeightOutline = Pick<WeightSpec, 'name' | 'rows' | 'columns' | 'reuse'>;

/** A layer's name, and what it gives. */
export interface LayerOutline {
  readonly name: string;
  readonly output: Shape;
}

/** The network of these hidden layers, and of a dense layer with one unit a class after them. */
export function outlineNetwork(layers: readonly LayerOptions[], input: Shape, classes: number): NetworkOutline {
  const plan = planNetwork(layers, input, classes);
  const named = plan.map((layer, i) => ({ ...layer, name: layerName(layers[i], i) }));
  const weights = named.flatMap((layer) => layer.products.map((product) => withFullName(layer, weightOf(product))));
  return {
    layers: named,
    input,
    classes,
    weights,
    biases: named.map((layer) => withFullName(layer, biasOf(layer))),
    weightCount: countWeights(productsOf(plan)),
  };
}

/** The name of a layer by its place; after the hidden ones, of the classifier. */
export function layerName(layer: LayerOptions | undefined, index: number): string {
  return layer === undefined ? 'classifier' : `${layer.kind}-${index + 1}`;
}

/** Adds the full name of a tensor of a layer. */
export function withFullName<Spec extends { readonly name: string }>(
  layer: { readonly name: string },
  spec: Spec,
): Named<Spec> {
  return { ...spec, fullName: `${layer.name}.${spec.name}` };
}

function weightOf({ name, rows, columns, width, count }: Product): WeightOutline {
  return { name, rows, columns, reuse: width * count };
}

function biasOf({ output }: LayerPlan): { readonly name: string; readonly size: number } {
  return { name: 'bias', size: output.channels };
}

/** What of a layer does not fit what it reads, if something does not. */
export function findNetworkFault(layers: readonly LayerOptions[], input: Shape): NetworkFault | undefined {
  const shapes = [input];
  for (const [i, layer] of [...layers, CLASSIFIER].entries()) {
    const { channels } = shapes[i];
    const place = i < layers.length ? `[${i}]` : '';
    try {
      shapes.push(layerProducts(layer, shapes).output);
    } catch (error) {
      if (!(error instanceof LayerFault)) throw error;
      const { expected, found } = error;
      return { place, expected, found };
    }
    const dealt = dealtOf(layer);
    if (dealt === undefined) continue;
    const { units, members } = dealt;
    const expected = `a divisor of the layer's units and of the ${channels} channels that it reads`;
    if (units % members > 0 || channels % members > 0)
      return { place: `[${i}].members`, expected, found: `${members}` };
  }
  return undefined;
}

type NetworkFault = Required<Pick<Fault, 'place' | 'expected' | 'found'>>;

/** The layer after the hidden ones, whatever the classes. */
const CLASSIFIER: LayerOptions = { kind: 'dense', units: 1, activation: 'none', dropout: 0 };

/** Of a layer that is dealt out to members: how many, and the units that they share. */
export function dealtOf(layer: LayerOptions): { readonly units: number; readonly members: number } | undefined {
  if (!('members' in layer) || layer.members === undefined) return undefined;
  return { units: layer.units, members: layer.members };
}
