import type { Network } from '../../model/network.js';
import { type LayerPlan, planNetwork } from '../../runtime/network/plan.js';
import { type LayerSpec, layerProducts, type Product } from '../../runtime/network/products.js';
import { eachUse } from '../../runtime/network/uses.js';

/**
 * Widest paths through a network. A path leads from a feature to a logit; it is as wide as the smallest magnitude on it,
 * and the strength of a weight is the width of the widest path through it: the greatest threshold at which it can still
 * pass on what a feature says. A weight whose magnitude is above its strength takes a place in every budget in between for
 * nothing.
 */
export class Paths {
  private readonly steps: readonly Step[];
  /** Values of each place: the features, the outputs of all layers, then what is between the products of each. */
  private readonly sizes: readonly number[];
  private readonly zeros: Uint8Array;
  private readonly logits: number;

  /** @param zeros 1 for each feature that is always zero: no path begins there */
  constructor(plan: readonly LayerPlan[], zeros: Uint8Array) {
    const outputs = plan.map(({ output }) => output.nodes * output.channels);
    this.steps = plan.flatMap((layer, i) => stepsOf(layer, i, plan.length));
    this.sizes = [zeros.length, ...outputs, ...plan.map(({ scratchRows }) => scratchRows)];
    this.zeros = zeros;
    this.logits = plan.length;
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
   * of weights above it; a budget that ends among equal magnitudes may keep weights whose path it cuts. Magnitudes up to
   * `least` are left alone, and no path leads through them.
   */
  limit(latents: readonly Float32Array[], least = 0): void {
    const tensors = latents.values();
    const links = this.steps.map((step) => linksAbove(step, step.isFixed ? undefined : tensors.next().value!, least));
    const [into, onward] = [this.widths(), this.widths()];
    into[0].forEach((_, i, widths) => {
      widths[i] = this.zeros[i] ? 0 : Number.POSITIVE_INFINITY;
    });
    onward[this.logits].fill(Number.POSITIVE_INFINITY);
    for (const link of links) widen(link, into, true);
    for (const link of links.toReversed()) widen(link, onward, false);
    for (const link of links) lower(link, into, onward);
  }

  private widths(): Float32Array[] {
    return this.sizes.map((size) => new Float32Array(size));
  }
}

/** A product between two places. */
interface Step {
  readonly product: Product;
  /** Whether its entries are constants, which no threshold stops, and no weights. */
  readonly isFixed: boolean;
  readonly from: number;
  readonly to: number;
}

/** The products of a layer, in an order in which what they read is known. */
function stepsOf({ products, fixed = [] }: LayerPlan, layer: number, layers: number): Step[] {
  const scratch = layers + 1 + layer;
  const chain = products.filter(({ from }) => from === undefined);
  const step = (product: Product, isFixed: boolean): Step => {
    const isBeside = product.from !== undefined;
    return {
      product,
      isFixed,
      from: product.from ?? (product === chain[0] ? layer : scratch),
      to: isBeside || product === chain.at(-1) ? layer + 1 : scratch,
    };
  };
  return [...products.map((product) => step(product, false)), ...fixed.map((product) => step(product, true))];
}

/** Weights of one matrix with a magnitude above a limit. */
interface Links extends Step {
  readonly weights: Int32Array;
  readonly magnitudes: Float32Array;
  readonly latents: Float32Array | undefined;
}

function linksAbove(step: Step, latents: Float32Array | undefined, least: number): Links {
  if (latents === undefined) {
    const weights = Int32Array.from({ length: step.product.columns }, (_, i) => i);
    return { ...step, latents, weights, magnitudes: new Float32Array(weights.length).fill(Number.POSITIVE_INFINITY) };
  }
  const weights = positionsAbove(latents, least);
  return { ...step, latents, weights, magnitudes: Float32Array.from(weights, (weight) => Math.abs(latents[weight])) };
}

function positionsAbove(latents: Float32Array, least: number): Int32Array {
  const positions = new Int32Array(latents.length);
  let count = 0;
  for (let i = 0; i < latents.length; i++) if (Math.abs(latents[i]) > least) positions[count++] = i;
  return positions.slice(0, count);
}

/** The values at the one end become as wide as the widest way to them over the other. */
function widen({ product, weights, magnitudes, from, to }: Links, widths: Float32Array[], isForward: boolean): void {
  const [near, far] = isForward ? [widths[from], widths[to]] : [widths[to], widths[from]];
  for (const [link, weight] of weights.entries()) {
    const magnitude = magnitudes[link];
    eachUse(product, weight, (x, y, count) => {
      const [at, over] = isForward ? [x, y] : [y, x];
      for (let i = 0; i < count; i++) {
        const width = Math.min(near[at + i], magnitude);
        if (width > far[over + i]) far[over + i] = width;
      }
    });
  }
}

/** Latents become no larger than the widest way through them, over all their uses. */
function lower(
  { product, weights, magnitudes, latents, from, to }: Links,
  into: readonly Float32Array[],
  onward: readonly Float32Array[],
): void {
  if (latents === undefined) return;
  const [before, after] = [into[from], onward[to]];
  for (const [link, weight] of weights.entries()) {
    let widest = 0;
    eachUse(product, weight, (x, y, count) => {
      for (let i = 0; i < count; i++) widest = Math.max(widest, Math.min(before[x + i], after[y + i]));
    });
    if (widest < magnitudes[link]) latents[weight] = Math.sign(latents[weight]) * widest;
  }
}
