import { sum } from '../../core/math.js';
import type { ElementwiseKernels, Heap, Pointer } from '../contract.js';

/** Element-wise work, one value at a time; see ElementwiseKernels for what each argument means. */
export function elementwiseKernels({ floats }: Heap): ElementwiseKernels {
  return { addBias, addBiasBackward, dropout, softmaxCrossEntropy };

  function addBias(y: Pointer, bias: Pointer, rows: number, n: number, count: number, rectify: boolean): void {
    for (let i = 0; i < count * rows * n; i++) {
      const row = Math.floor(i / n) % rows;
      const biased = floats[(y >> 2) + i] + floats[(bias >> 2) + row];
      floats[(y >> 2) + i] = rectify ? Math.max(0, biased) : biased;
    }
  }

  function addBiasBackward(
    dy: Pointer,
    y: Pointer,
    biasGradient: Pointer,
    rows: number,
    n: number,
    count: number,
    rectify: boolean,
    scale: number,
  ): void {
    const sums = new Float64Array(rows);
    for (let i = 0; i < count * rows * n; i++) {
      const passed = floats[(y >> 2) + i] > 0 ? scale : 0;
      if (rectify) floats[(dy >> 2) + i] *= passed;
      sums[Math.floor(i / n) % rows] += floats[(dy >> 2) + i];
    }
    for (let row = 0; row < rows; row++) floats[(biasGradient >> 2) + row] += sums[row];
  }

  function dropout(y: Pointer, size: number, seed: number, limit: number, scale: number): void {
    for (let i = 0; i < size; i++) {
      const keep = hash(seed + i) >>> 1 < Math.trunc(limit);
      floats[(y >> 2) + i] = keep ? floats[(y >> 2) + i] * Math.fround(scale) : 0;
    }
  }

  function softmaxCrossEntropy(
    logits: Pointer,
    targets: Pointer,
    dLogits: Pointer,
    classes: number,
    n: number,
    scale: number,
  ): number {
    let loss = 0;
    for (let column = 0; column < n; column++) {
      const places = Array.from({ length: classes }, (_, row) => row * n + column);
      const scores = places.map((place) => floats[(logits >> 2) + place]);
      const target = places.map((place) => floats[(targets >> 2) + place]);
      const weight = sum(target);
      const most = Math.max(...scores);
      const logTotal = most + Math.log(sum(scores.map((score) => Math.exp(score - most))));
      for (const [k, place] of places.entries()) {
        loss += target[k] * (logTotal - scores[k]);
        floats[(dLogits >> 2) + place] = (Math.exp(scores[k] - logTotal) * weight - target[k]) * scale;
      }
    }
    return loss;
  }
}

/** lowbias32, a 32-bit integer mixer (C. Wellons). */
function hash(x: number): number {
  let h = x ^ (x >>> 16);
  h = Math.imul(h, 0x7feb352d);
  h ^= h >>> 15;
  h = Math.imul(h, 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}
