import { expect, test } from 'vitest';
import { toyRecipe } from '../../../test/support/toy.js';
import { parseSeeds } from './seeds.js';
import { parseSweepFile } from './sweep-file.js';
import { drawSettings, variantsOf } from './variants.js';

test('every combination of the grid, on each recipe', () => {
  const grid = { 'training.batch': [4, 8], 'network.0.filters': [2, 3] };
  const variants = variantsOf([toyRecipe(), toyRecipe({ name: 'other' })], { grid, draws: undefined }, 'file');
  expect(variants.map(({ name }) => name)).toEqual(
    ['toy', 'other'].flatMap((name) =>
      ['batch=4 filters=2', 'batch=4 filters=3', 'batch=8 filters=2', 'batch=8 filters=3'].map(
        (one) => `${name} ${one}`,
      ),
    ),
  );
  expect(variants[3].recipe).toMatchObject({ training: { batch: 8 }, network: [{ filters: 3 }, {}] });
});

test('draws are those of their seed, in their ranges, and the first stay when more are drawn', () => {
  const { draws } = parseSweepFile(
    {
      recipes: ['irds'],
      draws: {
        count: 200,
        seed: 5,
        settings: { rate: { logUniform: [0.01, 1] }, flat: { uniform: [2, 4] }, one: { choice: [1, 'x', true] } },
      },
    },
    'file',
  );
  const drawn = drawSettings(draws!);
  expect(drawSettings({ ...draws!, count: 3 })).toEqual(drawn.slice(0, 3));
  expect(drawSettings({ ...draws!, seed: 6 })).not.toEqual(drawn);
  const below = drawn.filter(({ rate }) => (rate as number) < 0.1).length;
  expect(below).toBeGreaterThan(70); // half of them in the logarithm
  expect(below).toBeLessThan(130);
  for (const { rate, flat, one } of drawn) {
    expect(rate).toBeGreaterThanOrEqual(0.01);
    expect(rate).toBeLessThanOrEqual(1);
    expect(flat).toBeGreaterThanOrEqual(2);
    expect(flat).toBeLessThanOrEqual(4);
    expect([1, 'x', true]).toContain(one);
  }
});

test('what is drawn twice is one recipe', () => {
  const draws = { count: 20, seed: 1, settings: { 'training.batch': { choice: [4, 8] } } };
  const names = variantsOf([toyRecipe()], { grid: {}, draws }, 'file').map(({ name }) => name);
  expect(names.toSorted()).toEqual(['toy batch=4', 'toy batch=8']);
});

test.each([
  ['5', [1, 2, 3, 4, 5]],
  ['4-6,9', [4, 5, 6, 9]],
  ['7,', [7]],
  ['2,1-3', [2, 1, 3]],
])('seeds %s', (text, seeds) => {
  expect(parseSeeds(text, '--seeds')).toEqual(seeds);
});

test.each(['', 'x', '3-1', '1,,2', '1-99999999999', '-1'])('seeds %j are refused', (text) => {
  expect(() => parseSeeds(text, '--seeds')).toThrow(/--seeds: expected seeds from 0/);
});
