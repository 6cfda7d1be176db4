import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { built } from './support/built.js';
import { anyrate, makePlayground, write } from './support/cli.js';

const root = makePlayground();
afterAll(() => rmSync(root, { recursive: true }));

const RECORDING = 'data/Simplified/101_18_1_2_1_sit.txt';
const evaluate = (...args: readonly string[]) => anyrate(root, 'eval', 'run', ...args);
const json = (...args: readonly string[]) => JSON.parse(evaluate(...args, '--json').stdout);

/** Answers at once, so that something is found in a short recording. */
const EAGER = JSON.stringify({ window: 0.5, least: 0, confidence: 0, spotting: { enter: 0.02, leave: 0.01, lag: 0 } });
const eager = ['--recognizer', EAGER, '--rates', '0'];

let classes: string[];
beforeAll(() => {
  anyrate(root, 'train', 'tiny.json', '--out', 'run');
  classes = JSON.parse(anyrate(root, 'data', 'info', 'data', '--json').stdout).classes.map(
    (one: { name: string }) => one.name,
  );
});

/** Frames as JSON lines: 25 joints x 3 numbers a line. */
function lines(): string[] {
  const { frames } = JSON.parse(anyrate(root, 'predict', 'run', RECORDING, '--json').stdout)[0];
  const numbers = readFileSync(join(root, RECORDING), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(/[,\s]+/).map(Number));
  return numbers.slice(-frames).map((row) => JSON.stringify(row.slice(-75)));
}

test('movements of a recording are listed, and the same are found in its frames from standard input', () => {
  const { streams, rates } = json('--stream', RECORDING, ...eager);
  expect(streams).toEqual([{ id: '101_18_1_2_1_sit.txt', seconds: expect.any(Number) }]);
  const [{ rate, movements, score }] = rates;
  expect([rate, score, movements[0].length > 0]).toEqual([0, undefined, true]);
  const { stdout } = spawnSync(
    process.execPath,
    [fileURLToPath(built('cli/main.js')), 'eval', 'run', '--stream', '-', ...eager, '--json'],
    { cwd: root, encoding: 'utf8', input: lines().join('\n') },
  );
  expect(JSON.parse(stdout).rates[0].movements).toEqual(movements);
  expect(evaluate('--stream', RECORDING, ...eager).stdout).toContain('known after');
});

test('against a table they are judged, with a picture', () => {
  const [{ movements }] = json('--stream', RECORDING, ...eager).rates;
  const [{ name, start, end }] = movements[0];
  write(root, 'truth.csv', `file,start,end,class\n101_18_1_2_1_sit.txt,${start},${end + 0.1},${name}\n`);
  const table = [
    '--stream',
    RECORDING,
    '--segments',
    'truth.csv',
    '--unit',
    'seconds',
    '--protocol',
    'start',
    ...eager,
  ];
  const { rates, pictures } = json(...table, '--svg', 'seen');
  expect(rates[0].score).toMatchObject({ segments: 1, found: 1, falsePositives: movements[0].length - 1 });
  expect(rates[0].movements[0][0].isFound).toBe(true);
  expect(pictures).toEqual(['seen/stream-0.svg']);
  expect(readFileSync(join(root, pictures[0]), 'utf8')).toContain('1 of 1 segments found');
  expect(evaluate(...table).stdout).toMatch(/1 stream, 0\.0 minutes, protocol start\n[\s\S]*\| *0 \| +1 of 1 \|/);
});

test.each([
  ['a table without a unit', ['--segments', 'truth.csv'], /--segments: expected --unit frames or seconds/],
  [
    'options that are no JSON',
    ['--recognizer', 'window=2'],
    /--recognizer: expected options as an object in JSON, found window=2\. Write it as /,
  ],
  [
    'an option that does not exist',
    ['--recognizer', '{"windows": 2}'],
    /--recognizer, options: expected nothing but window, step, .*found "windows"\. Did you mean "window"\?/,
  ],
  [
    'a threshold that does not exist',
    ['--recognizer', '{"spotting": {"entre": 0.5}}'],
    /--recognizer, spotting: expected nothing but enter, .*Did you mean "enter"\?/,
  ],
  [
    'options that are a list',
    ['--recognizer', '[2]'],
    /--recognizer: expected options as an object in JSON, found \[2\]\. Write it as /,
  ],
  ['thresholds that exclude everything', ['--recognizer', '{"spotting": {"leave": 2}}'], /spotting/],
  ['--unknown beside it', ['--unknown', 'data'], /--unknown: expected no --stream with it/],
])('%s is refused in a line', (_, args, message) => {
  const { code, stderr, stdout } = evaluate('--stream', RECORDING, ...args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(message);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('of the folder that a model was trained on, recordings are taken that test', () => {
  const frames = (first: number) =>
    Array.from({ length: 60 }, (_, t) =>
      Array.from({ length: 25 }, (_, i) => [i, Math.sin(i + (t + first) / 4), t % 7]),
    );
  const rows = ['a', 'b', 'c'].flatMap((name) => [`${name},5,20,wave,${name}`, `${name},35,50,clap,${name}`]);
  for (const [i, name] of ['a', 'b', 'c'].entries()) {
    write(
      root,
      `days/${name}.json`,
      JSON.stringify({ layout: 'kinect-v2', framesPerSecond: 20, frames: frames(i * 9) }),
    );
  }
  write(root, 'days/rows.csv', `file,start,end,class,subject\n${rows.join('\n')}\n`);
  const segments = { table: 'rows.csv', unit: 'frames', between: 'nothing' };
  const split = (...subjects: readonly string[]) => ({ name: subjects.join('-'), test: { subjects } });
  write(root, 'days/dataset.json', JSON.stringify({ segments, splits: [split('b', 'c'), split('a')] }));
  const trained = anyrate(root, 'train', 'days', '--budget', '0', '--epochs', '1', '--out', 'days-run');
  expect(trained.code, trained.stderr).toBe(0);
  const recipe = JSON.parse(readFileSync(join(root, 'days-run/recipe.json'), 'utf8'));
  expect(recipe.augmentation[0]).toEqual({ step: 'windows', each: 4, length: 1, share: 0.6 });
  const streamsOf = (...args: readonly string[]) => {
    const { stdout } = anyrate(root, 'eval', 'days-run', '--stream', 'days', '--rates', '0', '--json', ...args);
    return JSON.parse(stdout).streams;
  };
  expect(streamsOf().map(({ id }: { id: string }) => id)).toEqual(['b.json', 'c.json']);
  expect(streamsOf('--split', 'a')).toEqual([
    {
      id: 'a.json',
      seconds: 3,
      segments: [
        { label: expect.any(Number), name: 'wave', start: 0.25, end: 1.05 },
        { label: expect.any(Number), name: 'clap', start: 1.75, end: 2.55 },
      ],
    },
  ]);
});

test('a class that the model does not know is refused, and flags of streams without one', () => {
  write(root, 'odd.csv', 'file,start,end,class\n101_18_1_2_1_sit,0,3,juggle\n');
  expect(evaluate('--stream', RECORDING, '--segments', 'odd.csv', '--unit', 'frames').stderr).toMatch(
    new RegExp(`odd.csv: expected a class of the model: ${classes[0]}.*found "juggle"`),
  );
  expect(evaluate('--fps', '20').stderr).toContain('--fps: expected --stream with it, found none. Pass --stream.');
});
