import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  apart,
  type Backend,
  backends,
  differences,
  distance,
  Scene,
  wasmBackends,
} from '../../test/support/backends.js';
import type { Kernels } from './contract.js';

const BOUND = 1e-5;

interface Shape {
  readonly seed: number;
  readonly rows: number;
  readonly columns: number;
  readonly limit: number;
  readonly shards: number;
  readonly before: number;
}

const shape: fc.Arbitrary<Shape> = fc.record({
  seed: fc.integer(),
  rows: fc.integer({ min: 1, max: 9 }),
  columns: fc.integer({ min: 1, max: 21 }),
  limit: fc.constantFrom(0, 0.5, 1, 2, 9),
  shards: fc.integer({ min: 1, max: 5 }),
  before: fc.integer({ min: 0, max: 3 }),
});

/** Numbers of a matrix, padded to whole vectors as the arena does. */
function matrix(scene: Scene, { rows, columns }: Shape) {
  const count = Math.ceil((rows * columns) / 4) * 4;
  return { count, latents: scene.normals(count) };
}

/** Room for a support of a matrix, and for its transpose. */
function support(scene: Scene, { rows, columns }: Pick<Shape, 'rows' | 'columns'>) {
  const ints = (count: number) => scene.zerosInt(count);
  const values = () => scene.zeros(rows * columns);
  return {
    rowStart: ints(rows + 1),
    columns: ints(rows * columns),
    offsets: ints(rows * columns),
    values: values(),
    start: ints(columns + 1),
    turned: ints(rows * columns),
    turnedValues: values(),
  };
}

type Support = ReturnType<typeof support>;
const [X_ROW, Y_ROW] = [16, 48];

/** Lists a support and clears what is after its last entry, which no backend keeps. */
function list(k: Kernels, latents: number, shape: Pick<Shape, 'rows' | 'columns' | 'limit'>, to: Support): number {
  const { rows, columns, limit } = shape;
  const entries = k.listSupport(latents, rows, columns, limit, to.rowStart, to.columns, to.offsets, X_ROW, to.values);
  for (const array of [to.columns, to.offsets, to.values]) {
    k.heap.ints.fill(0, (array >> 2) + entries, (array >> 2) + rows * columns);
  }
  return entries;
}

function transpose(k: Kernels, { rows, columns, before }: Omit<Shape, 'seed' | 'limit' | 'shards'>, at: Support): void {
  const { rowStart, start, turned, turnedValues } = at;
  k.transposeSparse(
    ...([rows, columns, rowStart + before * 4, at.columns, at.values, Y_ROW] as const),
    ...([start, turned, turnedValues] as const),
  );
}

type Work = (scene: Scene, s: Shape) => (kernels: Kernels) => unknown;

const EXACT: Record<string, Work> = {
  listSupport(scene, s) {
    const { latents } = matrix(scene, s);
    const to = support(scene, s);
    return (k) => list(k, latents, s, to);
  },
  'transposeSparse, from a later row on'(scene, s) {
    const all = { ...s, rows: s.before + s.rows };
    const { latents } = matrix(scene, all);
    const to = support(scene, all);
    return (k) => {
      list(k, latents, all, to);
      transpose(k, s, to);
    };
  },
  clear(scene, s) {
    const { latents } = matrix(scene, s);
    return (k) => k.clear(latents, s.rows);
  },
  addPenalty(scene, s) {
    const { count, latents } = matrix(scene, s);
    const gradient = scene.normals(count);
    return (k) => k.addPenalty(count, latents, 0.3, gradient);
  },
  countMagnitudes(scene, s) {
    const { count, latents } = matrix(scene, s);
    const masses = scene.zeros(16);
    return (k) => k.countMagnitudes(count, latents, 1 / Math.fround(0.17), 16, masses);
  },
};

