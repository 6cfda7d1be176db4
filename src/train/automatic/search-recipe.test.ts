import { expect, test } from 'vitest';
import { toyDataset } from '../../../test/support/toy.js';
import { shaking, travelling } from '../../../test/support/travelling.js';
import type { Dataset } from '../../data/dataset.js';
import type { Recipe } from '../recipe/recipe.js';
import { automaticRecipe } from './automatic-recipe.js';
import { type RunTrials, type SearchEvent, type SearchOptions, searchRecipe } from './search-recipe.js';
import { searchTable } from './search-table.js';

async function search(dataset: Dataset, options: SearchOptions): Promise<SearchEvent[]> {
  const events: SearchEvent[] = [];
  for await (const event of searchRecipe(dataset, options)) events.push(event);
  return events;
}

const hands = toyDataset(60);

test('without a budget for trainings, the inputs alone are judged, the first guess among them', async () => {
  const events = await search(hands, { budget: 0, seed: 4 });
  const trials = events.flatMap((event) => (event.type === 'trial' ? [event.trial] : []));
  expect(trials.map(({ choices: { direction, origin, chunks } }) => [direction, origin, chunks])).toEqual([
    ['recorded', 'fixed', 4],
    ['recorded', 'moving', 4],
    ['body', 'moving', 4],
    ['recorded', 'fixed', 8],
    ['recorded', 'moving', 8],
    ['body', 'moving', 8],
  ]);
  for (const { judge, total, steps } of trials) expect([judge, total, steps]).toEqual(['kernel', 45, 0]);
  const last = events.at(-1);
  if (last?.type !== 'chosen') throw new Error('no choice');
  expect(last.rounds).toEqual([{ trials, best: trials.find(({ choices }) => choices === last.choices) }]);
  expect(last.recipe).toEqual(automaticRecipe(hands, { seed: 4, choices: last.choices }));
  expect(await search(hands, { budget: 0, seed: 4 })).toEqual(events);
  const [head, , ...lines] = searchTable(last.rounds).split('\n');
  expect(head.split('|').map((title) => title.trim())).toEqual(
    ['', 'direction', 'origin', 'parts', 'judged by', 'validation', 'taken', ''], // all else is the same
  );
  const directions = ['recorded', 'recorded', 'body'];
  expect(lines.map((line) => line.split('|')[1].trim())).toEqual([...directions, ...directions]);
  expect(lines.filter((line) => line.endsWith('|  yes  |'))).toHaveLength(1);
});

test('a path that tells the classes is kept, and seen where the origin moves with the hand to be lost', async () => {
  const events = await search(travelling(), { budget: 0 });
  const accuracies = events.flatMap((event) => (event.type === 'trial' ? [event.trial.accuracy] : []));
  expect(accuracies[0]).toBe(1);
  expect(accuracies[1]).toBeLessThan(0.8);
  expect(events.at(-1)).toMatchObject({ choices: { origin: 'fixed' } });
});

test('a movement that four parts of the time do not show is seen in eight', async () => {
  const events = await search(shaking(), { budget: 0 });
  const trials = events.flatMap((event) => (event.type === 'trial' ? [event.trial] : []));
  const accuracies = (chunks: number) =>
    trials.filter(({ choices }) => choices.chunks === chunks).map(({ accuracy }) => accuracy);
  expect(accuracies(4)[0]).toBeLessThan(0.8);
  expect(accuracies(8)[0]).toBe(1);
  expect(events.at(-1)).toMatchObject({ choices: { origin: 'fixed', chunks: 8 } });
});

test('the budget is shared by the trainings, on two validation parts each, which anybody may do', async () => {
  const asked: (readonly Recipe[])[] = [];
  const runTrials: RunTrials = async function* (recipes) {
    asked.push(recipes);
    for (const _ of recipes) yield Array.from({ length: 18 }, () => asked.length > 1);
  };
  const events = await search(travelling(), { budget: 4 * 200, seed: 2, runTrials });
  const trained = events.flatMap((event) =>
    event.type === 'trial' && event.trial.judge === 'training' ? [event.trial] : [],
  );
  expect(trained.map(({ choices, steps, correct, total }) => [choices.rotations, steps, correct, total])).toEqual([
    ['small', 400, 0, 36],
    ['large', 400, 36, 36],
  ]);
  expect(asked.map((recipes) => recipes.map(({ split, seed }) => [split, seed]))).toEqual([
    [1, 2].map((part) => [`all/validation-${part}`, 2]),
    [1, 2].map((part) => [`all/validation-${part}`, 2]),
  ]);
  expect(events.at(-1)).toMatchObject({ choices: { rotations: 'large' } });
});

test.each([
  { answers: 50, steps: 1000 },
  { answers: 49, steps: 3000 },
])(
  'short trainings without a mistake in 2 · $answers answers leave nothing to try, and $steps steps',
  async ({ answers, steps }) => {
    let trainings = 0;
    const runTrials: RunTrials = async function* (recipes) {
      trainings += recipes.length;
      for (const _ of recipes) yield Array.from({ length: answers }, () => true);
    };
    const chosen = (await search(travelling(), { runTrials })).at(-1);
    if (chosen?.type !== 'chosen') throw new Error('no choice');
    expect([trainings, chosen.choices.rotations]).toEqual([2, 'small']);
    expect(chosen.recipe).toEqual(automaticRecipe(travelling(), { steps, choices: chosen.choices }));
  },
);

