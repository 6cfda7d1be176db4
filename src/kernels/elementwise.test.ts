import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  apart,
  type Backend,
  backends,
  differences,
  distance,
  reference,
  Scene,
  wasmBackends,
} from '../../test/support/backends.js';

const BOUND = 1e-5;
const COLUMNS = [4, 8, 12, 28, 32, 36, 52];

const shape = fc.record({
  seed: fc.integer(),
  rows: fc.integer({ min: 1, max: 9 }),
  n: fc.constantFrom(...COLUMNS),
  count: fc.integer({ min: 1, max: 4 }),
  rectify: fc.boolean(),
});

/** Distributions over the classes in [classes][n]; every third column is zero. */
function targetsOf(scene: Scene, classes: number, n: number): Float32Array {
  const targets = new Float32Array(classes * n);
  for (let column = 0; column < n; column++) {
    if (column % 3 === 2) continue;
    const shares = Array.from({ length: classes }, () => scene.random.uniform());
    const sum = shares.reduce((total, share) => total + share, 0);
    for (let row = 0; row < classes; row++) targets[row * n + column] = shares[row] / sum;
  }
  return targets;
}

describe.each(wasmBackends)('$name against the reference', (backend) => {
  test(`addBias: all memory within ${BOUND} · (1 + |reference|)`, () => {
    const property = fc.property(shape, ({ seed, rows, n, count, rectify }) => {
      const scene = new Scene(seed);
      const [y, bias] = [scene.normals(rows * n * count), scene.normals(rows)];
      expect(apart(scene, backend, (k) => k.addBias(y, bias, rows, n, count, rectify))).toBeLessThan(BOUND);
    });
    fc.assert(property, { numRuns: 100, seed: 1 });
  });

  test(`addBiasBackward: all memory within ${BOUND} · (1 + |reference|)`, () => {
    const property = fc.property(shape, ({ seed, rows, n, count, rectify }) => {
      const scene = new Scene(seed);
      const [y, dy] = [scene.normals(rows * n * count), scene.normals(rows * n * count)];
      const gradient = scene.normals(rows);
      const work = apart(scene, backend, (k) => k.addBiasBackward(dy, y, gradient, rows, n, count, rectify, 1.25));
      expect(work).toBeLessThan(BOUND);
    });
    fc.assert(property, { numRuns: 100, seed: 1 });
  });

  test('dropout: exactly the same bits', () => {
    const property = fc.property(
      fc.integer(),
      fc.integer({ min: 0, max: 60 }),
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      (seed, vectors, keep) => {
        const scene = new Scene(seed);
        const y = scene.normals(vectors * 4);
        const dropped = (of: Backend) =>
          scene.read(of, y, (k) => k.dropout(y, vectors * 4, seed, keep * 2 ** 31, 1 / keep));
        expect(dropped(backend)).toEqual(dropped(reference));
      },
    );
    fc.assert(property, { numRuns: 100, seed: 1 });
  });

  test(`softmaxCrossEntropy: loss and gradient within ${BOUND} · (1 + |reference|)`, () => {
    const property = fc.property(shape, fc.double({ min: 0.1, max: 30, noNaN: true }), ({ seed, rows, n }, spread) => {
      const scene = new Scene(seed);
      const logits = scene.add(Float32Array.from({ length: rows * n }, () => spread * scene.random.normal()));
      const [targets, out] = [scene.add(targetsOf(scene, rows, n)), scene.zeros(rows * n)];
      const work = apart(scene, backend, (k) => k.softmaxCrossEntropy(logits, targets, out, rows, n, 0.5));
      expect(work).toBeLessThan(BOUND);
    });
    fc.assert(property, { numRuns: 100, seed: 1 });
  });
});

