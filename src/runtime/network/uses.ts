import { inputAt, outputAt, type Product } from './products.js';

/** Where a run of values side by side is read, and where it is added to. */
export type VisitRun = (from: number, to: number, width: number) => void;

/** Visits all uses of the weight at a place of a product's matrix, over time too: runs of `width` values. */
export function eachUse(product: Product, place: number, visit: VisitRun): void {
  const { columns, count, width, frames = 1, taps = 1, x, y } = product;
  const run = columns / taps;
  const tap = Math.floor((place % columns) / run);
  const first = inputAt(product, place) + tap * ((x.tap ?? 0) - run * x.row) + (x.start ?? 0);
  const written = outputAt(product, Math.floor(place / columns)) + (y.start ?? 0);
  const each = count / frames;
  for (let frame = 0; frame < frames; frame++) {
    let from = first + frame * (x.frame ?? 0);
    let to = written + frame * (y.frame ?? 0);
    for (let i = 0; i < each; i++, from += x.stride, to += y.stride) visit(from, to, width);
  }
}