const CLOSE: Record<string, Work> = {
  bandStop(scene, s) {
    const { count, latents } = matrix(scene, s);
    const slopes = scene.zeros(count);
    return (k) => k.bandStop(count, latents, slopes, 0.3, s.limit, 5 * s.shards);
  },
  scaleLatents(scene, s) {
    const { count, latents } = matrix(scene, s);
    const weights = scene.zeros(count);
    return (k) => k.scaleLatents(count, latents, weights, 0.3);
  },
  sumShards(scene, s) {
    const count = s.rows * s.columns;
    const bytes = Math.ceil(count / 16) * 64;
    const gradient = scene.normals((bytes / 4) * s.shards);
    return (k) => k.sumShards(count, s.shards, gradient, bytes);
  },
  dot(scene, s) {
    const [a, b] = pair(() => scene.normals(s.rows * s.columns));
    return (k) => k.dot(s.rows * s.columns, a, b);
  },
  'scatterGradient, from a later row on'(scene, s) {
    const all = { ...s, rows: s.before + s.rows };
    const { latents } = matrix(scene, all);
    const to = support(scene, all);
    const [gradient, slopes] = pair(() => scene.normals(all.rows * s.columns));
    const target = scene.normals(all.rows * s.columns);
    return (k) => {
      list(k, latents, all, to);
      k.scatterGradient(s.before, s.rows, s.columns, to.rowStart, to.columns, gradient, slopes, target);
    };
  },
  addGradient(scene, s) {
    const { count, latents } = matrix(scene, s);
    const [slopes, target] = pair(() => scene.normals(count));
    return (k) => k.addGradient(count, latents, slopes, target);
  },
  addScaledGradient(scene, s) {
    const { count, latents } = matrix(scene, s);
    const target = scene.normals(count);
    return (k) => k.addScaledGradient(count, latents, 0.7, target);
  },
  softHistogram(scene, s) {
    const { count, latents } = matrix(scene, s);
    const masses = scene.normals(9);
    return (k) => k.softHistogram(count, latents, -1.5, 1 / 0.375, 9, masses);
  },
  softHistogramBackward(scene, s) {
    const { count, latents } = matrix(scene, s);
    const [slopes, gradient] = [scene.normals(8), scene.normals(count)];
    return (k) => k.softHistogramBackward(count, latents, -1.5, 1 / 0.375, 9, slopes, gradient);
  },
  adam(scene, s) {
    const { count, latents } = matrix(scene, s);
    const [gradient, first] = pair(() => scene.normals(count));
    const second = scene.add(Float32Array.from({ length: count }, () => scene.random.uniform(0, 2)));
    return (k) => k.adam(count, latents, gradient, first, second, 0.05, 0.9, 0.999, 1e-8, 0.01);
  },
  movingAverage(scene, s) {
    const { count, latents } = matrix(scene, s);
    const average = scene.normals(count);
    return (k) => k.movingAverage(count, average, latents, 0.98);
  },
};

function pair<T>(make: () => T): [T, T] {
  return [make(), make()];
}

describe.each(wasmBackends)('$name against the reference', (backend) => {
  const compare = (work: Work, bound: number) => {
    const property = fc.property(shape, (s) => {
      const scene = new Scene(s.seed);
      expect(apart(scene, backend, work(scene, s))).toBeLessThanOrEqual(bound);
    });
    fc.assert(property, { numRuns: 80, seed: 1 });
  };
  test.each(Object.keys(EXACT))('%s: all memory exactly', (name) => compare(EXACT[name], 0));
  test.each(Object.keys(CLOSE))(`%s: all memory within ${BOUND} · (1 + |reference|)`, (name) =>
    compare(CLOSE[name], BOUND),
  );
});

