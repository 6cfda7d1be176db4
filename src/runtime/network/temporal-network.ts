import type { LayerPlan } from './plan.js';
import type { Product } from './products.js';
import { framesOf, jointsOf } from './temporal-layers.js';
import { eachUse } from './uses.js';

/** A weight that is not zero: the values that it reads and adds to, `width` of them at each place. */
interface Link {
  readonly weight: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** A product by its non-zeros, and the activation that it reads if not what the product before it wrote. */
interface Part {
  readonly links: readonly Link[];
  readonly width: number;
  readonly from: number | undefined;
  /** Of a mean over time, the links of each frame: they are summed first, so that a stream can keep their sum. */
  readonly linksOfFrame?: number;
}

/** What is computed at once: parts that add up to one activation, or to what is between two products. */
interface Stage {
  readonly parts: readonly Part[];
  /** Of each value. */
  readonly bias: Float64Array;
  readonly rectify: boolean;
  readonly sums: Float64Array;
  readonly values: Float32Array;
  readonly isOutput: boolean;
}

/** What a network is made of: the latents of all tensors and what they are multiplied by, the places of the non-zeros, and biases. */
export interface NetworkNumbers {
  readonly plan: readonly LayerPlan[];
  readonly latents: Float32Array;
  readonly places: Uint32Array;
  readonly scales: readonly number[];
  readonly biases: readonly Float64Array[];
}

/** A network over time of non-zeros only, for one sequence at a time; the same to the outside as SparseNetwork. */
export class TemporalNetwork {
  /** The features of a frame that lead to an answer: all of them. */
  readonly needed: Uint8Array;
  readonly numbers: NetworkNumbers;
  private readonly stages: readonly Stage[];

  constructor(
    plan: readonly LayerPlan[],
    latents: Float32Array,
    places: Uint32Array,
    scales: readonly number[],
    biases: readonly Float64Array[],
  ) {
    const { input } = plan[0];
    this.numbers = { plan, latents, places, scales, biases };
    this.needed = new Uint8Array(jointsOf(input) * input.channels).fill(1);
    let [start, next, tensor] = [0, 0, 0];
    const partOf = (product: Product): Part => {
      const end = start + product.rows * product.columns;
      const links: Link[] = [];
      for (; places[next] < end; next++) {
        links.push(linkOf(product, places[next] - start, latents[places[next]] * scales[tensor]));
      }
      [start, tensor] = [end, tensor + 1];
      return { links, width: product.width, from: product.from };
    };
    this.stages = plan.flatMap((layer, i) => stagesOf(layer, layer.products.map(partOf), biases[i]));
  }

  /** The logits of standardised features, [frames][joints][channels]; valid until the next run. */
  run(features: Float32Array): Float64Array {
    return this.runAfter(0, features);
  }

  /** The logits from what so many layers give, where those after them read nothing from before; valid until the next run. */
  runAfter(layers: number, values: Float32Array): Float64Array {
    const activations: Float32Array[] = [];
    activations[layers] = values;
    let last = values;
    let passed = 0;
    for (const stage of this.stages) {
      if (passed < layers) passed += Number(stage.isOutput);
      else {
        last = compute(stage, last, activations);
        if (stage.isOutput) activations.push(last);
      }
    }
    return this.stages.at(-1)!.sums;
  }
}

/** The products of the chain each by itself, and with the last of them whatever is added to the output. */
function stagesOf(plan: LayerPlan, parts: readonly Part[], biases: Float64Array): Stage[] {
  const { output, scratchRows, rectify, fixed = [] } = plan;
  const means = fixed.map(
    (product): Part => ({
      links: Array.from({ length: product.columns }, (_, place) => linkOf(product, place, product.factor)),
      width: product.width,
      from: product.from,
      ...(output.frames === undefined && { linksOfFrame: product.columns / framesOf(plan.input) }),
    }),
  );
  const chain = parts.filter(({ from }) => from === undefined);
  const added = [...parts.filter(({ from }) => from !== undefined), ...means];
  const between = chain.slice(0, -1).map((part) => stage([part], new Float64Array(scratchRows), false, false));
  const bias = Float64Array.from({ length: output.nodes * output.channels }, (_, at) => biases[at % output.channels]);
  return [...between, stage([...chain.slice(-1), ...added], bias, rectify, true)];
}

function stage(parts: readonly Part[], bias: Float64Array, rectify: boolean, isOutput: boolean): Stage {
  const values = new Float32Array(bias.length);
  return { parts, bias, rectify, isOutput, values, sums: new Float64Array(bias.length) };
}

function linkOf(product: Product, place: number, weight: number): Link {
  const [from, to] = [new Int32Array(product.count), new Int32Array(product.count)];
  let count = 0;
  eachUse(product, place, (read, written) => {
    from[count] = read;
    to[count++] = written;
  });
  return { weight: Math.fround(weight), from, to };
}

function compute(stage: Stage, last: Float32Array, activations: readonly Float32Array[]): Float32Array {
  const { parts, bias, rectify, sums, values } = stage;
  sums.set(bias);
  for (const { links, width, from, linksOfFrame } of parts) {
    const x = from === undefined ? last : activations[from];
    if (linksOfFrame === undefined) for (const link of links) addLink(link, width, x, sums);
    else addByFrames(links, linksOfFrame, width, x, sums);
  }
  for (let i = 0; i < sums.length; i++) {
    if (rectify && sums[i] < 0) sums[i] = 0;
    values[i] = sums[i];
  }
  return values;
}

/** Adds the sums of each frame, one after the other. */
function addByFrames(
  links: readonly Link[],
  linksOfFrame: number,
  width: number,
  x: Float32Array,
  y: Float64Array,
): void {
  const share = new Float64Array(y.length);
  for (let start = 0; start < links.length; start += linksOfFrame) {
    share.fill(0);
    for (let i = start; i < start + linksOfFrame; i++) addLink(links[i], width, x, share);
    for (let i = 0; i < y.length; i++) y[i] += share[i];
  }
}

function addLink({ weight, from, to }: Link, width: number, x: Float32Array, y: Float64Array): void {
  for (let i = 0; i < from.length; i++) {
    const read = from[i];
    const written = to[i];
    for (let w = 0; w < width; w++) y[written + w] += weight * x[read + w];
  }
}
