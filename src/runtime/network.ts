import type { LayerPlan } from './plan.js';
import { inputAt, outputAt, type Product, repetitionOf } from './products.js';

/** One product between all values of two layers, y = activation(bias + W x). */
interface Part {
  /** Three numbers a multiply-accumulate to a value that is needed: places in x and in y, and the weight. */
  readonly links: readonly number[];
  readonly bias: Float64Array;
  /** Whether negative values become zero. */
  readonly rectify: boolean;
}

/** The values of a layer that depend on the input and that an answer depends on, and their places among all of them. */
interface Values {
  readonly values: Float64Array;
  readonly places: readonly number[];
}

/**
 * A part between such values. Those of y stand in the order of how many weights lead to them, so that the processor
 * foresees where loops over these end.
 */
interface Stage {
  readonly x: Values;
  readonly y: Values;
  readonly bias: Float64Array;
  readonly rectify: boolean;
  /** Where the weights of each value of y end. */
  readonly ends: Int32Array;
  /** Of each weight, the index of the value of x that it multiplies. */
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
        parts.unshift({ links, bias, rectify: isLast && rectify });
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
    const input = stages[0].x;
    const output = stages.at(-1)!.y;
    for (let i = 0; i < input.places.length; i++) input.values[i] = features[input.places[i]];
    for (const stage of stages) multiply(stage);
    for (let i = 0; i < output.places.length; i++) logits[output.places[i]] = output.values[i];
    return logits;
  }
}

function valuesAt(places: readonly number[]): Values {
  return { places, values: new Float64Array(places.length) };
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
): number[] {
  const { repeat, xStep, yStep } = repetitionOf(product);
  const links: number[] = [];
  for (const place of places) {
    let from = inputAt(product, place - start);
    let to = outputAt(product, Math.floor((place - start) / product.columns));
    for (let i = 0; i < repeat; i++, from += xStep, to += yStep) {
      if (!needed[to]) continue;
      links.push(from, to, latents[place] * scale);
      reads[from] = 1;
    }
  }
  return links;
}

/** What a part reads of constants goes into its bias. */
function stageOf({ links, bias, rectify }: Part, x: Values, constants: Float64Array): Stage {
  const indices: number[] = [];
  for (const [i, place] of x.places.entries()) indices[place] = i;
  const rows: number[][] = [];
  for (let i = 0; i < links.length; i += 3) {
    const [from, to, weight] = [links[i], links[i + 1], links[i + 2]];
    if (indices[from] === undefined) bias[to] += weight * constants[from];
    else if (rows[to]) rows[to].push(i);
    else rows[to] = [i];
  }
  const places = [...rows.keys()].filter((place) => rows[place]).sort((a, b) => rows[a].length - rows[b].length);
  const order = places.flatMap((place) => rows[place]);
  let end = 0;
  return {
    ...{ x, y: valuesAt(places), rectify },
    bias: Float64Array.from(places, (place) => bias[place]),
    ends: Int32Array.from(places, (place) => (end += rows[place].length)),
    from: Int32Array.from(order, (i) => indices[links[i]]),
    weights: Float32Array.from(order, (i) => links[i + 2]),
  };
}

function multiply({ x: { values: x }, y: { values: y }, bias, rectify, ends, from, weights }: Stage): void {
  for (let i = 0, link = 0; i < y.length; i++) {
    let sum = bias[i];
    for (const end = ends[i]; link < end; link++) sum += weights[link] * x[from[link]];
    y[i] = activate(sum, rectify);
  }
}

function activate(value: number, rectify: boolean): number {
  return rectify && value < 0 ? 0 : value;
}
