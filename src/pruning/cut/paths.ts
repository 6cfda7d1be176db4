import type { Network } from '../../model/network.js';
import { type LayerPlan, planNetwork, productsOf } from '../../runtime/network/plan.js';
import {
  inputAt,
  type LayerSpec,
  layerProducts,
  outputAt,
  type Product,
  repetitionOf,
} from '../../runtime/network/products.js';

/**
 * Widest paths through a network. A path leads from a feature to a logit; it is as wide as the smallest magnitude on it,
 * and the strength of a weight is the width of the widest path through it: the greatest threshold at which it can still
 * pass on what a feature says. A weight whose magnitude is above its strength takes a place in every budget in between for
 * nothing.
 */
export class Paths {
  private readonly products: readonly Product[];
  /** Values before, between and after the products. */
  private readonly sizes: readonly number[];
  private readonly zeros: Uint8Array;

  /** @param zeros 1 for each feature that is always zero: no path begins there */
  constructor(plan: readonly LayerPlan[], zeros: Uint8Array) {
    this.products = productsOf(plan);
    this.sizes = [zeros.length, ...plan.flatMap(sizesAfter)];
    this.zeros = zeros;
  }

  /** Of the network that a training runs: members answer apart. */
  static ofTraining(layers: readonly LayerSpec[], { input, classes, answers }: Network, zeros: Uint8Array): Paths {
    const plan = planNetwork(layers, input, classes);
    const { input: last, rectify } = plan.pop()!;
    const classifier = { kind: 'dense', units: classes * answers, members: answers, activation: 'none' } as const;
    return new Paths([...plan, { ...layerProducts(classifier, [last]), input: last, rectify }], zeros);
  }

  /**
   * Lowers the magnitude of every latent weight to its strength, in place. Then those above any threshold all lie on paths
   * of weights above it, and no budget has dead weights. Magnitudes up to `least` are left alone, and no path
   * leads through them.
   */
  limit(latents: readonly Float32Array[], least = 0): void {
    const links = this.products.map((product, t) => linksAbove(product, latents[t], least));
    const [into, onward] = [this.widths(), this.widths()];
    into[0].forEach((_, i, widths) => {
      widths[i] = this.zeros[i] ? 0 : Number.POSITIVE_INFINITY;
    });
    onward[links.length].fill(Number.POSITIVE_INFINITY);
    const before = (widths: Float32Array[], t: number) => ({ ...links[t].from, widths: widths[t] });
    const after = (widths: Float32Array[], t: number) => ({ ...links[t].to, widths: widths[t + 1] });
    for (const t of links.keys()) widen(links[t], before(into, t), after(into, t));
    for (const t of [...links.keys()].toReversed()) widen(links[t], after(onward, t), before(onward, t));
    for (const t of links.keys()) lower(links[t], latents[t], before(into, t), after(onward, t));
  }

  private widths(): Float32Array[] {
    return this.sizes.map((size) => new Float32Array(size));
  }
}

/** Weights of one matrix with a magnitude above a limit, and the first value that each reads and writes. */
interface Links {
  readonly weights: Int32Array;
  readonly magnitudes: Float32Array;
  readonly from: Places;
  readonly to: Places;
  readonly repeat: number;
}

/** Where each link is in the values at one end, and the step from one repetition to the next. */
interface Places {
  readonly places: Int32Array;
  readonly stride: number;
}

function sizesAfter({ products, scratchRows, output }: LayerPlan): number[] {
  const last = output.nodes * output.channels;
  return products.map((_, p) => (p === products.length - 1 ? last : scratchRows));
}

function linksAbove(product: Product, latents: Float32Array, least: number): Links {
  const { repeat, xStride, yStride } = repetitionOf(product);
  const weights = positionsAbove(latents, least);
  const magnitudes = Float32Array.from(weights, (weight) => Math.abs(latents[weight]));
  const from = { places: weights.map((weight) => inputAt(product, weight)), stride: xStride };
  const rowOf = (weight: number) => Math.floor(weight / product.columns);
  const to = { places: weights.map((weight) => outputAt(product, rowOf(weight))), stride: yStride };
  return { weights, magnitudes, from, to, repeat };
}

function positionsAbove(latents: Float32Array, least: number): Int32Array {
  const positions = new Int32Array(latents.length);
  let count = 0;
  for (let i = 0; i < latents.length; i++) if (Math.abs(latents[i]) > least) positions[count++] = i;
  return positions.slice(0, count);
}

/** The same with how wide each value is. */
interface Ends extends Places {
  readonly widths: Float32Array;
}

/** The values at the one end become as wide as the widest way to them over the other. */
function widen({ magnitudes, repeat }: Links, from: Ends, to: Ends): void {
  for (let link = 0; link < magnitudes.length; link++) {
    const magnitude = magnitudes[link];
    for (let i = 0, x = from.places[link], y = to.places[link]; i < repeat; i++, x += from.stride, y += to.stride) {
      const width = Math.min(from.widths[x], magnitude);
      if (width > to.widths[y]) to.widths[y] = width;
    }
  }
}

/** Latents become no larger than the widest way through them, over all their uses. */
function lower({ weights, magnitudes, repeat }: Links, latents: Float32Array, from: Ends, to: Ends): void {
  for (let link = 0; link < weights.length; link++) {
    let widest = 0;
    for (let i = 0, x = from.places[link], y = to.places[link]; i < repeat; i++, x += from.stride, y += to.stride) {
      widest = Math.max(widest, Math.min(from.widths[x], to.widths[y]));
    }
    if (widest < magnitudes[link]) latents[weights[link]] = Math.sign(latents[weights[link]]) * widest;
  }
}
