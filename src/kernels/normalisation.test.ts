import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apart, backends, differences, distance, Scene, wasmBackends } from '../../test/support/backends.js';

const shape = fc.record({
  seed: fc.integer(),
  rows: fc.integer({ min: 1, max: 9 }),
  n: fc.constantFrom(4, 8, 12, 28),
  count: fc.integer({ min: 1, max: 4 }),
  padding: fc.integer({ min: 0, max: 6 }),
});

/** Columns of n that are sequences: more than one value a row, without which there is nothing to normalise. */
const usedOf = (n: number, padding: number) => Math.max(2, n - padding);

describe.each(wasmBackends)('$name against the reference', (backend) => {
  test('normalise and its backward: all memory within 1e-5 · (1 + |reference|)', () => {
    const property = fc.property(shape, ({ seed, rows, n, count, padding }) => {
      const used = usedOf(n, padding);
      const scene = new Scene(seed);
      const [z, y, dy] = Array.from({ length: 3 }, () => scene.normals(rows * n * count));
      const statistics = scene.zeros(rows + 1);
      const forward = apart(scene, backend, (k) => k.normalise(z, y, rows, n, count, used, statistics));
      expect(forward).toBeLessThan(1e-5);
      const both = apart(scene, backend, (k) => {
        k.normalise(z, y, rows, n, count, used, statistics);
        k.normaliseBackward(dy, z, rows, n, count, used, statistics);
      });
      expect(both).toBeLessThan(2e-5);
    });
    fc.assert(property, { numRuns: 200, seed: 1 });
  });
});

describe.each(backends)('$name', (backend) => {
  test('normalise by hand: two rows in two blocks, three of four columns used', () => {
    const scene = new Scene(0);
    // Row 0: 1, 2, 3 and 4, 5, 3: mean 3, squares 4 1 0 1 4 0. Row 1: -1 everywhere: mean -1. Variance (10 / 6 + 0) / 2.
    const z = scene.add(Float32Array.of(1, 2, 3, 9, -1, -1, -1, 9, 4, 5, 3, 9, -1, -1, -1, 9));
    const y = scene.normals(16);
    const statistics = scene.zeros(3);
    const work = (k: ReturnType<typeof backend.create>) => k.normalise(z, y, 2, 4, 2, 3, statistics);
    const inverse = 1 / Math.sqrt(10 / 12 + 1e-5);
    const expected = [-2, -1, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0].map((value) => value * inverse);
    expect(distance(scene.read(backend, z, work), expected)).toBeLessThan(1e-6);
    expect(distance(scene.read(backend, y, work), expected)).toBeLessThan(1e-6);
    expect(distance(scene.read(backend, statistics, work), [3, -1, inverse])).toBeLessThan(1e-6);
  });

  test('what is the same everywhere becomes 0', () => {
    const scene = new Scene(0);
    const [z, y] = [scene.add(new Float32Array(16).fill(7)), scene.zeros(16)];
    const statistics = scene.zeros(3);
    const found = scene.read(backend, z, (k) => k.normalise(z, y, 2, 4, 2, 4, statistics));
    expect(found.every((value) => Math.abs(value) < 1e-3)).toBe(true);
  });

  test('normaliseBackward against central differences of ⟨normalise(z), d⟩, within 1e-3', () => {
    const scene = new Scene(3);
    const [rows, n, count, used] = [3, 8, 2, 7];
    const [z, y] = [scene.normals(rows * n * count), scene.zeros(rows * n * count)];
    const d = scene.add(
      Float32Array.from({ length: rows * n * count }, (_, i) => (i % n < used ? scene.random.normal() : 0)),
    );
    const statistics = scene.zeros(rows + 1);
    const [start, slopes] = [z, d].map((pointer) => scene.read(backend, pointer, () => {}));
    const loss = (at: Float64Array) => {
      const out = scene.read(backend, y, (k) => {
        k.heap.floats.set(at, z >> 2);
        k.normalise(z, y, rows, n, count, used, statistics);
      });
      return out.reduce((sum, value, i) => sum + value * slopes[i], 0);
    };
    const found = scene.read(backend, d, (k) => {
      k.normalise(z, y, rows, n, count, used, statistics);
      k.normaliseBackward(d, z, rows, n, count, used, statistics);
    });
    expect(distance(found, differences(loss, start, 1e-2))).toBeLessThan(1e-3);
  });
});
