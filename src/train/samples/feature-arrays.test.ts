import { expect, test } from 'vitest';
import { toyDataset, toyRecipe, toySplit } from '../../../test/support/toy.js';
import { featureArrays } from './feature-arrays.js';

const whole = toyDataset(12);
const samples = whole.samples.map((sample, i) => {
  const positions = new Float32Array(4 * sample.joints * 3).map((_, at) => i + (at % (sample.joints * 3)) / 4);
  positions[3] += 8; // the second joint starts elsewhere, so that recordings differ by more than a shift
  return { ...sample, frames: 4, positions: positions.map((value, at) => (at === 3 ? value + i : value)) };
});
const dataset = { ...whole, samples, splits: [toySplit(12)] };
const recipe = toyRecipe({
  preprocessing: { pose: [{ step: 'resample', frames: 4 }], channels: [{ step: 'positions', chunks: 1 }] },
});

test('features of every recording, a row after the other, before standardisation', () => {
  const { features } = featureArrays(recipe, dataset);
  expect(features.shape).toEqual([12, 21, 3]);
  const data = features.data as Float32Array;
  // The mean over four equal frames: the coordinate itself, but for the second joint's x, a quarter of whose time is elsewhere.
  expect([...data.subarray(0, 6)]).toEqual([0, 0.25, 0.5, 0.75 + 8 / 4, 1, 1.25]);
  expect([...data.subarray(5 * 63, 5 * 63 + 4)]).toEqual([5, 5.25, 5.5, 5.75 + (8 + 5) / 4]);
  expect(data).toHaveLength(12 * 63);
});

test('labels, texts and the split', () => {
  const { labels, subjects, ids, classes, train, test: tests } = featureArrays(recipe, dataset, 'quarter');
  expect(labels).toEqual({ shape: [12], data: Int32Array.from({ length: 12 }, (_, i) => i % 3) });
  expect(subjects).toEqual({ shape: [12], data: Array.from({ length: 12 }, (_, i) => `s${i % 5}`) });
  expect(ids.data.slice(0, 2)).toEqual(['take-0', 'take-1']);
  expect(classes).toEqual({ shape: [dataset.classes.length], data: dataset.classes });
  expect(train.data).toEqual(Int32Array.of(0, 1, 2, 4, 5, 6, 8, 9, 10));
  expect(tests).toEqual({ shape: [3], data: Int32Array.of(3, 7, 11) });
});

test('data that do not fit are refused before anything is made', () => {
  const twice = { ...dataset, samples: [samples[0], { ...samples[0], id: 'again' }, ...samples.slice(2)] };
  expect(() => featureArrays(recipe, twice)).toThrow(/every recording once/);
});
