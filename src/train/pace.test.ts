import { afterEach, expect, test, vi } from 'vitest';
import { toyDataset, toyRecipe } from '../../test/support/toy.js';
import { createTraining } from './create-training.js';
import { JointStep, type StepInput, type StepResult } from './step/joint-step.js';

const dataset = toyDataset();
/** Thirty training sequences in batches of eight: three steps an epoch. */
const [EPOCHS, BATCH, STEPS_PER_EPOCH] = [5, 8, 3];
const STEPS = EPOCHS * STEPS_PER_EPOCH;
const [LEARNING_RATE, BIAS_LEARNING_RATE] = [0.04, 0.003];
const PACE = {
  epochs: EPOCHS,
  batch: BATCH,
  learningRate: LEARNING_RATE,
  biasLearningRate: BIAS_LEARNING_RATE,
  warmup: 4,
};

afterEach(() => void vi.restoreAllMocks());

interface Step {
  readonly input: StepInput;
  readonly result: StepResult;
}

/** What every step of a toy training is given, and what it gives back. */
function stepsOf(training: object, pruning: object = {}): Step[] {
  const run = vi.spyOn(JointStep.prototype, 'run');
  const toy = createTraining(toyRecipe({ pruning }, { ...PACE, ...training }), dataset);
  while (!toy.done) toy.runEpoch();
  toy.close();
  const steps = run.mock.calls.map(([input], i) => ({ input, result: run.mock.results[i].value as StepResult }));
  run.mockRestore();
  return steps;
}

function expectClose(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(found[i], `step ${i}`).toBeCloseTo(value, 12);
}

const count = Array.from({ length: STEPS }, (_, step) => step);
/** Four steps of warm-up, half a cosine over fifteen. */
const cosine = count.map((step) => Math.min((step + 1) / 4, 1) * 0.5 * (1 + Math.cos((Math.PI * step) / 15)));

test('learning rates of latents and biases follow the cosine and its warm-up, and weight decay that of the latents', () => {
  const inputs = stepsOf({ weightDecay: 0.3 }).map(({ input }) => input);
  const values = (key: 'learningRate' | 'biasLearningRate' | 'weightDecay') => inputs.map((input) => input[key]);
  expectClose(
    values('learningRate'),
    cosine.map((factor) => 0.04 * factor),
  );
  expectClose(
    values('biasLearningRate'),
    cosine.map((factor) => 0.003 * factor),
  );
  expectClose(
    values('weightDecay'),
    cosine.map((factor) => 0.3 * 0.04 * factor),
  );
});

test('the schedule paper follows the mean loss of the steps, on latents and biases alike', () => {
  const steps = stepsOf({ schedule: 'paper', warmup: 0 });
  const losses = steps.map(({ result: { losses: all } }) => all.reduce((sum, loss) => sum + loss, 0) / all.length);
  const factors = [1, 1, 1];
  for (let step = 2; step < STEPS - 1; step++) {
    const [now, before] = [step, step - 1].map((i) => Math.abs(losses[i] - losses[i - 1]));
    factors.push(now > before ? factors[step] * 0.99 : factors[step] / 0.99);
  }
  expectClose(
    steps.map(({ input }) => input.learningRate),
    factors.map((factor) => 0.04 * factor),
  );
  expectClose(
    steps.map(({ input }) => input.biasLearningRate),
    factors.map((factor) => 0.003 * factor),
  );
  expect(new Set(factors).size).toBeGreaterThan(2);
});

test('σ rises by the same factor in every step, from its start towards its end', () => {
  const found = stepsOf({}, { crispness: { from: 2, to: 64 } }).map(({ input }) => input.crispness);
  expectClose(
    found,
    count.map((step) => 2 * 2 ** (step / 3)),
  );
});

test.each([0.98, 0.5, 0])('the average forgets at most as the recipe says, %d, and more at the start', (average) => {
  const found = stepsOf({ average }).map(({ input }) => input.averageDecay);
  expectClose(
    found,
    count.map((step) => Math.min(average, step / (step + 10))),
  );
});

test('an epoch gives every sequence at most once, in another order than the epoch before', () => {
  const batches = stepsOf({}).map(({ input }) => Array.from(input.batch));
  const epochs = Array.from({ length: EPOCHS }, (_, e) =>
    batches.slice(e * STEPS_PER_EPOCH, (e + 1) * STEPS_PER_EPOCH).flat(),
  );
  for (const order of epochs) {
    expect(new Set(order).size).toBe(STEPS_PER_EPOCH * BATCH);
    expect(order.every((index) => index >= 0 && index < 30)).toBe(true);
  }
  expect(new Set(epochs.map(String)).size).toBe(EPOCHS);
  expect(new Set(epochs.flat()).size).toBe(30);
});

test('every step draws from numbers of its own', () => {
  expect(new Set(stepsOf({}).map(({ input }) => input.seed)).size).toBe(STEPS);
});

test('fixed rates are those of every step', () => {
  const rates = [0.3, 0, 0.9];
  for (const { input, result } of stepsOf({}, { rates: { draw: 'fixed', rates } })) {
    expect(input.rates).toEqual(rates);
    expect(result.losses).toHaveLength(3);
  }
});

test('the sandwich is drawn anew in every step: 0, the largest, and between them others', () => {
  const drawn = stepsOf({}, { rates: { draw: 'sandwich', largest: 0.95, between: 2 } }).map(({ input }) => input.rates);
  for (const rates of drawn) expect([rates.length, rates[0], rates[3]]).toEqual([4, 0, 0.95]);
  const between = drawn.flatMap((rates) => rates.slice(1, 3));
  expect(between.every((rate) => rate > 0 && rate < 0.95)).toBe(true);
  expect(new Set(between).size).toBe(2 * STEPS);
});

test('between the ends of the sandwich the logarithm of the share of non-zeros is uniform (Kolmogorov, 1 in 10,000)', () => {
  const many = stepsOf({ epochs: 60 }, { rates: { draw: 'sandwich', largest: 0.99, between: 3 } });
  const places = many.flatMap(({ input }) =>
    input.rates.slice(1, 4).map((rate) => Math.log(1 - rate) / Math.log(0.01)),
  );
  places.sort((a, b) => a - b);
  const apart = Math.max(
    ...places.map((place, i) => Math.max(place - i / places.length, (i + 1) / places.length - place)),
  );
  expect(places).toHaveLength(540);
  expect(apart).toBeLessThan(2.23 / Math.sqrt(540));
});
