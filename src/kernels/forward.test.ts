import { expect, test } from 'vitest';
import { Scene, wasmBackends } from '../../test/support/backends.js';
import { type ForwardKernels, type Kernels, TILE_ROOM } from './contract.js';
import { forwardKernels } from './wasm/forward.js';

const [whole] = wasmBackends;
const forward = { name: 'forward', create: (bytes: number) => forwardKernels(bytes) as Kernels };

const [ROWS, INNER, COUNT] = [7, 12, 3];

/** Every kernel of the module once, over `n` columns. */
function layerOf(scene: Scene, n: number): (kernels: ForwardKernels) => void {
  const [x, y, w] = [scene.normals(INNER * n * COUNT), scene.normals(ROWS * n * COUNT), scene.normals(ROWS * INNER)];
  const [room, rows, turned] = [scene.zeros(TILE_ROOM), scene.normals(INNER * n), scene.zeros(INNER * n)];
  const start = scene.add(Int32Array.from({ length: ROWS + 1 }, (_, row) => row * 2));
  const offsets = scene.add(Int32Array.from({ length: ROWS * 2 }, (_, entry) => (entry % INNER) * n * 4));
  const [normalised, statistics] = [scene.zeros(ROWS * n * COUNT), scene.zeros(ROWS + 1)];
  const [gone, wide, high, row] = [scene.normals(16), INNER * n * 4, ROWS * n * 4, n * 4];
  return (k) => {
    k.turnRows(INNER, n, rows, INNER * 4, turned);
    k.denseTimesDense(ROWS, INNER, w, INNER * 4, 4, x, y, n, row, row, COUNT, wide, high, room, false);
    k.sparseTimesDense(ROWS, start, offsets, w, turned, y, n, row, COUNT, 0, high, true);
    k.addBias(y, w, ROWS, n, COUNT, true);
    k.dropout(y, ROWS * n * COUNT, 5, 2 ** 31, 2);
    k.normalise(y, normalised, ROWS, n, COUNT, n - 1, statistics);
    k.addScaledGradient(ROWS * n, y, 0.3, y + high);
    k.clear(gone, 16);
  };
}

test.each([4, 8, 12, 28, 60])('the module of answers has the bits of the whole one, over %i columns', (n) => {
  const scene = new Scene(n);
  const work = layerOf(scene, n);
  const [expected, found] = [scene.run(whole, work), scene.run(forward, work)];
  expect(found.arrays).toEqual(expected.arrays);
  const before = scene.run(whole, () => undefined);
  expect(found.arrays[1]).not.toEqual(before.arrays[1]); // y
});