describe.each(backends)('$name', (backend) => {
  test('listSupport and transposeSparse by hand, with an empty row', () => {
    const scene = new Scene(0);
    const shape = { rows: 3, columns: 5, limit: 1, before: 0 };
    const latents = scene.add(Float32Array.of(0, 3, -4, 0.5, 0, 0.1, 0.2, 0, 0, 1, -5, 1, 6, 0, 2));
    const to = support(scene, shape);
    const work = (k: Kernels) => {
      const entries = list(k, latents, shape, to);
      transpose(k, shape, to);
      return entries;
    };
    expect(scene.run(backend, work).returned).toBe(5);
    const read = (pointer: number, count: number) => scene.read(backend, pointer, work).slice(0, count);
    expect(read(to.rowStart, 4)).toEqual([0, 2, 2, 5]);
    expect(read(to.columns, 5)).toEqual([1, 2, 0, 2, 4]);
    expect(read(to.offsets, 5)).toEqual([1, 2, 0, 2, 4].map((column) => column * X_ROW));
    expect(read(to.values, 5)).toEqual([3, -4, -5, 6, 2]);
    expect(read(to.start, 6)).toEqual([0, 1, 2, 4, 4, 5]);
    expect(read(to.turned, 5)).toEqual([2, 0, 0, 2, 2].map((row) => row * Y_ROW));
    expect(read(to.turnedValues, 5)).toEqual([-5, 3, -4, 6, 2]);
  });

  test('a latent at the limit is not in the support', () => {
    const scene = new Scene(0);
    const latents = scene.add(Float32Array.of(0.1, -0.1, 0.2, 0, 0.1));
    const shape = { rows: 1, columns: 5, limit: 0.1 };
    const to = support(scene, shape);
    expect(scene.run(backend, (k) => list(k, latents, shape, to)).returned).toBe(1);
  });

  test('bandStop by hand: ψ(a) = 1/2, slope s ½ (1 + σ a²)', () => {
    const scene = new Scene(0);
    const values = scene.add(Float32Array.of(2, -2, 0, 100));
    const slopes = scene.zeros(4);
    const work = (k: Kernels) => k.bandStop(4, values, slopes, 3, 2, 0.5);
    expect(distance(scene.read(backend, values, work), [3, -3, 0, 300])).toBeLessThan(1e-6);
    const still = 3 / (1 + Math.exp(2));
    expect(distance(scene.read(backend, slopes, work), [4.5, 4.5, still, 3])).toBeLessThan(1e-6);
  });

  test('bandStop stays finite far inside and far outside a crisp stop band', () => {
    const scene = new Scene(0);
    const values = scene.add(Float32Array.of(0, 1e-3, 50, -50));
    const slopes = scene.zeros(4);
    const work = (k: Kernels) => k.bandStop(4, values, slopes, 1, 4, 1000);
    expect(distance(scene.read(backend, values, work), [0, 0, 50, -50])).toBeLessThan(1e-6);
    expect(distance(scene.read(backend, slopes, work), [0, 0, 1, 1])).toBeLessThan(1e-6);
  });

  test.each([1, 5, 50])('bandStop: slopes are dW/dŵ at σ = %i, by central differences within 1e-4', (crispness) => {
    const scene = new Scene(7);
    const latents = scene.normals(64);
    const slopes = scene.zeros(64);
    const start = scene.read(backend, latents, () => {});
    const weight = (w: number) => (0.4 * w) / (1 + Math.exp(crispness * (0.8 ** 2 - w * w)));
    const numeric = start.map((w) => (weight(w + 1e-5) - weight(w - 1e-5)) / 2e-5);
    const found = scene.read(backend, slopes, (k) => k.bandStop(64, latents, slopes, 0.4, 0.8, crispness));
    expect(distance(found, numeric)).toBeLessThan(1e-4);
  });

  test('scatterGradient, addGradient and addScaledGradient by hand', () => {
    const scene = new Scene(0);
    const rowStart = scene.add(Int32Array.of(0, 1, 1, 3));
    const places = scene.add(Int32Array.of(1, 0, 1));
    const gradient = scene.add(Float32Array.of(1, 2, 3, 4));
    const slopes = scene.add(Float32Array.of(10, 20, 30, 40));
    const target = scene.add(Float32Array.of(1, 1, 1, 1, 1, 1, 0, 0));
    const read = (work: (k: Kernels) => void) => scene.read(backend, target, work);
    const scatter = (first: number, rows: number) =>
      read((k) => k.scatterGradient(first, rows, 2, rowStart, places, gradient, slopes, target));
    expect(scatter(0, 3)).toEqual([1, 11, 1, 1, 41, 91, 0, 0]);
    expect(scatter(1, 2)).toEqual([1, 1, 1, 1, 41, 91, 0, 0]);
    expect(read((k) => k.addGradient(4, gradient, slopes, target))).toEqual([11, 41, 91, 161, 1, 1, 0, 0]);
    expect(read((k) => k.addScaledGradient(4, gradient, 2, target))).toEqual([3, 5, 7, 9, 1, 1, 0, 0]);
    const signs = scene.add(Float32Array.of(-3, 0, 1e-30, 5));
    expect(read((k) => k.addPenalty(4, signs, 0.5, target))).toEqual([0.5, 1, 1.5, 1.5, 1, 1, 0, 0]);
  });

  test('sumShards and dot by hand', () => {
    const scene = new Scene(0);
    const gradient = scene.add(Float32Array.from({ length: 48 }, (_, i) => (i % 16) + 100 * Math.floor(i / 16)));
    const sums = scene.read(backend, gradient, (k) => k.sumShards(6, 3, gradient, 64));
    expect(sums.slice(0, 8)).toEqual([300, 303, 306, 309, 312, 315, 6, 7]);
    expect(scene.run(backend, (k) => k.dot(6, gradient, gradient + 64)).returned).toBe(1555);
  });

  test('countMagnitudes by hand: borders belong to the bin above, the last bin is open', () => {
    const scene = new Scene(0);
    const latents = scene.add(Float32Array.of(0, -0.4, 0.5, -1, 1.4, 99, -1e12, Number.POSITIVE_INFINITY));
    const masses = scene.add(Float32Array.of(10, 0, 0, 0));
    const found = scene.read(backend, masses, (k) => k.countMagnitudes(8, latents, 2, 4, masses));
    expect(found).toEqual([12, 1, 2, 3]);
  });

  test('softHistogram by hand: centres −1, 0, 1; outside counts in the outermost', () => {
    const scene = new Scene(0);
    const latents = scene.add(Float32Array.of(-7, -1, -0.75, 0, 0.5, 1, 3));
    const masses = scene.zeros(3);
    const found = scene.read(backend, masses, (k) => k.softHistogram(7, latents, -1, 1, 3, masses));
    expect(found).toEqual([2.75, 1.75, 2.5]);
  });

  test('softHistogramBackward: the gradient of any function of the masses, by central differences within 1e-2', () => {
    const [bins, low, inverseWidth] = [7, -1.5, 2];
    const scene = new Scene(11);
    const latents = scene.normals(40);
    const masses = scene.zeros(bins);
    const outer = scene.normals(bins);
    const slopes = scene.zeros(bins - 1);
    const gradient = scene.zeros(40);
    const weights = scene.read(backend, outer, () => {});
    const steps = weights.slice(1).map((weight, k) => (weight - weights[k]) * inverseWidth);
    const start = scene.read(backend, latents, () => {});
    const loss = (at: Float64Array) => {
      const observed = scene.read(backend, masses, (k) => {
        k.heap.floats.set(at, latents >> 2);
        k.softHistogram(40, latents, low, inverseWidth, bins, masses);
      });
      return observed.reduce((sum, mass, k) => sum + mass * weights[k], 0);
    };
    const found = scene.read(backend, gradient, (k) => {
      k.heap.floats.set(steps, slopes >> 2);
      k.softHistogramBackward(40, latents, low, inverseWidth, bins, slopes, gradient);
    });
    expect(found.filter((slope) => slope === 0).length).toBe(start.filter((w) => Math.abs(w) > 1.5).length);
    expect(distance(found, differences(loss, start, 1e-3))).toBeLessThan(1e-2);
  });

  test('adam and movingAverage by hand', () => {
    const scene = new Scene(0);
    const weights = scene.add(Float32Array.of(1, 1, 1, 2));
    const gradient = scene.add(Float32Array.of(2, -2, 0, 4));
    const [first, second] = pair(() => scene.zeros(4));
    // m = g / 2, v = g² / 4: the first step is the rate in the direction of −g, from weights that an eighth is taken off
    const work = (k: Kernels) => k.adam(4, weights, gradient, first, second, 0.25, 0.5, 0.75, 1e-8, 0.125);
    expect(distance(scene.read(backend, weights, work), [0.625, 1.125, 0.875, 1.5])).toBeLessThan(1e-6);
    expect(scene.read(backend, first, work)).toEqual([1, -1, 0, 2]);
    expect(scene.read(backend, second, work)).toEqual([1, 1, 0, 4]);
    const average = (k: Kernels) => k.movingAverage(4, weights, gradient, 0.75);
    expect(scene.read(backend, weights, average)).toEqual([1.25, 0.25, 0.75, 2.5]);
  });
});

test('a support is the same whichever backend lists it, at limits that float32 cannot hold', () => {
  const counts = backends.map((backend: Backend) => {
    const scene = new Scene(5);
    const latents = scene.add(Float32Array.from({ length: 64 }, (_, i) => 0.1 + (i - 32) * 2 ** -27));
    const shape = { rows: 1, columns: 64, limit: 0.1 };
    const to = support(scene, shape);
    return scene.run(backend, (k) => list(k, latents, shape, to)).returned;
  });
  expect(new Set(counts).size).toBe(1);
});
