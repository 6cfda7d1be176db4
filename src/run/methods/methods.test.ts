import { describe, expect, test } from 'vitest';
import { toyDataset, toyModel, toyRecipe } from '../../../test/support/toy.js';
import type { Model } from '../../model/model.js';

import { liveWeights } from '../../pruning/cut/live.js';
import { selectionOrder } from '../../pruning/cut/selector.js';
import { nonzerosAt } from '../../runtime/network/rate.js';
import { createTraining } from '../../train/create-training.js';
import type { Recipe } from '../../train/recipe/recipe.js';
import type { Teacher } from '../../train/samples/teacher.js';
import type { Training } from '../../train/training.js';
import { shrunk } from './gradual.js';
import { type Trained, withPruning } from './method.js';
import { methodNamed, methods } from './methods.js';

const dataset = toyDataset();
const recipe = toyRecipe(
  {
    pruning: {
      rates: { draw: 'sandwich', largest: 0.9, between: 1 },
      divergence: { weight: 0 },
      regulariser: { kind: 'l1', weight: 30 },
    },
  },
  { weightDecay: 0.05 },
);
const RATES = [0, 0.5, 0.9];

interface Outcome {
  readonly trained: Trained[];
  readonly trainings: Training[];
  readonly starts: (Model | undefined)[];
  readonly teachers: (Teacher | undefined)[];
}

/** Runs a method on the toy data, as a comparison does. */
async function runMethod(name: string, rates: readonly number[] = RATES, lab: Recipe = recipe): Promise<Outcome> {
  const [trained, trainings]: [Trained[], Training[]] = [[], []];
  const [starts, teachers]: [(Model | undefined)[], (Teacher | undefined)[]] = [[], []];
  const train = async (variant: Recipe, start?: Model, teacher?: Teacher) => {
    const from = { ...(start && { start: start.parameters }), ...(teacher && { teacher }) };
    const training = createTraining(variant, dataset, from);
    while (!training.done) training.runEpoch();
    training.close();
    trainings.push(training);
    starts.push(start);
    teachers.push(teacher);
    return training;
  };
  for await (const each of methodNamed(name).train({ recipe: lab, rates, train })) trained.push(each);
  return { trained, trainings, starts, teachers };
}

const kept = (latents: readonly Float32Array[], least: number) =>
  latents.flatMap((tensor) => Array.from(tensor, (latent) => Math.abs(latent) > least));

describe.each(methods)('$name', ({ name, perRate, trainings: foretold }) => {
  test('gives a network for every rate, each after all epochs and no more', async () => {
    const rates = perRate ? [0.5] : RATES;
    const { trained, trainings, starts } = await runMethod(name, rates);
    expect(trained.flatMap(({ rates: trainedRates }) => trainedRates)).toEqual(rates);
    expect(trainings).toHaveLength(foretold?.(rates) ?? 1);
    const epochs = trainings.map((training) => training.epoch);
    const isOnItsOwn = starts.map((start) => start === undefined);
    const spent =
      trainings.length === 1
        ? epochs
        : epochs.slice(1).map((length, i) => length + (isOnItsOwn[i + 1] ? 0 : epochs[0]));
    expect(new Set(spent)).toEqual(new Set([recipe.training.epochs]));
    for (const { model } of trained) {
      expect(model.parameters.latents.every((tensor) => tensor.every(Number.isFinite))).toBe(true);
    }
  });
});

test('of a recipe that settles, only what is aligned with a prior does', async () => {
  const settling = withPruning(recipe, { settle: true, divergence: { ...recipe.pruning.divergence, weight: 1 } });
  for (const method of methods) {
    const asked: Recipe[] = [];
    const train = async (variant: Recipe) => {
      asked.push(variant);
      throw new Error('asked');
    };
    const training = method.train({ recipe: settling, rates: RATES, train })[Symbol.asyncIterator]().next();
    await expect(training, method.name).rejects.toThrow('asked');
    const { settle, divergence } = asked[0].pruning;
    expect(settle, method.name).toBe(divergence.weight > 0);
  }
});

test('no two methods train the same network', async () => {
  const texts = await Promise.all(
    methods.map(async ({ name }) => {
      const { trained } = await runMethod(name, [0.9]);
      return [...trained[0].model.parameters.latents[0]].join(' ');
    }),
  );
  // mp and mp-ft differ by more than a cut; srmp and mrmp-fixed are the same for a single rate
  expect(new Set(texts).size).toBe(methods.length - 1);
});

test('the same seed gives the same bits', async () => {
  for (const name of ['mp-l0', 'lcs', 'dsnn']) {
    const [first, second] = [await runMethod(name, [0.5]), await runMethod(name, [0.5])];
    expect(first.trained[0].model.parameters.latents).toEqual(second.trained[0].model.parameters.latents);
  }
});

test('fine-tuning keeps exactly the mask of the cut, and moves what it keeps', async () => {
  const { trained, starts } = await runMethod('mp-ft', [0.9]);
  const start = starts[1]!.parameters.latents;
  const tuned = trained[0].model.parameters.latents;
  expect(kept(tuned, 1e-29)).toEqual(kept(start, 0));
  const count = trained[0].model.network.weightCount;
  expect(kept(start, 0).filter(Boolean)).toHaveLength(nonzerosAt(count, 0.9));
  expect(tuned).not.toEqual(start);
});

