import type { LayerPlan } from './plan.js';
import { inputAt, outputAt, type Product, repetitionOf } from './products.js';

/** So many values are summed side by side, so that none waits for another's sum. */
const LANES = 4;

/** Multiply-accumulates of a product to values that are needed, one for each of `to`: places in x and in y, weights. */
interface Links {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly weights: Float32Array;
}

/** y = activation(bias + W x). */
interface Part extends Links {
  readonly bias: Float64Array;
  /** Of its activation: 1 / 2 where negative values become zero, else 0. */
  readonly fold: number;
}

/**
 * A part between the values that depend on the input and that an answer depends on. Those of y are in the order of how
 * many weights lead to them, so that the lanes of a group are about equally long; the shorter ones are filled up with
 * weights of zero.
 */
export interface Stage {
  /** Of y, before the weights. */
  readonly bias: Float64Array;
  readonly fold: number;
  /** Where the weights of each group of lanes end. */
  readonly ends: Int32Array;
  /** [links][lanes] a group: the index of the value of x that is multiplied. */
  readonly from: Int32Array;
  readonly weights: Float32Array;
  /** y, and the places of its values among all of the layer. */
  readonly values: Float32Array;
  readonly places: readonly number[];
}

/** A network of non-zeros only, for one sequence at a time. */
export class SparseNetwork {
  /** The features that lead to an answer: 1 in [nodes][channels]. */
  readonly needed: Uint8Array;
  /** First to last. @internal */
  readonly stages: readonly Stage[];
  private readonly logits: Float64Array;

  /**
   * @param latents of all tensors, laid end to end
   * @param places of the non-zeros among them, rising
   * @param scales what each tensor's latents are multiplied by
   * @param biases of each layer
   */
  constructor(
    plan: readonly LayerPlan[],
    latents: Float32Array,
    places: Uint32Array,
    scales: readonly number[],
    biases: readonly Float64Array[],
  ) {
    const parts: Part[] = [];
    let needed = new Uint8Array(biases.at(-1)!.length).fill(1);
    let [start, end, tensor] = [latents.length, places.length, scales.length];
    for (const [i, { input, output, products, scratchRows, rectify }] of [...plan.entries()].toReversed()) {
      for (const product of products.toReversed()) {
        const isLast = product === products.at(-1);
        const bias = new Float64Array(needed.length);
        if (isLast) for (let at = 0; at < bias.length; at++) bias[at] = biases[i][at % output.channels];
        const reads = new Uint8Array(product === products[0] ? input.nodes * input.channels : scratchRows);
        const last = end;
        start -= product.rows * product.columns;
        while (places[end - 1] >= start) end--;
        const links = linksOf(product, latents, places.subarray(end, last), start, scales[--tensor], needed, reads);
        parts.unshift({ ...links, bias, fold: isLast && rectify ? 0.5 : 0 });
        needed = reads;
      }
    }
    this.needed = needed;
    let indices = Int32Array.from(needed, (isNeeded, place) => (isNeeded ? place : -1));
    let constants = new Float64Array(needed.length);
    this.stages = parts.map((part) => {
      const stage = stageOf(part, indices, constants);
      constants = part.bias.map((value) => activate(value, part.fold));
      indices = new Int32Array(constants.length).fill(-1);
      for (const [index, place] of stage.places.entries()) indices[place] = index;
      return stage;
    });
    this.logits = constants;
  }

  /** The logits of standardised features, [nodes][channels]; valid until the next run. */
  run(features: Float32Array): Float64Array {
    const { stages, logits } = this;
    let x = features;
    for (const stage of stages) x = multiply(stage, x);
    const { places } = stages.at(-1)!;
    for (let i = 0; i < places.length; i++) logits[places[i]] = x[i];
    return logits;
  }
}

/** The links to needed values, by the places of their weights; marks what they read. */
function linksOf(
  product: Product,
  latents: Float32Array,
  places: Uint32Array,
  start: number,
  scale: number,
  needed: Uint8Array,
  reads: Uint8Array,
): Links {
  const { repeat, xStride, yStride } = repetitionOf(product);
  const room = places.length * repeat;
  const [froms, tos, weights] = [new Int32Array(room), new Int32Array(room), new Float32Array(room)];
  let count = 0;
  for (const place of places) {
    const weight = latents[place] * scale;
    let from = inputAt(product, place - start);
    let to = outputAt(product, Math.floor((place - start) / product.columns));
    for (let i = 0; i < repeat; i++, from += xStride, to += yStride) {
      if (!needed[to]) continue;
      froms[count] = from;
      tos[count] = to;
      weights[count++] = weight;
      reads[from] = 1;
    }
  }
  return { from: froms, to: tos.subarray(0, count), weights };
}

/**
 * What a part reads of constants goes into its bias.
 *
 * @param indices of the values of x, where each is; -1 for constants
 */
export function stageOf({ from, to, weights, bias, fold }: Part, indices: Int32Array, constants: Float64Array): Stage {
  const lengths = new Int32Array(bias.length);
  for (let i = 0; i < to.length; i++) {
    if (indices[from[i]] < 0) bias[to[i]] += weights[i] * constants[from[i]];
    else lengths[to[i]]++;
  }
  const places = [...lengths.keys()].filter((place) => lengths[place]).sort((a, b) => lengths[a] - lengths[b]);
  const ends = new Int32Array(Math.ceil(places.length / LANES));
  const next = new Int32Array(bias.length);
  let end = 0;
  for (let i = 0; i < places.length; i++) {
    const group = Math.floor(i / LANES);
    next[places[i]] = end + (i % LANES);
    if (i % LANES === LANES - 1 || i === places.length - 1) ends[group] = end += lengths[places[i]] * LANES;
  }
  const room = ends.length * LANES;
  const stage = {
    fold,
    ends,
    places,
    values: new Float32Array(room),
    bias: Float64Array.from({ length: room }, (_, i) => bias[places[i]] ?? 0),
    from: new Int32Array(end),
    weights: new Float32Array(end),
  };
  for (let i = 0; i < to.length; i++) {
    const index = indices[from[i]];
    if (index < 0) continue;
    stage.from[next[to[i]]] = index;
    stage.weights[next[to[i]]] = weights[i];
    next[to[i]] += LANES;
  }
  return stage;
}

/** y, from an index on, by default in the stage's own memory; x begins at one, too. */
export function multiply(
  { bias, fold, ends, from, weights, values }: Stage,
  x: Float32Array,
  start = 0,
  y = values,
  to = 0,
): Float32Array {
  for (let group = 0, lane = 0, link = 0; group < ends.length; group++, lane += LANES, to += LANES) {
    const end = ends[group];
    let a = bias[lane];
    let b = bias[lane + 1];
    let c = bias[lane + 2];
    let d = bias[lane + 3];
    for (; link < end; link += LANES) {
      a += weights[link] * x[start + from[link]];
      b += weights[link + 1] * x[start + from[link + 1]];
      c += weights[link + 2] * x[start + from[link + 2]];
      d += weights[link + 3] * x[start + from[link + 3]];
    }
    y[to] = activate(a, fold);
    y[to + 1] = activate(b, fold);
    y[to + 2] = activate(c, fold);
    y[to + 3] = activate(d, fold);
  }
  return y;
}

/**
 * ReLU as v / 2 + |v| / 2 where `fold` is 1 / 2: a branch on signs, which are as good as random, would often be foretold
 * wrongly. The value itself where `fold` is 0.
 */
export function activate(value: number, fold: number): number {
  return (1 - fold) * value + fold * Math.abs(value);
}
