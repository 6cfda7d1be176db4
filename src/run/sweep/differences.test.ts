import { expect, test } from 'vitest';
import { toyDataset, toyRecipe } from '../../../test/support/toy.js';
import { allJobs, type Comparison, comparedData } from '../compare/comparison.js';
import type { JobResult } from '../jobs/result.js';
import { differencesOf } from './differences.js';

const toy = toyDataset();
const splitOf = (name: string, train: number[], test: number[]) => ({ name, description: name, train, test });
const dataset = { ...toy, splits: [splitOf('a', [0, 1, 2, 6], [3, 4]), splitOf('b', [3, 4, 5, 7], [0, 1])] };
const sizes = { a: { train: 4, test: 2 }, b: { train: 4, test: 2 } };

function comparisonOf(splits: readonly string[], seeds: readonly number[]): Comparison {
  const series = ['one', 'two'].map((name) => ({ title: name, method: 'mrmp', recipe: toyRecipe({ name }), splits }));
  return { title: 'Toy', data: comparedData(dataset), rates: [0], picture: 'curves', seeds, series };
}

/** The second line is ahead by 0.1 times the seed, and by 0.1 more on split b. */
function resultsOf(comparison: Comparison): Map<string, JobResult> {
  const figures = { nonzeros: 1, actualRate: 0, macs: 1, correct: 1, total: 2, accuracyAtThreshold: 0, rate: 0 };
  return new Map(
    allJobs(comparison).map(({ key, spec }) => {
      const { name, seed, split } = spec.recipe as { name: string; seed: number; split: string };
      const ahead = name === 'one' ? 0 : 0.1 * seed + (split === 'b' ? 0.1 : 0);
      return [key, { job: spec, rows: [{ ...figures, split, accuracy: 0.2 + ahead }] }];
    }),
  );
}

test('of three seeds: 0.1, 0.2, 0.3 have mean 0.2 and half an interval of 4.3027 · 0.1 / √3', () => {
  const comparison = comparisonOf(['a'], [1, 2, 3]);
  const [{ title, than, rates }] = differencesOf(comparison, resultsOf(comparison), sizes);
  expect([title, than, rates[0].pairs]).toEqual(['two', 'one', 3]);
  expect(rates[0].mean).toBeCloseTo(0.2, 12);
  expect(rates[0].high! - 0.2).toBeCloseTo((4.3027 * 0.1) / Math.sqrt(3), 5);
  expect(0.2 - rates[0].low!).toBeCloseTo((4.3027 * 0.1) / Math.sqrt(3), 5);
});

test('of two folds the variance is multiplied by 1/n + test/train', () => {
  const comparison = comparisonOf(['a', 'b'], [1, 2]);
  const [{ rates }] = differencesOf(comparison, resultsOf(comparison), sizes);
  // 0.1, 0.2, 0.2, 0.3: mean 0.2, variance 0.02 / 3; three degrees of freedom
  expect(rates[0].mean).toBeCloseTo(0.2, 12);
  expect(rates[0].high! - rates[0].mean).toBeCloseTo(3.1824 * Math.sqrt((0.02 / 3) * (1 / 4 + 2 / 4)), 5);
});

test('only pairs count of which both are done, and a single one has no interval', () => {
  const comparison = comparisonOf(['a'], [1, 2]);
  const results = resultsOf(comparison);
  const [first] = allJobs(comparison);
  results.delete(first.key);
  const [{ rates }] = differencesOf(comparison, results, sizes);
  expect(rates[0]).toMatchObject({ pairs: 1, low: undefined, high: undefined });
  expect(rates[0].mean).toBeCloseTo(0.2, 12);
});
