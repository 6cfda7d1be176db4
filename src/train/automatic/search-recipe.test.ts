import { expect, test } from 'vitest';
import { toyDataset } from '../../../test/support/toy.js';
import { Random } from '../../core/random.js';
import type { Dataset, Sample } from '../../data/dataset.js';
import { defineLayout, sameJoint } from '../../skeleton/layouts/define.js';
import { automaticRecipe } from './automatic-recipe.js';
import { type SearchEvent, type SearchOptions, searchRecipe, searchTable } from './search-recipe.js';

async function search(dataset: Dataset, options: SearchOptions): Promise<SearchEvent[]> {
  const events: SearchEvent[] = [];
  for await (const event of searchRecipe(dataset, options)) events.push(event);
  return events;
}

const hands = toyDataset(60);

test('without a budget for trainings, the inputs alone are judged, the first guess among them', async () => {
  const events = await search(hands, { budget: 0, seed: 4 });
  const trials = events.flatMap((event) => (event.type === 'trial' ? [event.trial] : []));
  expect(trials.map(({ choices: { direction, origin } }) => [direction, origin])).toEqual([
    ['recorded', 'fixed'],
    ['recorded', 'moving'],
    ['body', 'moving'],
  ]);
  for (const { judge, total, steps } of trials) expect([judge, total, steps]).toEqual(['kernel', 45, 0]);
  const last = events.at(-1);
  if (last?.type !== 'chosen') throw new Error('no choice');
  expect(last.rounds).toEqual([{ trials, best: trials.find(({ choices }) => choices === last.choices) }]);
  expect(last.recipe).toEqual(automaticRecipe(hands, { seed: 4, choices: last.choices }));
  expect(await search(hands, { budget: 0, seed: 4 })).toEqual(events);
  const [, , ...lines] = searchTable(last.rounds).split('\n');
  expect(lines.map((line) => line.split('|')[1].trim())).toEqual(['recorded', 'recorded', 'body']);
  expect(lines.filter((line) => line.endsWith('|  yes  |'))).toHaveLength(1);
});

const pointer = defineLayout({
  name: 'pointer',
  joints: [
    ['Wrist', undefined],
    ['Knuckle', 'Wrist'],
    ['Tip', 'Knuckle'],
    ['Thumb', 'Wrist'],
  ],
  anchors: { root: ['Wrist'], top: ['Knuckle'], left: ['Thumb'], right: ['Tip'] },
  opposite: sameJoint,
});

/** Hands that are alike but for where the wrist goes: left in one class, right in the other. */
function travelling(): Dataset {
  const random = new Random(3);
  const samples = Array.from({ length: 40 }, (_, i): Sample => {
    const positions = Float32Array.from({ length: 8 * 12 }, (_, at) => {
      const path = at % 3 === 0 ? (i % 2 ? 0.1 : -0.1) * Math.floor(at / 12) : 0;
      return Math.sin(at % 12) + path + 0.1 * random.normal();
    });
    return { id: `${i}`, label: i % 2, subject: `s${i % 5}`, frames: 8, persons: 1, joints: 4, positions };
  });
  const indices = [...samples.keys()];
  const split = { name: 'all', description: '', train: indices.slice(0, 30), test: indices.slice(30) };
  return { ...hands, layout: pointer, samples, classes: ['left', 'right'], splits: [split] };
}

test('a path that tells the classes is kept, and seen where the origin moves with the hand to be lost', async () => {
  const events = await search(travelling(), { budget: 0 });
  const accuracies = events.flatMap((event) => (event.type === 'trial' ? [event.trial.accuracy] : []));
  expect(accuracies[0]).toBe(1);
  expect(accuracies[1]).toBeLessThan(0.8);
  expect(events.at(-1)).toMatchObject({ choices: { origin: 'fixed' } });
});

test('the budget is shared by the trainings, on two validation parts each', async () => {
  const options = { budget: 4 * 200, seed: 2 };
  const events = await search(travelling(), options);
  const trained = events.flatMap((event) =>
    event.type === 'trial' && event.trial.judge === 'training' ? [event.trial] : [],
  );
  expect(trained.map(({ choices }) => choices.rotations)).toEqual(['small', 'large']);
  // Two of the four parts of five subjects, of 12 and 6 sequences, each at two rates.
  for (const { steps, total } of trained) expect([steps, total]).toEqual([400, 36]);
}, 60_000);

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
