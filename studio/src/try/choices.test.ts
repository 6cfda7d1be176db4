import { createTraining, encodeModel, layoutNamed, parseRecipe, searchRecipe } from 'anyrate/browser';
import { expect, test } from 'vitest';
import { handClips } from '../../test/clips.js';
import type { Clip } from '../clip.js';
import { EMPTY_PROJECT, type ProjectData } from '../project.js';
import { clipIdOf } from '../project-files.js';
import { datasetOf } from '../train/train.js';
import { choicesOf } from './choices.js';
import { confidenceOf } from './sureness-choice.js';

/** Hands of three people; what they call "grow" is ordinary motion here, in pieces of a second, each after the one before. */
function project(): ProjectData {
  const order = (a: Omit<Clip, 'id'>, b: Omit<Clip, 'id'>) =>
    a.person.localeCompare(b.person) || a.label.localeCompare(b.label);
  const clips = handClips(3, 4)
    .toSorted(order)
    .map((clip, i): Clip => ({ ...clip, id: String(i + 1).padStart(4, '0') }));
  const facts = { layout: layoutNamed('mediapipe-hand'), unit: 'image', classes: ['wave', 'nod', 'circle', 'grow'] };
  return { project: { ...EMPTY_PROJECT, ...facts, nothing: ['grow'] }, clips };
}

test('the surer a stream must be, the fewer alarms and the more movements are missed; the motion of testers comes first', async () => {
  const data = project();
  const dataset = await datasetOf(data);
  let model = new Uint8Array();
  for await (const event of searchRecipe(dataset, { name: 'x', split: dataset.splits[0].name, budget: 0, seed: 1 })) {
    if (event.type === 'trial') continue;
    const training = createTraining(parseRecipe(event.recipe, 'automatic', { epochs: 3 }), dataset);
    while (!training.done) training.runEpoch();
    model = encodeModel(training.model()) as typeof model;
    training.close();
  }
  const tested = dataset.splits[0].test.map((index) => clipIdOf(dataset.samples[index].id));
  const testers = new Set(data.clips.filter(({ id }) => tested.includes(id)).map(({ person }) => person)).size;
  const choices = await choicesOf({ data, model, rate: 0, tested });
  expect(choices.isNew).toBe(true);
  expect(choices.seconds).toBeCloseTo((testers * (4 * 20 - 1)) / 20, 6);
  const { rows } = choices;
  expect(rows.length).toBeGreaterThan(9);
  expect(rows[0].missed).toBeLessThanOrEqual(rows.at(-1)!.missed);
  expect(rows[0].alarms).toBeGreaterThanOrEqual(rows.at(-1)!.alarms!);
  const others = tested.filter((id) => data.clips.find((clip) => clip.id === id)!.label !== 'grow');
  expect(await choicesOf({ data, model, rate: 0, tested: others })).toMatchObject({ isNew: false });
  const without = { ...data, clips: data.clips.filter(({ label }) => label !== 'grow') };
  const uncounted = await choicesOf({ data: without, model, rate: 0, tested: others });
  expect([uncounted.seconds, uncounted.rows[0].alarms, confidenceOf(uncounted)]).toEqual([0, undefined, undefined]);
});

test('with at most one alarm a minute what misses least; else the surest', () => {
  const choices = (alarms: number[]) => ({
    rows: alarms.map((count, i) => ({ confidence: (i + 1) / 10, alarms: count, missed: i / 10 })),
    seconds: 60,
    isNew: true,
  });
  expect(confidenceOf(choices([8, 0.5, 0]))).toBe(0.2);
  expect(confidenceOf(choices([8, 7, 6]))).toBe(0.3);
  expect(confidenceOf(undefined)).toBeUndefined();
});
