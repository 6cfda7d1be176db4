import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { anyrate, interruptAt, write } from './support/cli.js';
import { LAYOUT, makeMoves } from './support/moves.js';

const root = mkdtempSync(join(tmpdir(), 'anyrate-own-'));
afterAll(() => rmSync(root, { recursive: true }));

/** A training of seconds. */
const RECIPE = {
  name: 'r',
  data: 'moves',
  preprocessing: { pose: [{ step: 'resample', frames: 8 }], channels: [{ step: 'positions', chunks: 2 }] },
  network: [{ kind: 'dense', units: 4 }],
  training: { epochs: 1, batch: 4 },
  report: [0],
};

test('each-subject trains one network a subject, and reports the mean', () => {
  const moves = makeMoves(root, 'moves', ['ann', 'bob', 'cem', 'dia']);
  write(root, `${moves}/dataset.json`, JSON.stringify(LAYOUT));
  write(root, 'r.json', JSON.stringify(RECIPE));
  const { code, stderr } = anyrate(
    root,
    'train',
    'r.json',
    '--data',
    moves,
    '--split',
    'each-subject',
    '--out',
    'each',
  );
  expect([code, stderr.match(/subject-\w+ of 4/g)]).toEqual([
    0,
    ['ann', 'bob', 'cem', 'dia'].map((name) => `subject-${name} of 4`),
  ]);
  expect(JSON.parse(readFileSync(join(root, 'each/report.json'), 'utf8'))).toMatchObject({
    split: 'each-subject',
    sequences: 16,
  });
  expect(anyrate(root, 'eval', 'each').stderr).toMatch(
    /each: .* found a run of several folds, each with a model of its own\. Give the folder of one fold, such as each\/subject-ann\./,
  );
});

test('subjects that are called like folders test each in turn, inside the run, in the epochs that were asked for', () => {
  const people: Record<string, string> = { ann: '../../out', bob: '/b', cem: 'c d', dia: '..' };
  const folder = makeMoves(root, 'paths', Object.keys(people));
  const rows = ['push', 'wave'].flatMap((name) =>
    Object.keys(people).flatMap((who) => [1, 2].map((take) => `${name}\\${who}_${take}.json;${people[who]}`)),
  );
  write(root, `${folder}/people.csv`, ['\uFEFFfile;subject', ...rows].join('\r\n'));
  write(root, `${folder}/dataset.json`, '{"layout": "mediapipe-hand", "subject": {"table": "people.csv"}}');
  const before = readdirSync(root);
  const flags = ['--split', 'each-subject', '--budget', '0', '--epochs', '1', '--rates', '0', '--out', 'runs-of-all'];
  const { code, stderr } = anyrate(root, 'train', folder, ...flags);
  expect([code, stderr.match(/epoch 1\/1 /g)]).toEqual([0, ['epoch 1/1 ', 'epoch 1/1 ', 'epoch 1/1 ', 'epoch 1/1 ']]);
  expect(readdirSync(root).filter((name) => !before.includes(name))).toEqual(['runs-of-all']);
  expect(readdirSync(join(root, 'runs-of-all')).filter((name) => name.startsWith('subject-'))).toEqual([
    'subject-%2fb',
    'subject-..',
    'subject-..%2f..%2fout',
    'subject-c d',
  ]);
}, 60_000);

test('Ctrl-C in the search for a recipe ends it in one line, and leaves what its trials trained', async () => {
  const folder = makeMoves(root, 'searched', ['ann', 'bob', 'cem', 'dia', 'eve', 'fay']);
  write(root, `${folder}/dataset.json`, JSON.stringify(LAYOUT));
  const { code, stderr } = await interruptAt(root, /Tried /, 'SIGINT', 'train', folder, '--out', 'stopped');
  expect([code, stderr.trim().split('\n').at(-1)]).toEqual([
    130,
    'Interrupted during the search for a recipe; what its trials trained is in stopped/trials.',
  ]);
  expect(stderr).not.toContain('bug in anyrate');
  expect(readdirSync(join(root, 'stopped'))).toEqual(['trials']);
}, 60_000);