describe.each(backends)('$name', (backend) => {
  test('addBias by hand', () => {
    const scene = new Scene(0);
    const y = scene.add(Float32Array.of(1, -2, 3, -4, 1, -2, 3, -4));
    const bias = scene.add(Float32Array.of(1, -1));
    expect(scene.read(backend, y, (k) => k.addBias(y, bias, 2, 4, 1, true))).toEqual([2, 0, 4, 0, 0, 0, 2, 0]);
    expect(scene.read(backend, y, (k) => k.addBias(y, bias, 1, 4, 2, false))).toEqual([2, -1, 4, -3, 2, -1, 4, -3]);
  });

  test('addBiasBackward by hand', () => {
    const scene = new Scene(0);
    const y = scene.add(Float32Array.of(2, 0, 4, 0, 0, 0, 2, 0));
    const dy = scene.add(Float32Array.of(1, 1, 1, 1, 2, 2, 2, 2));
    const gradient = scene.add(Float32Array.of(10, 20));
    const sparse = [2, 0, 2, 0, 0, 0, 4, 0];
    expect(scene.read(backend, dy, (k) => k.addBiasBackward(dy, y, gradient, 2, 4, 1, true, 2))).toEqual(sparse);
    const sums = (rectify: boolean, rows: number, count: number) =>
      scene.read(backend, gradient, (k) => k.addBiasBackward(dy, y, gradient, rows, 4, count, rectify, 2));
    expect(sums(true, 2, 1)).toEqual([14, 24]);
    expect(sums(false, 2, 1)).toEqual([14, 28]);
    expect(sums(false, 1, 2)).toEqual([22, 20]);
  });

  test('addBiasBackward against central differences of ⟨relu(y + b), d⟩, within 1e-3', () => {
    const scene = new Scene(3);
    const [rows, n, count] = [3, 8, 2];
    const y = scene.normals(rows * n * count);
    const [bias, d, gradient] = [scene.normals(rows), scene.normals(rows * n * count), scene.zeros(rows)];
    const [start, biases, slopes] = [y, bias, d].map((pointer) => scene.read(backend, pointer, () => {}));
    const loss = (b: Float64Array) =>
      start.reduce((sum, value, i) => sum + Math.max(0, value + b[Math.floor(i / n) % rows]) * slopes[i], 0);
    const found = scene.read(backend, gradient, (k) => {
      k.addBias(y, bias, rows, n, count, true);
      k.addBiasBackward(d, y, gradient, rows, n, count, true, 1);
    });
    expect(distance(found, differences(loss, biases, 1e-5))).toBeLessThan(1e-3);
  });

  test('dropout keeps a share of keep ± 4 deviations, scaled, with masks that differ between seeds', () => {
    const scene = new Scene(1);
    const size = 40000;
    const y = scene.add(new Float32Array(size).fill(3));
    const masked = (seed: number) => scene.read(backend, y, (k) => k.dropout(y, size, seed, 0.7 * 2 ** 31, 2));
    const kept = masked(5).filter((value) => value === 6).length;
    expect(masked(5).every((value) => value === 0 || value === 6)).toBe(true);
    expect(Math.abs(kept / size - 0.7)).toBeLessThan(4 * Math.sqrt((0.7 * 0.3) / size));
    expect(masked(123456)).not.toEqual(masked(5));
  });

  test('softmaxCrossEntropy by hand: logits (ln 3, 0), all of the target on the second', () => {
    const scene = new Scene(0);
    const three = Math.log(3);
    const logits = scene.add(Float32Array.of(three, three, 1000, 0, 0, 0, 1000, 0));
    const targets = scene.add(Float32Array.of(0, 0.5, 0, 1, 1, 0.5, 0, 0));
    const out = scene.zeros(8);
    const work = (k: ReturnType<typeof backend.create>) => k.softmaxCrossEntropy(logits, targets, out, 2, 4, 2);
    // losses ln 4, ln 4 − ½ ln 3, none, ln 2; gradients (softmax − target) · 2
    const loss = 2 * Math.log(4) - three / 2 + Math.log(2);
    expect(scene.run(backend, work).returned as number).toBeCloseTo(loss, 6);
    expect(distance(scene.read(backend, out, work), [1.5, 0.5, 0, -1, -1.5, -0.5, 0, 1])).toBeLessThan(1e-6);
  });

  test('softmaxCrossEntropy: the gradient is that of the returned loss, by central differences within 1e-3', () => {
    const [classes, n, scale] = [5, 8, 0.25];
    const scene = new Scene(2);
    const [logits, targets] = [scene.normals(classes * n), scene.add(targetsOf(scene, classes, n))];
    const out = scene.zeros(classes * n);
    const gradient = scene.read(backend, out, (k) => k.softmaxCrossEntropy(logits, targets, out, classes, n, scale));
    const start = scene.read(backend, logits, () => {});
    const loss = (at: Float64Array) =>
      scene.run(backend, (k) => {
        k.heap.floats.set(at, logits >> 2);
        return k.softmaxCrossEntropy(logits, targets, out, classes, n, scale);
      }).returned as number;
    const numeric = differences(loss, start, 1e-2).map((slope) => slope * scale);
    expect(distance(gradient, numeric)).toBeLessThan(1e-3);
  });
});
