import { expect, test } from 'vitest';
import { toyDataset } from '../../test/support/toy.js';
import { selectSplit } from './splits.js';
import { partOf, VALIDATION_PARTS, validationName } from './validation.js';

const dataset = toyDataset(80);
const [base] = dataset.splits;
const parts = Array.from({ length: VALIDATION_PARTS }, (_, i) =>
  selectSplit(dataset, validationName('quarter', i + 1)),
);
const subjectsOf = (indices: readonly number[]) => new Set(indices.map((index) => dataset.samples[index].subject));

test('every training sequence validates in exactly one part, and no test sequence in any', () => {
  const all = parts.flatMap(({ test: tested }) => tested);
  expect(all.sort((a, b) => a - b)).toEqual([...base.train]);
  for (const { train, test: tested } of parts) {
    expect([...train, ...tested].sort((a, b) => a - b)).toEqual([...base.train]);
  }
});

test('nobody is on both sides', () => {
  for (const { train, test: tested } of parts) {
    expect([...subjectsOf(tested)].filter((subject) => subjectsOf(train).has(subject))).toEqual([]);
  }
});

test('of fewer than four subjects, the sequences of every class are dealt out', () => {
  const alone = { ...dataset, samples: dataset.samples.map((sample) => ({ ...sample, subject: 'one' })) };
  const { train, test: tested } = selectSplit(alone, 'quarter/validation-2');
  expect(tested).toHaveLength(15);
  expect(train).toHaveLength(45);
  expect(new Set(tested.map((index) => dataset.samples[index].label)).size).toBe(3);
});

test('other names are other splits', () => {
  expect(partOf('quarter/validation-4')).toBe('validation');
  expect(partOf('quarter')).toBe('test');
  expect(() => selectSplit(dataset, 'quarter/validation-5')).toThrow('expected one of quarter');
  expect(() => selectSplit(dataset, 'third/validation-1')).toThrow('expected one of quarter');
});
