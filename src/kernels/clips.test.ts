import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apart, backends, Scene, wasmBackends } from '../../test/support/backends.js';
import { Random } from '../core/random.js';
import type { Kernels } from './contract.js';

/** Frames, nodes, and chunks that divide the frames. */
const shape = fc.record({
  seed: fc.integer(),
  span: fc.integer({ min: 1, max: 5 }),
  chunks: fc.integer({ min: 2, max: 5 }),
  nodes: fc.integer({ min: 1, max: 7 }),
  width: fc.integer({ min: 1, max: 3 }),
});
type Shape = ReturnType<typeof sizesOf>;

function sizesOf({ seed, span, chunks, nodes, width }: Record<'seed' | 'span' | 'chunks' | 'nodes' | 'width', number>) {
  return { scene: new Scene(seed), frames: span * chunks, chunks, nodes, size: nodes * 3, width };
}

/** Whole numbers below a bound. */
function integers({ random }: Scene, count: number, bound: number): Int32Array {
  return Int32Array.from({ length: count }, () => random.integer(bound));
}

/** A clip, with room for the vector that its last values end in. */
function clipOf({ scene, frames, size }: Pick<Shape, 'scene' | 'frames' | 'size'>): number {
  return scene.normals(frames * size + 4);
}

/** A float64 array in a heap of 4-byte numbers. */
function doubles(scene: Scene, values: readonly number[]): number {
  return scene.add(new Int32Array(Float64Array.from(values).buffer));
}

/** Calls of every kernel on numbers of a scene. */
const calls: Readonly<Record<string, (of: Shape) => (k: Kernels) => unknown>> = {
  mirrorClip({ scene, frames, nodes, size }) {
    const images = scene.add(integers(scene, nodes, nodes));
    const [from, to] = [clipOf({ scene, frames, size }), scene.zeros(frames * size)];
    return (k) => k.mirrorClip(frames, nodes, images, from, to);
  },
  warpClip({ scene, frames, size }) {
    const lows = scene.add(integers(scene, frames, frames - 1));
    const parts = doubles(
      scene,
      Array.from({ length: frames }, () => scene.random.uniform()),
    );
    const [from, to] = [clipOf({ scene, frames, size }), scene.zeros(frames * size)];
    return (k) => k.warpClip(frames, size, lows, parts, from, to);
  },
  amplifyClip({ scene, frames, size }) {
    const positions = clipOf({ scene, frames, size });
    const factor = scene.random.uniform(0.1, 3);
    return (k) => k.amplifyClip(frames, size, positions, factor);
  },
  rotatePoints({ scene, frames, nodes, size, width }) {
    const positions = clipOf({ scene, frames, size });
    const angle = scene.random.uniform(-3, 3);
    const [a, b] = [
      [0, 1],
      [1, 2],
      [0, 2],
    ][width - 1];
    return (k) => k.rotatePoints(frames * nodes, positions, a, b, Math.cos(angle), Math.sin(angle));
  },
  addUniform({ scene, frames, size }) {
    const positions = clipOf({ scene, frames, size });
    const state = scene.add(new Int32Array(new Random(scene.random.nextUint32()).state));
    const bound = scene.random.uniform();
    return (k) => k.addUniform(frames * size, positions, state, -bound, 2 * bound);
  },
  differences({ scene, frames, size, width }) {
    const count = size * width;
    const [pairs, positions] = [scene.add(integers(scene, 2 * count, size)), clipOf({ scene, frames, size })];
    const series = scene.zeros(frames * (count + 1));
    return (k) => k.differences(frames, size, pairs, count, positions, series, (count + 1) * 4);
  },
  distances({ scene, frames, nodes, size, width }) {
    const count = nodes * width;
    const pairs = scene.add(integers(scene, 2 * count, nodes).map((node) => node * 3));
    const [positions, series] = [clipOf({ scene, frames, size }), scene.zeros(frames * (count + 1))];
    return (k) => k.distances(frames, size, pairs, count, positions, series, (count + 1) * 4);
  },
  seriesStatistics({ scene, frames, size, width }) {
    const [values, places] = [clipOf({ scene, frames, size }), scene.add(placesOf(size, width, 4))];
    const out = scene.zeros((size + 4) * width * 4);
    return (k) => k.seriesStatistics(frames, size, values, size * 4, places, width, out);
  },
  seriesMeans({ scene, frames, chunks, size, width }) {
    const [values, places] = [clipOf({ scene, frames, size }), scene.add(placesOf(size, width, chunks))];
    const out = scene.zeros((size + 4) * width * chunks);
    const isSteps = scene.random.integer(2);
    return (k) => k.seriesMeans(frames, size, values, size * 4, places, width, out, chunks, isSteps);
  },
  standardiseRow({ scene, size }) {
    const [features, means, inverses] = [scene.normals(size + 3), scene.normals(size + 3), scene.normals(size + 3)];
    const out = scene.zeros(size + 3);
    return (k) => k.standardiseRow(size, features, means, inverses, 0.75, out);
  },
  mixRows({ scene, size }) {
    const [one, other, out] = [scene.normals(size + 3), scene.normals(size + 3), scene.zeros(size + 3)];
    const share = scene.random.uniform();
    return (k) => k.mixRows(size, one, other, share, out);
  },
  turnRows({ scene, frames, size }) {
    const row = Math.ceil(size / 4) * 4;
    const columns = Math.ceil(frames / 4) * 4;
    const [rows, out] = [scene.normals(row * columns), scene.zeros(row * columns)];
    return (k) => k.turnRows(size, columns, rows, row * 4, out);
  },
};

