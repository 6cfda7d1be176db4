import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { travelling } from '../../../test/support/travelling.js';
import { automaticRecipe } from '../../train/automatic/automatic-recipe.js';
import { JUDGED_RATES, judgeTraining } from '../../train/automatic/judges.js';
import { type RunTrials, searchRecipe } from '../../train/automatic/search-recipe.js';
import type { Recipe } from '../../train/recipe/recipe.js';
import { FolderStore } from '../jobs/node/folder-store.js';
import { createJob } from '../jobs/node/job-key.js';
import { thisMachine } from '../jobs/node/machine.js';
import { performJob } from '../jobs/perform.js';
import { formatResult } from '../jobs/result.js';
import { type ChoiceEvent, chooseRecipe } from './choose-recipe.js';

const folder = mkdtempSync(join(tmpdir(), 'anyrate-trials-'));
afterAll(() => rmSync(folder, { recursive: true }));

const dataset = travelling();

test('the job of a trial answers as the training of a search that does it by itself', async () => {
  const recipe = automaticRecipe(dataset, { steps: 12, split: 'all/validation-2' });
  const job = createJob({ task: 'trial', recipe, method: 'mrmp', rates: JUDGED_RATES }, dataset);
  const { result } = await performJob(job, dataset);
  const answers = await judgeTraining(recipe, dataset, {});
  expect(new Set(answers).size).toBe(2);
  expect(result).toEqual({ job: job.spec, rows: [], hits: answers.map(Number).join('') });
});

/** The recipes that a search trains. */
async function trialsOf(options: { readonly split: string; readonly budget: number }): Promise<readonly Recipe[]> {
  const asked: Recipe[] = [];
  const runTrials: RunTrials = async function* (recipes) {
    asked.push(...recipes);
    for (const _ of recipes) yield [false];
  };
  for await (const _ of searchRecipe(dataset, { data: 'hands', ...options, runTrials }));
  return asked;
}

test('a search that is interrupted keeps its trials, and does none of them again', async () => {
  const options = { data: 'hands', split: 'all', budget: 4 * 200 };
  const store = new FolderStore(folder);
  store.make();
  const jobs = (await trialsOf(options)).map((recipe) =>
    createJob({ task: 'trial', recipe, method: 'mrmp', rates: JUDGED_RATES }, dataset),
  );
  // Two of the four parts of five subjects, of 12 and 6 sequences, each at two rates.
  for (const [i, { key, spec }] of jobs.slice(0, 3).entries()) {
    const text = formatResult({ job: spec, rows: [], hits: '01'.repeat([12, 6][i % 2]) });
    await store.saveResult(key, text, { seconds: 1, machine: thisMachine() });
  }
  const stop = new AbortController();
  const chosen = chooseRecipe(dataset, { ...options, folder, signal: stop.signal, onEvent: () => stop.abort() });
  await expect(chosen).rejects.toThrow(/^Interrupted during the search .*; what its trials trained is in /);
  const events: ChoiceEvent[] = [];
  const recipe = await chooseRecipe(dataset, { ...options, folder, onEvent: (event) => events.push(event) });
  const trained = events.flatMap((event) =>
    event.type === 'trial' && event.trial.judge === 'training' ? [event.trial] : [],
  );
  expect(trained.map(({ total }) => total)).toEqual([36, 36]);
  expect(trained[0].correct).toBe(18);
  const shares = events.flatMap((event) => (event.type === 'trial-progress' ? [event.share] : []));
  expect(shares.slice(0, 2)).toEqual([1, 0.5]); // both trainings of the first trial were kept, and one of the second
  expect(shares.slice(1).toSorted((a, b) => a - b)).toEqual(shares.slice(1));
  expect(shares.at(-1)).toBe(1);
  expect(trained[1].hits.slice(0, 24)).toEqual(trained[0].hits.slice(0, 24));
  expect(jobs.map(({ key }) => store.has(key))).toEqual([true, true, true, true]);
  expect(events.at(-1)).toMatchObject({ type: 'chosen', recipe: { ...recipe } });
}, 60_000);
