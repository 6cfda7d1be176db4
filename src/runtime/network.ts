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

/** One product between all values of two layers, y = activation(bias + W x). */
interface Part extends Links {
  readonly bias: Float64Array;
  /** Whether negative values become zero. */
  readonly rectify: boolean;
}

/** The values of a layer that depend on the input and that an answer depends on, and their places among all of them. */
interface Values {
  readonly values: Float64Array;
  readonly places: Int32Array;
}

/**
 * A part between such values. Those of y stand in the order of how many weights lead to them, so that the lanes of a
 * group are about equally long; the shorter ones are filled up with weights of zero.
 */
interface Stage {
  readonly x: Values;
  readonly y: Values;
  readonly bias: Float64Array;
  readonly rectify: boolean;
  /** Where the weights of each group of lanes end. */
  readonly ends: Int32Array;
  /** [links][lanes] a group: the index of the value of x that is multiplied. */
  readonly from: Int32Array;
  readonly weights: Float32Array;
}

/** A network of non-zeros only, for one sequence at a time. */
export class SparseNetwork {
  /** The features that lead to an answer: 1 in [nodes][channels]. */
  readonly needed: Uint8Array;
  private readonly stages: readonly Stage[];
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
        const bias = Float64Array.from(needed, (_, at) => (isLast ? biases[i][at % output.channels] : 0));
        const reads = new Uint8Array(product === products[0] ? input.nodes * input.channels : scratchRows);
        const last = end;
        start -= product.rows * product.columns;
        while (places[end - 1] >= start) end--;
        const links = linksOf(product, latents, places.subarray(end, last), start, scales[--tensor], needed, reads);
        parts.unshift({ ...links, bias, rectify: isLast && rectify });
        needed = reads;
      }
    }
    this.needed = needed;
    let x = valuesAt([...needed.keys()].filter((place) => needed[place]));
    let constants = new Float64Array(needed.length);
    this.stages = parts.map((part) => {
      const stage = stageOf(part, x, constants);
      x = stage.y;
      constants = part.bias.map((value) => activate(value, part.rectify));
      return stage;
    });
    this.logits = constants;
  }

  /** The logits of standardised features, [nodes][channels]; valid until the next run. */
  run(features: ArrayLike<number>): Float64Array {
    const { stages, logits } = this;
    const { values, places } = stages[0].x;
    for (let i = 0; i < places.length; i++) values[i] = features[places[i]];
    for (const stage of stages) multiply(stage);
    const output = stages.at(-1)!.y;
    for (let i = 0; i < output.places.length; i++) logits[output.places[i]] = output.values[i];
    return logits;
  }
}

function valuesAt(places: readonly number[], room = places.length): Values {
  return { places: Int32Array.from(places), values: new Float64Array(room) };
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
  const { repeat, xStep, yStep } = repetitionOf(product);
  const room = places.length * repeat;
  const [froms, tos, weights] = [new Int32Array(room), new Int32Array(room), new Float32Array(room)];
  let count = 0;
  for (const place of places) {
    const weight = latents[place] * scale;
    let from = inputAt(product, place - start);
    let to = outputAt(product, Math.floor((place - start) / product.columns));
    for (let i = 0; i < repeat; i++, from += xStep, to += yStep) {
      if (!needed[to]) continue;
      froms[count] = from;
      tos[count] = to;
      weights[count++] = weight;
      reads[from] = 1;
    }
  }
  return { from: froms, to: tos.subarray(0, count), weights };
}

/** What a part reads of constants goes into its bias. */
function stageOf({ from, to, weights, bias, rectify }: Part, x: Values, constants: Float64Array): Stage {
  const indices = new Int32Array(constants.length).fill(-1);
  for (let i = 0; i < x.places.length; i++) indices[x.places[i]] = i;
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
  const stage = {
    ...{ x, y: valuesAt(places, ends.length * LANES), rectify, ends },
    bias: Float64Array.from({ length: ends.length * LANES }, (_, i) => bias[places[i]] ?? 0),
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

function multiply({ x: { values: x }, y: { values: y }, bias, rectify, ends, from, weights }: Stage): void {
  for (let group = 0, to = 0, link = 0; group < ends.length; group++, to += LANES) {
    let a = bias[to];
    let b = bias[to + 1];
    let c = bias[to + 2];
    let d = bias[to + 3];
    for (const end = ends[group]; link < end; link += LANES) {
      a += weights[link] * x[from[link]];
      b += weights[link + 1] * x[from[link + 1]];
      c += weights[link + 2] * x[from[link + 2]];
      d += weights[link + 3] * x[from[link + 3]];
    }
    y[to] = activate(a, rectify);
    y[to + 1] = activate(b, rectify);
    y[to + 2] = activate(c, rectify);
    y[to + 3] = activate(d, rectify);
  }
}

function activate(value: number, rectify: boolean): number {
  return rectify && value < 0 ? 0 : value;
}