test('a search that is aborted ends with the reason', async () => {
  const controller = new AbortController();
  controller.abort(new Error('enough'));
  await expect(search(hands, { budget: 800, signal: controller.signal })).rejects.toThrow('enough');
});

test('too few sequences are not divided again: the rules decide', async () => {
  const few = { ...hands, splits: [{ ...hands.splits[0], train: hands.splits[0].train.slice(0, 15) }] };
  const events = await search(few, {});
  expect(events).toEqual([{ type: 'chosen', recipe: automaticRecipe(few), choices: expect.anything(), rounds: [] }]);
});

test('families are compared where that is asked for, in longer trainings than rotations, of whole networks alone', async () => {
  const asked: (readonly Recipe[])[] = [];
  const runTrials: RunTrials = async function* (recipes) {
    asked.push(recipes);
    for (const { network } of recipes) yield Array.from({ length: 18 }, (_, i) => network.length > 1 && i < 9); // 9 at rate 0
  };
  const last = (await search(travelling(), { budget: 4 * 200, family: 'both', runTrials })).at(-1);
  if (last?.type !== 'chosen') throw new Error('no choice');
  expect(asked.map(([{ network }]) => network.at(-1)?.kind)).toEqual(
    ['graph-convolution', 'graph-convolution', 'graph-convolution', 'pool'], // two rotations, then two families
  );
  expect(asked.map(([{ pruning }]) => pruning.rates.draw)).toEqual(['sandwich', 'sandwich', 'fixed', 'fixed']);
  expect(last.rounds.at(-1)?.trials.map(({ steps, correct }) => [steps, correct])).toEqual([
    [800, 0],
    [800, 18],
  ]);
  expect(last.choices.family).toBe('over-time');
  expect(last.recipe).toEqual(automaticRecipe(travelling(), { choices: last.choices }));
  expect(searchTable(last.rounds)).toMatch(/\| over-time +\| 800 steps +\| +100.0 % \| +yes/);
});

test.each([
  { sequences: 200, right: 47, whole: 23, tried: true },
  { sequences: 200, right: 47, whole: 24, tried: false },
  { sequences: 200, right: 48, whole: 23, tried: false },
  { sequences: 199, right: 47, whole: 23, tried: false },
])(
  'a network over time is tried of 200 training sequences or more where one block has fewer than 95 % of 50, and whole of 25: $sequences, $right, $whole',
  async ({ sequences, right, whole, tried }) => {
    const all = travelling();
    const train = Array.from({ length: sequences }, (_, i) => all.splits[0].train[i % all.splits[0].train.length]);
    const dataset = { ...all, splits: [{ ...all.splits[0], train }] };
    const kinds = new Set<string | undefined>();
    const runTrials: RunTrials = async function* (recipes) {
      for (const { network, pruning } of recipes) {
        kinds.add(network.at(-1)?.kind);
        const isRight = (i: number) => (pruning.rates.draw === 'fixed' ? i < whole : i < right);
        yield Array.from({ length: 50 }, (_, i) => isRight(i));
      }
    };
    const last = (await search(dataset, { runTrials })).at(-1);
    expect(kinds.has('pool')).toBe(tried);
    expect(last).toMatchObject({ choices: { rotations: 'small' } });
    expect(last).not.toMatchObject({ choices: { family: 'over-time' } }); // no better
  },
);

test('of recordings of one frame no network over time is tried', async () => {
  const all = travelling();
  const samples = all.samples.map((sample) => ({ ...sample, frames: 1, positions: sample.positions.slice(0, 12) }));
  const kinds: (string | undefined)[] = [];
  const runTrials: RunTrials = async function* (recipes) {
    for (const { network } of recipes) {
      kinds.push(network.at(-1)?.kind);
      yield [false, false];
    }
  };
  await search({ ...all, samples }, { budget: 4 * 200, family: 'both', runTrials });
  expect(kinds).toEqual(Array.from({ length: 4 }, () => 'graph-convolution')); // two parts for each of two rotations
});

test('a network over time that is asked for is not tried against another', async () => {
  const runTrials: RunTrials = () => {
    throw new Error('a training');
  };
  const last = (await search(hands, { family: 'over-time', runTrials })).at(-1);
  expect(last).toMatchObject({ choices: { family: 'over-time' }, recipe: { pruning: { ramp: 0.6 } } });
  const few = { ...hands, splits: [{ ...hands.splits[0], train: hands.splits[0].train.slice(0, 15) }] };
  const [chosen] = await search(few, { family: 'over-time' });
  expect(chosen).toMatchObject({ choices: { family: 'over-time' }, recipe: { pruning: { ramp: 0.6 } } });
  await expect(search(hands, { family: 'deep' as never })).rejects.toThrow(/family: expected .*one-block/);
});
