import type { LayerPlan } from './plan.js';
import type { Product } from './products.js';
import { framesOf } from './temporal-layers.js';
import { eachUse } from './uses.js';

/** Values that are computed at once for each frame: the features, an activation, or what is between two products. */
export interface FrameValues {
  /** The first of them among all values of a frame. */
  readonly start: number;
  readonly size: number;
  /** Frames of the clip from one of its frames to the next. */
  readonly step: number;
  /** A frame of it that begins at a frame of the clip is known when so many more have come. */
  readonly reach: number;
}

/** A product of one frame. */
interface FrameProduct {
  readonly product: Product;
  readonly source: FrameValues;
  readonly target: FrameValues;
  /** Of a fixed product; of others they are the network's. */
  readonly factor: number | undefined;
}

/** A layer in one frame: its products in their order, and what it writes. */
export interface LayerFrame {
  readonly products: readonly FrameProduct[];
  /** Between the two products of a chain. */
  readonly between: FrameValues | undefined;
  readonly output: FrameValues;
}

/** A network in one frame. After the pool over time there is one frame, which is computed with each that comes. */
export interface FrameLayout {
  readonly features: FrameValues;
  readonly layers: readonly LayerFrame[];
  /** Values of a frame, of all layers. */
  readonly total: number;
}

/** Multiply-accumulates of non-zeros in one frame. */
export interface FrameLinks {
  readonly target: FrameValues;
  /** frame back · values of a frame + place among them */
  readonly from: Int32Array;
  /** Place in the target. */
  readonly to: Int32Array;
  readonly weights: Float32Array;
}

/** What a network is made of: the latents of all tensors and what they are multiplied by, and the places of the non-zeros. */
export interface NetworkWeights {
  readonly plan: readonly LayerPlan[];
  readonly latents: Float32Array;
  readonly places: Uint32Array;
  readonly scales: readonly number[];
}

export function layOutFrame(plan: readonly LayerPlan[]): FrameLayout {
  const features = { start: 0, size: sizeOf(plan[0].input), step: 1, reach: 0 };
  const activations: FrameValues[] = [features];
  let total = features.size;
  const layers = plan.map((layer, i) => {
    const { output, products, scratchRows } = layer;
    const all = productsOfFrame(layer);
    const reads = (product: Product) => activations[product.from ?? i];
    const reach = Math.max(
      ...all.flatMap((product, p) => {
        if (p > 0 && product.from === undefined) return [];
        const { size, step, reach } = reads(product);
        return [reach + step * lastFrame(product, size)];
      }),
    );
    const place = (size: number, step: number): FrameValues => {
      total += size;
      return { start: total - size, size, step, reach };
    };
    const isChain = products[1] && products[1].from === undefined;
    const between = isChain ? place(scratchRows / framesOf(layer.input), 1) : undefined;
    const written = place(sizeOf(output), output.clock?.step ?? activations[i].step);
    activations.push(written);
    const links = all.map((product, p): FrameProduct => {
      const source = p > 0 && product.from === undefined ? between! : reads(product);
      const target = between && p === 0 ? between : written;
      return { product, source, target, factor: layer.fixed?.[p - products.length]?.factor };
    });
    return { products: links, between, output: written };
  });
  return { features, layers, total };
}

function sizeOf(shape: LayerPlan['input']): number {
  return (shape.nodes * shape.channels) / framesOf(shape);
}

/** The products of a layer and of one frame; of a pool over time, the share of one frame in its mean. */
function productsOfFrame({ input, output, products, fixed = [] }: LayerPlan): Product[] {
  const isOver = framesOf(output) < framesOf(input) && output.frames === undefined;
  return [...products, ...fixed].map((product) => {
    const { frames = 1, count, columns } = product;
    return { ...product, frames: 1, count: count / frames, columns: isOver ? columns / framesOf(input) : columns };
  });
}

/** The last of the frames that the columns of a product of one frame read. */
function lastFrame(product: Product, size: number): number {
  let last = 0;
  for (let place = 0; place < product.columns; place++) {
    eachUse({ ...product, count: 1 }, place, (from) => {
      last = Math.max(last, Math.floor(from / size));
    });
  }
  return last;
}

/** All links, in the order of what they write. */
export function linksOfFrame(
  { layers, total }: FrameLayout,
  { latents, places, scales }: NetworkWeights,
): FrameLinks[] {
  let [start, next, tensor] = [0, 0, 0];
  return layers.flatMap(({ products }) =>
    products.map(({ product, source, target, factor }) => {
      if (factor !== undefined) return fixedLinks(product, source, target, factor, total);
      const [first, end] = [next, start + product.rows * product.columns];
      while (places[next] < end) next++;
      const links = roomFor(product, next - first, target);
      const add = adder(links, product, source, total);
      for (let i = first; i < next; i++) add(places[i] - start, latents[places[i]] * scales[tensor]);
      [start, tensor] = [end, tensor + 1];
      return links;
    }),
  );
}

function fixedLinks(product: Product, source: FrameValues, target: FrameValues, factor: number, total: number) {
  const links = roomFor(product, product.columns, target);
  const add = adder(links, product, source, total);
  for (let place = 0; place < product.columns; place++) add(place, factor);
  return links;
}

function roomFor({ count, width }: Product, weights: number, target: FrameValues): FrameLinks {
  const room = weights * count * width;
  return { target, from: new Int32Array(room), to: new Int32Array(room), weights: new Float32Array(room) };
}

/** Adds the uses of the weight at a place of a matrix. */
function adder({ target, from, to, weights }: FrameLinks, product: Product, source: FrameValues, total: number) {
  let next = 0;
  return (place: number, weight: number): void =>
    eachUse(product, place, (read, written, width) => {
      const back = target.reach - source.reach - Math.floor(read / source.size) * source.step;
      const first = back * total + source.start + (read % source.size);
      for (let i = 0; i < width; i++, next++) {
        from[next] = first + i;
        to[next] = written + i;
        weights[next] = weight;
      }
    });
}
