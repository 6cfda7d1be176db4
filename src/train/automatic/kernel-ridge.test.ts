import { expect, test } from 'vitest';
import { Random } from '../../core/random.js';
import { kernelRidge, squaredDistances } from './kernel-ridge.js';

const rows = (...values: readonly (readonly number[])[]) => values.map((row) => Float32Array.from(row));

test('squared distances of all pairs', () => {
  expect([...squaredDistances(rows([0, 0], [3, 4], [0, 1]))]).toEqual([0, 25, 1, 25, 0, 18, 1, 18, 0]);
});

test('answers of numpy.linalg.solve on the same rows, which another ridge (0.003, 0.3) or width (half, twice) would change', () => {
  const train = [
    [-1, 0],
    [5, 9],
    [-9, -7],
    [6, 9],
    [-5, -4],
    [7, -1],
    [-4, 6],
    [-5, -2],
    [3, 1],
    [-8, -9],
    [7, 5],
    [6, 1],
  ];
  const others = [
    [6, -3],
    [-1, 5],
    [-7, -4],
    [-7, -1],
    [9, -7],
    [-2, -2],
    [8, -6],
    [0, -5],
  ];
  const labels = [0, 2, 0, 0, 1, 1, 0, 2, 2, 2, 0, 2, ...others.map(() => 0)];
  const indices = [...labels.keys()];
  const found = kernelRidge(
    squaredDistances(rows(...train, ...others)),
    labels,
    indices.slice(0, 12),
    indices.slice(12),
  );
  expect(found).toEqual([1, 0, 0, 0, 1, 1, 1, 1]);
});

test('of two rows, the nearer one answers', () => {
  // Rows at 0 and 2, a third at x: by symmetry the border between the classes is at 1, whatever width and ridge.
  for (const [x, label] of [
    [0.9, 7],
    [1.1, 4],
    [-3, 7],
    [5, 4],
  ]) {
    expect(kernelRidge(squaredDistances(rows([0], [2], [x])), [7, 4, 0], [0, 1], [2])).toEqual([label]);
  }
});

test('the border between classes is curved: a ring and what is inside it', () => {
  const ring = Array.from({ length: 40 }, (_, i) => [Math.cos(i), Math.sin(i)]);
  const middle = Array.from({ length: 10 }, (_, i) => [0.1 * Math.cos(i), 0.1 * Math.sin(i)]);
  const labels = [...ring.map(() => 1), ...middle.map(() => 0), 0, 0, 0];
  const distances = squaredDistances(rows(...ring, ...middle, [0, 0], [-1, 0.1], [0.2, 0]));
  const train = [...Array(50).keys()];
  expect(kernelRidge(distances, labels, train, [50, 51, 52])).toEqual([0, 1, 0]);
});

test('clouds apart are told apart; the labels of test rows have no influence', () => {
  const random = new Random(5);
  const all = Array.from({ length: 90 }, (_, i) => [0, 1, 2].map((axis) => (axis === i % 3 ? 3 : 0) + random.normal()));
  const labels = all.map((_, i) => i % 3);
  const [train, test_] = [[...Array(60).keys()], [...Array(30).keys()].map((i) => i + 60)];
  const found = kernelRidge(squaredDistances(rows(...all)), labels, train, test_);
  expect(found.filter((label, i) => label === labels[60 + i]).length).toBeGreaterThan(24);
  const blind = labels.map((label, i) => (i < 60 ? label : 0));
  expect(kernelRidge(squaredDistances(rows(...all)), blind, train, test_)).toEqual(found);
});

test('equal rows of two classes are no fault', () => {
  expect(kernelRidge(squaredDistances(rows([1], [1], [1])), [0, 1, 0], [0, 1], [2])).toHaveLength(1);
});
