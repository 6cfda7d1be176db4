import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apart, backends, Scene, wasmBackends } from '../../test/support/backends.js';
import { type Kernels, type Pointer, TILE_ROOM } from './contract.js';

const BOUND = 2e-5;
const COLUMNS = [4, 8, 12, 16, 20, 24, 28, 32, 36, 52, 60];

interface Rows {
  readonly at: Pointer;
  readonly row: number;
  readonly stride: number;
}

/** `count` blocks of `rows` rows of n values, with `gap` unused values after each row; blocks inside or around rows. */
function blocks(scene: Scene, rows: number, n: number, count: number, gap: number, inside: boolean): Rows {
  const width = (n + gap) * 4;
  const at = scene.normals(rows * count * (n + gap));
  return inside ? { at, row: width * count, stride: width } : { at, row: width, stride: width * rows };
}

interface Shape {
  readonly seed: number;
  readonly rows: number;
  readonly inner: number;
  readonly n: number;
  readonly count: number;
  readonly xGap: number;
  readonly yGap: number;
  readonly xInside: boolean;
  readonly yInside: boolean;
  readonly transposed: boolean;
  readonly add: boolean;
  /** Rows of the whole sparse matrix that are before the product's own; values between the rows of a gradient. */
  readonly before: number;
  readonly density: number;
}

const shape: fc.Arbitrary<Shape> = fc.record({
  seed: fc.integer(),
  rows: fc.integer({ min: 1, max: 9 }),
  inner: fc.integer({ min: 1, max: 11 }),
  n: fc.constantFrom(...COLUMNS),
  count: fc.integer({ min: 1, max: 3 }),
  xGap: fc.constantFrom(0, 4, 12, 256),
  yGap: fc.constantFrom(0, 4, 8),
  xInside: fc.boolean(),
  yInside: fc.boolean(),
  transposed: fc.boolean(),
  add: fc.boolean(),
  before: fc.integer({ min: 0, max: 4 }),
  density: fc.constantFrom(0, 0.1, 0.5, 1),
});

function operands(scene: Scene, { rows, inner, n, count, xGap, yGap, xInside, yInside }: Shape) {
  return { x: blocks(scene, inner, n, count, xGap, xInside), y: blocks(scene, rows, n, count, yGap, yInside) };
}

/** A random sparse matrix of before + rows + 1 rows; `start` is where the product's own rows begin. */
function sparse(scene: Scene, { rows, inner, before, density }: Shape, x: Rows) {
  const offsets: number[] = [];
  const rowStart = [0];
  for (let row = 0; row < before + rows + 1; row++) {
    for (let column = 0; column < inner; column++) if (scene.random.uniform() < density) offsets.push(column * x.row);
    rowStart.push(offsets.length);
  }
  const start = scene.add(Int32Array.from(rowStart)) + before * 4;
  return { start, offsets: scene.add(Int32Array.from(offsets)), values: scene.normals(offsets.length) };
}

/** Clears what only one backend writes. */
function clear({ heap }: Kernels, at: Pointer, values: number): void {
  heap.floats.fill(0, at >> 2, (at >> 2) + values);
}

const WORK: Record<string, (scene: Scene, s: Shape) => (kernels: Kernels) => void> = {
  sparseTimesDense(scene, s) {
    const { x, y } = operands(scene, s);
    const { start, offsets, values } = sparse(scene, s, x);
    return (k) =>
      k.sparseTimesDense(s.rows, start, offsets, values, x.at, y.at, s.n, y.row, s.count, x.stride, y.stride, s.add);
  },
  sampledDenseDense(scene, s) {
    const { x, y } = operands(scene, s);
    const { start, offsets, values } = sparse(scene, s, x);
    const room = s.inner + s.before;
    const sums = scene.zeros(4 * room);
    const steps = [y.row, s.count, y.stride, x.stride] as const;
    return (k) => {
      k.sampledDenseDense(s.rows, start, offsets, y.at, x.at, values, s.n, ...steps, sums, room);
      clear(k, sums, 4 * room);
    };
  },
  denseTimesDense(scene, s) {
    const { x, y } = operands(scene, s);
    const w = scene.normals(s.rows * s.inner);
    const [wRow, wColumn] = s.transposed ? [4, s.rows * 4] : [s.inner * 4, 4];
    const [room, steps] = [scene.zeros(TILE_ROOM), [s.count, x.stride, y.stride] as const];
    return (k) => {
      k.denseTimesDense(s.rows, s.inner, w, wRow, wColumn, x.at, y.at, s.n, x.row, y.row, ...steps, room, s.add);
      clear(k, room, TILE_ROOM);
    };
  },
  denseOuter(scene, s) {
    const { x, y } = operands(scene, s);
    const pitch = s.inner + s.before;
    const gradient = scene.normals(s.rows * pitch);
    const [room, steps] = [scene.zeros(TILE_ROOM), [s.count, y.stride, x.stride] as const];
    return (k) => {
      k.denseOuter(s.rows, s.inner, y.at, x.at, gradient, s.n, y.row, x.row, ...steps, room, pitch);
      clear(k, room, TILE_ROOM);
    };
  },
};

