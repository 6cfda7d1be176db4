import { describe, expect, test } from 'vitest';
import { apart, backends, distance, reference, Scene, wasmBackends } from '../../test/support/backends.js';
import { type Kernels, TILE_ROOM } from './contract.js';

/** e^x as the kernels compute it: softmax of logits (0, x), all of the target on the first. */
function exponentials(backend: (typeof backends)[number], xs: readonly number[]): number[] {
  const scene = new Scene(0);
  const n = xs.length;
  const logits = scene.add(Float32Array.of(...xs.map(() => 0), ...xs));
  const targets = scene.add(Float32Array.of(...xs.map(() => 1), ...xs.map(() => 0)));
  const out = scene.zeros(2 * n);
  const shares = scene.read(backend, out, (k) => k.softmaxCrossEntropy(logits, targets, out, 2, n, 1)).slice(n);
  return shares.map((share) => share / (1 - share));
}

describe.each(backends)('$name', (backend) => {
  test('the exponential through softmax is within 2.5e-7 · e^x of Math.exp, from −86 to −1', () => {
    const xs = Array.from({ length: 2000 }, (_, i) => Math.fround(-86 + (85 * i) / 1999));
    const errors = exponentials(backend, xs).map((e, i) => Math.abs(e / Math.exp(xs[i]) - 1));
    expect(Math.max(...errors)).toBeLessThan(2.5e-7);
  });

  test('softHistogramBackward gives nothing at and above the last centre, nor below the first', () => {
    const scene = new Scene(0);
    const latents = scene.add(Float32Array.of(-1.5, -1, 0.5, 1, 1.25, 2.5, 9, 0));
    // Three centres −1, 0, 1 have two slopes; the rest must never be read.
    const slopes = scene.add(Float32Array.of(3, 5, ...new Array(14).fill(1000)));
    const gradient = scene.zeros(8);
    const found = scene.read(backend, gradient, (k) => k.softHistogramBackward(8, latents, -1, 1, 3, slopes, gradient));
    expect(found).toEqual([0, 3, 5, 0, 0, 0, 0, 5]);
  });

  test('a position whose hash equals the limit is dropped, one below it is kept', () => {
    const scene = new Scene(0);
    const y = scene.add(Float32Array.of(1, 1, 1, 1));
    const half = mixed(1) >>> 1;
    const first = (limit: number) => scene.read(backend, y, (k) => k.dropout(y, 4, 1, limit, 1))[0];
    expect([first(half), first(half + 1)]).toEqual([0, 1]);
  });
});

/** lowbias32 in whole numbers of any length, independent of both backends. */
function mixed(x: number): number {
  const word = (value: bigint) => BigInt.asUintN(32, value);
  let h = word(BigInt(x));
  h = word((h ^ (h >> 16n)) * 0x7feb352dn);
  h = word((h ^ (h >> 15n)) * 0x846ca68bn);
  return Number(h ^ (h >> 16n));
}

describe.each(wasmBackends)('$name against the reference', (backend) => {
  test.each([0.6745, 1.2816, 2.3263])('bandStop at a = %d, within 2e-6 · (1 + σ a²) of the reference', (threshold) => {
    for (const crispness of [5, 50, 200]) {
      const scene = new Scene(1);
      const near = Array.from({ length: 512 }, (_, i) => threshold + (i - 256) / 512);
      const [values, slopes] = [scene.add(Float32Array.from(near)), scene.zeros(512)];
      const work = (k: Kernels) => k.bandStop(512, values, slopes, 1, threshold, crispness);
      for (const array of [values, slopes]) {
        const apart = distance(scene.read(backend, array, work), scene.read(reference, array, work));
        expect(apart).toBeLessThan(2e-6 * (1 + crispness * threshold ** 2));
      }
    }
  });

  /** Beyond one block of a product and of its gradient; rows of x side by side, and on few sets of a cache. */
  test.each([
    [257, 16, 28],
    [523, 44, 44],
    [300, 1024, 20],
  ])('dense products over %d rows of x, %d values apart, of %d columns', (inner, stride, n) => {
    const scene = new Scene(2);
    const [rows, row] = [9, Math.max(stride, n) * 4];
    const [x, y] = [scene.normals((inner * row) / 4), scene.normals(rows * n)];
    const [w, gradient, room] = [scene.normals(rows * inner), scene.normals(rows * inner), scene.zeros(TILE_ROOM)];
    const work = (k: Kernels) => {
      k.denseOuter(rows, inner, y, x, gradient, n, n * 4, row, 1, 0, 0, room, inner);
      k.denseTimesDense(rows, inner, w, inner * 4, 4, x, y, n, row, n * 4, 1, 0, 0, room, false);
      k.heap.floats.fill(0, room >> 2, (room >> 2) + TILE_ROOM);
    };
    expect(apart(scene, backend, work)).toBeLessThan(1e-4);
  });
});
