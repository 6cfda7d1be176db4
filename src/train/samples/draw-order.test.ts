import { expect, test } from 'vitest';
import { Random } from '../../core/random.js';
import { drawOrder } from './draw-order.js';

/** Of class 0 twelve sequences, of class 2 three, of class 5 one. */
const labels = [0, 0, 0, 2, 0, 0, 5, 0, 0, 2, 0, 0, 0, 2, 0, 0];
const countsOf = (values: Iterable<number>) => {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

test('every sequence is drawn once, in an order of the seed', () => {
  const order = drawOrder(labels, new Random(1), false);
  expect([...order].sort((a, b) => a - b)).toEqual(labels.map((_, i) => i));
  expect(drawOrder(labels, new Random(1), false)).toEqual(order);
  expect(drawOrder(labels, new Random(2), false)).not.toEqual(order);
});

test('balanced, every class is drawn alike to within one, and its sequences to within one', () => {
  for (let seed = 0; seed < 20; seed++) {
    const order = drawOrder(labels, new Random(seed), true);
    expect(order).toHaveLength(labels.length);
    const classes = countsOf([...order].map((index) => labels[index]));
    expect([...classes.values()].sort()).toEqual([5, 5, 6]);
    const sequences = countsOf(order);
    const ofClass2 = [3, 9, 13].map((index) => sequences.get(index) ?? 0);
    expect(Math.max(...ofClass2) - Math.min(...ofClass2)).toBeLessThanOrEqual(1);
    const ofClass0 = [...sequences].filter(([index]) => labels[index] === 0).map(([, count]) => count);
    expect(Math.max(...ofClass0)).toBe(1);
  }
});

test('balanced, over epochs, every sequence of a large class has its turn, and no class is always the one that is drawn once more', () => {
  const epochs = Array.from({ length: 60 }, (_, epoch) => drawOrder(labels, new Random(1, epoch), true));
  expect(new Set(epochs.flatMap((order) => [...order])).size).toBe(labels.length);
  const most = epochs.map((order) => {
    const classes = countsOf([...order].map((index) => labels[index]));
    return [...classes].find(([, count]) => count === 6)?.[0];
  });
  expect(new Set(most)).toEqual(new Set([0, 2, 5]));
});