describe.each(wasmBackends)('$name against the reference', (backend) => {
  test.each(Object.keys(WORK))(`%s: all memory within ${BOUND} · (1 + |reference|)`, (name) => {
    const property = fc.property(shape, (s) => {
      const scene = new Scene(s.seed);
      expect(apart(scene, backend, WORK[name](scene, s))).toBeLessThan(BOUND);
    });
    fc.assert(property, { numRuns: 80, seed: 1 });
  });

  test.each(COLUMNS)(`every kernel at n = %i, within ${BOUND} · (1 + |reference|)`, (n) => {
    for (const work of Object.values(WORK)) {
      const scene = new Scene(n);
      const s = { seed: 0, rows: 5, inner: 7, n, count: 2, xGap: 4, yGap: 8, before: 2, density: 0.5 };
      const run = work(scene, { ...s, xInside: true, yInside: false, transposed: false, add: false });
      expect(apart(scene, backend, run)).toBeLessThan(BOUND);
    }
  });
});

describe.each(backends)('$name, by hand', (backend) => {
  // S = [[0, 2, 0], [0, 0, 0], [3, 0, −1]], x rows i hold 10 i + (0, 1, 2, 3), dy rows r hold r + 1.
  const scene = new Scene(0);
  const x = scene.add(Float32Array.of(0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23));
  const dy = scene.add(Float32Array.of(1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3));
  const y = scene.normals(12);
  const rowStart = scene.add(Int32Array.of(0, 1, 1, 3));
  const offsets = scene.add(Int32Array.of(16, 0, 32));
  const sums = scene.zeros(8);
  const room = scene.zeros(TILE_ROOM);
  const values = scene.add(Float32Array.of(2, 3, -1));
  const dense = scene.add(Float32Array.of(0, 2, 0, 0, 0, 0, 3, 0, -1));
  const gradient = scene.add(new Float32Array(9).fill(100));
  const product = [20, 22, 24, 26, 0, 0, 0, 0, -20, -18, -16, -14];

  test('y = S x, sparse', () => {
    const found = scene.read(backend, y, (k) =>
      k.sparseTimesDense(3, rowStart, offsets, values, x, y, 4, 16, 1, 0, 0, false),
    );
    expect(found).toEqual(product);
  });

  test('y = W x, dense', () => {
    const found = scene.read(backend, y, (k) =>
      k.denseTimesDense(3, 3, dense, 12, 4, x, y, 4, 16, 16, 1, 0, 0, room, false),
    );
    expect(found).toEqual(product);
  });

  test('y = Wᵀ x, dense, by exchanged strides', () => {
    const found = scene.read(backend, y, (k) =>
      k.denseTimesDense(3, 3, dense, 4, 12, x, y, 4, 16, 16, 1, 0, 0, room, false),
    );
    expect(found).toEqual([60, 63, 66, 69, 0, 2, 4, 6, -20, -21, -22, -23]);
  });

  test('gradient += dy xᵀ at the stored places', () => {
    const found = scene.read(backend, gradient, (k) =>
      k.sampledDenseDense(3, rowStart, offsets, dy, x, gradient, 4, 16, 1, 0, 0, sums, 2),
    );
    expect(found).toEqual([100 + 46, 100 + 3 * 6, 100 + 3 * 86, 100, 100, 100, 100, 100, 100]);
  });

  test('gradient += dy xᵀ', () => {
    const found = scene.read(backend, gradient, (k) =>
      k.denseOuter(3, 3, dy, x, gradient, 4, 16, 16, 1, 0, 0, room, 3),
    );
    expect(found).toEqual([6, 46, 86, 12, 92, 172, 18, 138, 258].map((value) => 100 + value));
  });

  test('three repetitions of a product add up to one gradient', () => {
    const found = scene.read(backend, gradient, (k) =>
      k.denseOuter(1, 1, dy, x, gradient, 4, 16, 16, 3, 16, 16, room, 1),
    );
    expect(found[0]).toBe(100 + 6 + 2 * 46 + 3 * 86);
  });
});