/** Where series begin, up to a whole vector of them: each has `count` numbers, `width` apart, that meet no others. */
function placesOf(series: number, width: number, count: number): Int32Array {
  return Int32Array.from(
    { length: Math.ceil(series / 4) * 4 },
    (_, i) => Math.floor(i / width) * width * count + (i % width),
  );
}

describe.each(wasmBackends)('$name against the steps of the runtime', (backend) => {
  test.each(Object.keys(calls))('%s: exactly the same bits in all memory', (name) => {
    const property = fc.property(shape, (given) => {
      const of = sizesOf(given);
      const call = calls[name](of);
      expect(apart(of.scene, backend, call)).toBe(0);
    });
    fc.assert(property, { numRuns: 200, seed: 1 });
  });
});

describe.each(backends)('$name by hand', (backend) => {
  test('statistics of 1, 2, 6 and of 0, 0, 3; means and steps of halves', () => {
    const scene = new Scene(0);
    const values = scene.add(Float32Array.of(1, 0, 0, 0, 2, 0, 0, 0, 6, 3, 0, 0, 7, 5, 0, 0));
    const [places, out] = [scene.add(Int32Array.of(0, 1, 20, 20)), scene.zeros(40)];
    const read = (work: (k: Kernels) => void, count: number) => scene.read(backend, out, work).slice(0, count);
    const statistics = read((k) => k.seriesStatistics(3, 2, values, 16, places, 2, out), 8);
    expect(statistics).toEqual([3, 1, Math.sqrt(14 / 3), Math.sqrt(2), 1, 0, 6, 3].map(Math.fround));
    expect(read((k) => k.seriesMeans(4, 2, values, 16, places, 2, out, 2, 0), 4)).toEqual([1.5, 0, 6.5, 4]);
    expect(read((k) => k.seriesMeans(4, 2, values, 16, places, 2, out, 2, 1), 4)).toEqual([5, 4, 0, 0]);
  });

  test('differences and distances of (1, 2, 3), (4, 6, 3) and (1, 2, 15)', () => {
    const scene = new Scene(0);
    const positions = scene.add(Float32Array.of(1, 2, 3, 4, 6, 3, 1, 2, 15, 0, 0, 0, 0, 0, 2, 0, 8, 6));
    const [pairs, series] = [scene.add(Int32Array.of(3, 0, 6, 0, 3, 6)), scene.zeros(6)];
    const differences = (k: Kernels) => k.differences(2, 9, pairs, 3, positions, series, 12);
    expect(scene.read(backend, series, differences)).toEqual([3, 0, 3, 0, 0, 0]);
    const distances = (k: Kernels) => k.distances(2, 9, pairs, 3, positions, series, 12);
    expect(scene.read(backend, series, distances)).toEqual([5, 12, 13, 2, 10, Math.fround(Math.sqrt(80))]);
  });

  test('random numbers are those of Random, which goes on after them', () => {
    const scene = new Scene(0);
    const random = new Random(7, 8);
    const [values, state] = [scene.zeros(5), scene.add(new Int32Array(random.state))];
    const found = scene.run(backend, (k) => k.addUniform(5, values, state, -2, 4)).arrays;
    expect([...found[0]]).toEqual(Array.from({ length: 5 }, () => Math.fround(random.uniform(-2, 2))));
    expect([...new Uint32Array(found[1])]).toEqual([...random.state]);
  });

  test('rows are turned, mixed, standardised and kept within a limit', () => {
    const scene = new Scene(0);
    const [a, b] = [scene.add(Float32Array.of(1, 2, 3, 4)), scene.add(Float32Array.of(5, 4, -3, 100))];
    const [ones, out] = [scene.add(Float32Array.of(1, 1, 2, 0.5)), scene.zeros(4)];
    expect(scene.read(backend, out, (k) => k.mixRows(4, a, b, 0.75, out))).toEqual([2, 2.5, 1.5, 28]);
    expect(scene.read(backend, out, (k) => k.standardiseRow(4, b, a, ones, 6, out))).toEqual([4, 2, -6, 6]);
    const square = scene.add(Float32Array.from({ length: 16 }, (_, i) => i));
    const turned = scene.zeros(16);
    const expected = [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15];
    expect(scene.read(backend, turned, (k) => k.turnRows(4, 4, square, 16, turned))).toEqual(expected);
  });
});
