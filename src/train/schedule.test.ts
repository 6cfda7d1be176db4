import { expect, test } from 'vitest';
import { toyRecipe } from '../../test/support/toy.js';
import { Random } from '../core/random.js';
import { rateDraw } from './rates.js';
import { createSchedule, crispnessAt } from './schedule.js';

const schedule = (training: object, steps: number) => createSchedule(toyRecipe({}, training).training, steps);

test('cosine by hand: half a cosine, times a linear warm-up', () => {
  const { factor } = schedule({ schedule: 'cosine', warmup: 4 }, 100);
  expect(factor(0)).toBe(0.25);
  expect(factor(1)).toBeCloseTo(0.5 * 0.5 * (1 + Math.cos(0.01 * Math.PI)), 12);
  expect(factor(50)).toBeCloseTo(0.5, 12);
  expect(factor(75)).toBeCloseTo(0.5 - Math.SQRT1_2 / 2, 12);
  expect(factor(99)).toBeGreaterThan(0);
  expect(schedule({ schedule: 'cosine', warmup: 0 }, 100).factor(0)).toBe(1);
});

test('the rule of the schedule paper by hand: × 0.99 where the loss changes faster than before, else ÷ 0.99', () => {
  const paper = schedule({ schedule: 'paper' }, 100);
  const factors = [5, 4, 2, 1.5, 2.5, 1.5].map((loss) => {
    paper.observe(loss);
    return paper.factor(0);
  });
  // changes: –, 1, 2 (faster), 0.5 (slower), 1 (faster), 1 (not faster)
  const expected = [1, 1, 0.99, 1, 0.99, 1];
  for (const [i, factor] of factors.entries()) expect(factor).toBeCloseTo(expected[i], 12);
});

test('the rule of the schedule paper goes on from a saved state', () => {
  const [whole, first, second] = [0, 1, 2].map(() => schedule({ schedule: 'paper' }, 100));
  for (const loss of [3, 2, 1.9, 1]) whole.observe(loss);
  for (const loss of [3, 2]) first.observe(loss);
  second.state = first.state.slice();
  for (const loss of [1.9, 1]) second.observe(loss);
  expect(second.factor(0)).toBe(whole.factor(0));
});

test('crispness is geometric between its ends', () => {
  const { pruning } = toyRecipe({ pruning: { crispness: { from: 4, to: 100 } } });
  expect([0, 0.5, 1].map((share) => crispnessAt(pruning, share))).toEqual([4, 20, 100]);
});

test('fixed rates are drawn as they stand', () => {
  const { count, trained, largest, draw } = rateDraw({ rates: { draw: 'fixed', rates: [0.5, 0.9] }, ramp: 0 });
  expect(draw(new Random(1), 1)).toEqual([0.5, 0.9]);
  expect(trained).toEqual([0.5, 0.9]);
  expect([count, largest]).toEqual([2, 0.9]);
});

test('the sandwich always has 0 and the largest; the rest are log-uniform in the share of non-zeros', () => {
  const { count, trained, largest, draw } = rateDraw({
    rates: { draw: 'sandwich', largest: 0.99, between: 3 },
    ramp: 0,
  });
  const random = new Random(1);
  const draws = Array.from({ length: 4000 }, () => draw(random, 1));
  expect(draws.every((rates) => rates.length === 5 && rates[0] === 0 && rates[4] === 0.99)).toBe(true);
  const between = draws.flatMap((rates) => rates.slice(1, 4));
  expect(between.every((rate) => rate >= 0 && rate < 0.99)).toBe(true);
  for (const [density, share] of [
    [0.1, 0.5],
    [10 ** -0.5, 0.25],
  ]) {
    const above = between.filter((rate) => 1 - rate > density).length / between.length;
    expect(Math.abs(above - share)).toBeLessThan((5 * Math.sqrt(share * (1 - share))) / Math.sqrt(between.length));
  }
  expect(trained).toEqual([0, 0.99]);
  expect([count, largest]).toEqual([5, 0.99]);
});

test('a gradual rate rises by hand: 1 − (1 − t)³ of its end, which it has from three quarters of the training on', () => {
  const { trained, count, draw } = rateDraw({ rates: { draw: 'gradual', rate: 0.96, until: 0.75 }, ramp: 0 });
  const rates = [0, 0.25, 0.375, 0.75, 0.9].map((done) => draw(new Random(1), done)[0]);
  const byHand = [0, (0.96 * 19) / 27, (0.96 * 7) / 8, 0.96, 0.96];
  for (const [i, rate] of rates.entries()) expect(rate).toBeCloseTo(byHand[i], 12);
  expect([count, trained]).toEqual([1, [0.96]]);
});

test('alternating rates by hand: dense to 0.2, pruned and dense in turns of 0.1, pruned from 0.6 on', () => {
  const rates = { draw: 'alternating', rate: 0.9, dense: 0.2, phases: 2, last: 0.6 } as const;
  const { count, draw } = rateDraw({ rates, ramp: 0 });
  const at = [0, 0.19, 0.21, 0.29, 0.31, 0.39, 0.41, 0.49, 0.51, 0.59, 0.61, 0.99];
  const drawn = at.map((done) => draw(new Random(1), done)[0]);
  expect(drawn).toEqual([0, 0, 0.9, 0.9, 0, 0, 0.9, 0.9, 0, 0, 0.9, 0.9]);
  expect(count).toBe(1);
});

test('alternating rates that rise by hand: of two pruned turns and the end, each halves the weights as often as the one before', () => {
  const rates = { draw: 'alternating', rate: 0.999, dense: 0.2, phases: 2, last: 0.6, rise: true } as const;
  const { draw } = rateDraw({ rates, ramp: 0 });
  const drawn = [0, 0.21, 0.31, 0.41, 0.51, 0.61, 0.99].map((done) => draw(new Random(1), done)[0]);
  expect(drawn).toEqual([0, expect.closeTo(0.9, 12), 0, expect.closeTo(0.99, 12), 0, 0.999, 0.999]);
});

test('with a ramp the largest rate rises by hand: 0.9 at the start, 0.9684 halfway up, 0.99 from the end of it on', () => {
  const { trained, draw } = rateDraw({ rates: { draw: 'sandwich', largest: 0.99, between: 2 }, ramp: 0.5 });
  const lastAt = (done: number) => draw(new Random(3), done)[3];
  expect([0, 0.25, 0.5, 1].map(lastAt)).toEqual([
    expect.closeTo(0.9, 12),
    expect.closeTo(1 - 10 ** -1.5, 12),
    0.99,
    0.99,
  ]);
  const early = Array.from({ length: 500 }, (_, i) => draw(new Random(i), 0)).flat();
  expect(Math.max(...early)).toBeLessThanOrEqual(0.9 + 1e-12);
  expect(trained).toEqual([0, 0.99]);
});
