import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { anyrate, interruptAt, makePlayground } from './support/cli.js';

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

test('they can be interrupted and resumed, one after the other or at the same time: none that is done is trained again', async () => {
  const args = ['train', 'tiny.json', '--split', 'each-subject', '--calibrate', '--threads', '1', '--out', 'broken'];
  const first = await interruptAt(root, /^subject-102 of 4$/m, 'SIGINT', ...args);
  const message = /1 of 4 folds are done; .* --resume broken/;
  expect(first).toMatchObject({ code: 130, stderr: expect.stringMatching(message) });
  const model = join(root, 'broken/subject-101/model.anyrate');
  const before = statSync(model).mtimeMs;
  const second = await interruptAt(
    root,
    /^subject-102 begins$/m,
    'SIGINT',
    'train',
    '--resume',
    'broken',
    '--jobs',
    '2',
  );
  expect(second).toMatchObject({ code: 130, stderr: expect.stringMatching(message) });
  expect(anyrate(root, 'train', '--resume', 'broken').code).toBe(0);
  expect(statSync(model).mtimeMs).toBe(before);
  expect(outcomeOf('broken')).toEqual(outcomeOf('one'));
}, 180_000);
