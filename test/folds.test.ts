import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { anyrate, makePlayground, startAnyrate } from './support/cli.js';

const root = makePlayground();
afterAll(() => rmSync(root, { recursive: true }));

const FOLDS = ['subject-101', 'subject-102', 'subject-104', 'subject-106'];

/** Models and reports of all folds, and the mean. */
function outcomeOf(run: string): string[] {
  const files = FOLDS.flatMap((fold) =>
    ['model.anyrate', 'report.json', 'recipe.json'].map((file) => join(fold, file)),
  );
  return [...files, 'report.json'].map((file) => readFileSync(join(root, run, file)).toString('base64'));
}

test('folds at the same time, in processes of their own, are those of one after the other', () => {
  const args = ['train', 'tiny.json', '--split', 'each-subject', '--calibrate', '--threads', '1', '--json', '--out'];
  const [one, two] = [anyrate(root, ...args, 'one'), anyrate(root, ...args, 'two', '--jobs', '2')];
  expect([one.code, two.code]).toEqual([0, 0]);
  expect(outcomeOf('two')).toEqual(outcomeOf('one'));
  const facts = (text: string) =>
    JSON.parse(text, (key, value) => (key === 'seconds' || key === 'run' ? undefined : value));
  expect(facts(two.stdout)).toEqual(facts(one.stdout));
  expect(readdirSync(join(root, 'two/jobs'))).toHaveLength(FOLDS.length);
}, 180_000);

test('they can be interrupted, and resumed to the same models', async () => {
  const { child, outcome } = startAnyrate(root, [
    ...['train', 'tiny.json', '--split', 'each-subject', '--calibrate', '--jobs', '2', '--out', 'broken'],
  ]);
  child.stderr?.once('data', () => child.kill('SIGINT'));
  expect(await outcome).toMatchObject({ code: 130, stderr: expect.stringMatching(/train --resume broken/) });
  expect(anyrate(root, 'train', '--resume', 'broken', '--jobs', '2').code).toBe(0);
  expect(outcomeOf('broken')).toEqual(outcomeOf('one'));
}, 180_000);