test('fine-tuning starts with the energy that each tensor had', async () => {
  const { trainings, starts } = await runMethod('mp-ft', [0.5]);
  const energies = (latents: readonly Float32Array[]) =>
    latents.map((tensor) => tensor.reduce((sum, latent) => sum + latent ** 2, 0));
  const dense = energies(trainings[0].model().parameters.latents);
  for (const [t, energy] of energies(starts[1]!.parameters.latents).entries()) {
    expect(energy / dense[t]).toBeCloseTo(1, 4);
  }
});

test('mrmp-effective keeps weights of the network of mrmp that can all influence an answer', async () => {
  const [{ model: whole }] = (await runMethod('mrmp')).trained;
  const all = whole.parameters.latents.flatMap((tensor) => [...tensor]);
  const { trained } = await runMethod('mrmp-effective');
  for (const { model, rates } of trained) {
    const latents = model.parameters.latents.flatMap((tensor) => [...tensor]);
    const count = latents.filter((latent) => latent !== 0).length;
    const budget = nonzerosAt(all.length, rates[0]);
    expect(count).toBeLessThanOrEqual(budget);
    expect(count).toBeGreaterThan(budget * 0.9);
    expect(liveWeights(model).effective).toBe(count);
    expect(latents.every((latent, i) => latent === 0 || latent === all[i])).toBe(true);
  }
});

test('a soft threshold takes the largest magnitude that is left out off all that is kept', () => {
  // magnitudes 1, 2, 3 … of alternating signs: half of them are above n / 2, and become 1, 2, 3 …
  let next = 0;
  const model = toyModel(() => ++next * (next % 2 === 0 ? 1 : -1));
  const half = model.network.weightCount / 2;
  const latents = shrunk(model, 0.5).parameters.latents.flatMap((tensor) => [...tensor]);
  expect(latents).toHaveLength(2 * half);
  expect(latents.slice(0, half).every((latent) => latent === 0)).toBe(true);
  expect(latents.slice(half)).toEqual(
    Array.from({ length: half }, (_, i) => (i + 1) * ((half + i + 1) % 2 === 0 ? 1 : -1)),
  );
});

test.each([
  ['gmp', 'gradual', 'hard', 2],
  ['ac-dc', 'alternating', 'project', 2],
  ['probmask', 'gradual', 'probabilities', 2],
  ['str', 'gradual', 'shrink', 4],
])(
  '%s draws its rate as %s, under the mask %s, at %d times the learning rate, without curves',
  async (name, draw, mask, pace) => {
    const [training] = (await runMethod(name, [0.8])).trainings;
    expect(training.recipe.pruning.rates).toMatchObject({ draw, rate: 0.8 });
    expect(training.recipe.training.learningRate).toBe(pace * recipe.training.learningRate);
    expect(training.recipe.pruning).toMatchObject({ mask, gain: 'none', knots: 1, paths: false });
  },
);

test('gmp-distil trains a dense network first, whose answers are half of what each rate learns from', async () => {
  const { trained, trainings, starts, teachers } = await runMethod('gmp-distil', [0.5, 0.9]);
  expect(trained.map(({ rates }) => rates)).toEqual([[0.5], [0.9]]);
  expect(starts).toEqual([undefined, undefined, undefined]);
  expect(teachers.map((teacher) => teacher?.share)).toEqual([undefined, 0.5, 0.5]);
  const [dense, first, second] = trainings;
  expect(dense.recipe.pruning.rates).toEqual({ draw: 'fixed', rates: [0] });
  expect(teachers[2]!.model.parameters.latents).toEqual(dense.model().parameters.latents);
  expect([first, second].map(({ recipe: { pruning } }) => pruning.rates)).toMatchObject([
    { draw: 'gradual', rate: 0.5 },
    { draw: 'gradual', rate: 0.9 },
  ]);
  const untaught = createTraining(second.recipe, dataset);
  while (!untaught.done) untaught.runEpoch();
  untaught.close();
  expect(second.model().parameters.latents).not.toEqual(untaught.model().parameters.latents);
});

test('a line has another network at each rate', async () => {
  const { trained } = await runMethod('lcs');
  const orders = trained.map(({ model }) => selectionOrder(model).join(' '));
  expect(new Set(orders).size).toBe(RATES.length);
});

test('an unknown method is refused with a suggestion', () => {
  expect(() => methodNamed('srpm')).toThrow(/Did you mean "srmp"/);
});

test.each([
  ['mrmp', 'threshold'],
  ['mrmp-gaussian', 'latent'],
  ['mrmp-unaligned', 'latent'],
  ['probmask', 'latent'],
])('of a recipe whose σ is relative to the threshold, that of %s is of %s', async (name, crispnessOf) => {
  const { trainings } = await runMethod(name, [0.5], withPruning(recipe, { crispnessOf: 'threshold' }));
  expect(trainings.map((training) => training.recipe.pruning.crispnessOf)).toEqual(trainings.map(() => crispnessOf));
});

test.each([
  ['mrmp', [0.05]],
  ['mrmp-unaligned', [0]],
  ['mrmp-gaussian', [0]],
  ['mrmp-prior', [0]],
  ['mp', [0.1]],
  ['gmp', [0.1, 0.1, 0.1]],
  ['mp-ft', [0.1, 0.05, 0.05, 0.05]],
  ['mp-l1', [0.05, 0.05, 0.05, 0.05]],
])('the trainings of %s have weight decays of %o', async (name, weightDecays) => {
  const { trainings } = await runMethod(name);
  expect(trainings.map((training) => training.recipe.training.weightDecay)).toEqual(weightDecays);
});
