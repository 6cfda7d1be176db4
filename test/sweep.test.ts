import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runSweep, type SweepEvent } from '../src/node.js';
import { anyrate, makePlayground, write } from './support/cli.js';
import { SWEEP, type SweepOutcome, sweepOutcome, writeSweep } from './support/sweep-rig.js';
import { mountTmpfs, testWith } from './support/tools.js';

const root = makePlayground();
afterAll(() => rmSync(root, { recursive: true }));

const run = (...args: readonly string[]) => anyrate(root, ...args);

const outcomeOf = (folder: string) => sweepOutcome(join(root, folder));

let whole: SweepOutcome;
beforeAll(() => {
  writeSweep(root, 'sweep');
  const { code, stderr } = anyrate(root, 'sweep', 'sweep.json', '--out', 'alone', '--jobs', '1');
  expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringMatching(/^12\/12 .* left$/m) });
  whole = outcomeOf('alone');
});

test('a sweep has a result a job, tables, differences from the first recipe and a page', () => {
  expect(Object.keys(whole.results)).toHaveLength(12);
  const report = JSON.parse(readFileSync(join(root, 'alone/report.json'), 'utf8'));
  expect(report.jobs).toEqual({ wanted: 12, done: 12 });
  expect(report.comparison.series.map(({ title }: { title: string }) => title)).toEqual([
    ...['tiny learningRate=0.05', 'tiny learningRate=0.02', 'tiny learningRate=0.1'],
  ]);
  for (const { rows } of report.comparison.series) expect(rows[0].accuracies).toHaveLength(2);
  for (const { rates } of report.differences) expect(rates[0].pairs).toBe(4);
  expect(whole.report).toMatch(/\| tiny\s+\|\s+0\.\d+ \|/);
  const page = readFileSync(join(root, 'alone/report.html'), 'utf8');
  expect(page).toMatch(/12 of 12 jobs: done.*<svg/s);
  expect(page).not.toMatch(/http-equiv="refresh"|<script|https?:\/\/(?!www\.w3\.org)/);
});

test('a sweep that is done is not cancelled', () => {
  expect(run('sweep', 'cancel', 'alone')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/found one that is done/),
  });
  expect(run('sweep', 'status', 'alone').stdout).toMatch(/done/);
});

test('parts of a sweep, run apart, are brought together by copying', () => {
  for (const part of [1, 2]) {
    const { code, stdout } = run('sweep', 'sweep.json', '--shard', `${part}/2`, '--out', `part${part}`);
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('6 of 12 jobs are done') });
  }
  for (const folder of ['jobs', 'times'])
    cpSync(join(root, 'part2', folder), join(root, 'part1', folder), { recursive: true });
  expect(run('sweep', 'report', 'part1').code).toBe(0);
  expect(outcomeOf('part1')).toEqual(whole);
  rmSync(join(root, 'part1/times'), { recursive: true });
  expect(run('sweep', 'report', 'part1').code).toBe(0);
  expect(outcomeOf('part1')).toEqual(whole);
});

test('the library does the jobs that are missing, and tells of each', async () => {
  const folder = join(root, 'library');
  for (const kept of ['jobs', 'times']) cpSync(join(root, 'alone', kept), join(folder, kept), { recursive: true });
  const [missing] = readdirSync(join(folder, 'jobs'));
  rmSync(join(folder, 'jobs', missing));
  const events: SweepEvent[] = [];
  const { report, failures } = await runSweep(join(root, 'sweep.json'), { folder, onEvent: (e) => events.push(e) });
  expect({ jobs: report.jobs, failures }).toEqual({ jobs: { wanted: 12, done: 12 }, failures: [] });
  expect(events.map(({ type }) => type)).toEqual(['start', ...Array(4).fill('progress'), 'result']);
  expect(sweepOutcome(folder)).toEqual(whole);
});

test('a search chooses on validation sequences alone, and the report says on which', () => {
  const search = { ...SWEEP, name: 'search', splits: ['cross-subject'], search: { eta: 2, least: 1 } };
  const draws = { count: 2, seed: 3, settings: { 'training.labelSmoothing': { uniform: [0, 0.2] } } };
  writeFileSync(
    join(root, 'search.json'),
    JSON.stringify({ ...search, draws, grid: { 'training.learningRate': [0.05, 0.02] } }),
  );
  const { code, stdout } = run('sweep', 'search.json', '--out', 'search', '--json');
  expect(code).toBe(0);
  const { searches, comparison, jobs } = JSON.parse(stdout);
  const [{ rungs, validation, chosen }] = searches;
  expect(validation).toBe('cross-subject/validation-1');
  expect(
    rungs.map(({ epochs, candidates }: { epochs: number; candidates: [] }) => [epochs, candidates.length]),
  ).toEqual([
    ...[
      [1, 4],
      [2, 2],
      [4, 1],
    ],
  ]);
  expect(chosen).toBe(rungs[2].candidates[0].name);
  expect(comparison.series.map(({ title, seeds }: { title: string; seeds: number[] }) => [title, seeds])).toEqual([
    ['chosen by search', [1, 2]],
  ]);
  expect(jobs).toEqual({ wanted: 4 + 2 + 1 + 2, done: 9 });
  const results = Object.values(outcomeOf('search').results).map((text) => JSON.parse(text));
  const searched = results.filter(({ job }) => job.until !== undefined);
  expect(new Set(searched.flatMap(({ rows }) => rows.map(({ split }: { split: string }) => split)))).toEqual(
    new Set([validation]),
  );
  expect(outcomeOf('search').report).toContain('The test part of cross-subject was in none of these trainings');
});

test('other data, and a plan of another revision, are left to others with exit code 2', () => {
  write(root, 'fewer/Simplified/x.txt', '');
  cpSync(join(root, 'data'), join(root, 'fewer'), { recursive: true });
  rmSync(join(root, 'fewer/Simplified/104_18_0_1_1_sit.txt'));
  rmSync(join(root, 'fewer/Simplified/x.txt'));
  mkdirSync(join(root, 'foreign'));
  const plan = JSON.parse(readFileSync(join(root, 'alone/sweep.json'), 'utf8'));
  writeFileSync(join(root, 'foreign/sweep.json'), JSON.stringify(plan));
  const join1 = ['sweep', '--join', 'foreign', '--data'];
  expect(run(...join1, 'fewer')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(
      /^error: fewer: expected the data of the job: irds with fingerprint .* left to others/m,
    ),
  });
  expect(readdirSync(join(root, 'foreign/jobs'))).toEqual([]);
  writeFileSync(join(root, 'foreign/sweep.json'), JSON.stringify({ ...plan, revision: 999 }));
  expect(run(...join1, 'data')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/revision: expected a sweep of trainings of revision \d+, found revision 999/),
  });
});

testWith('tmpfs', 'on a full disk a sweep ends with exit code 2, and goes on when there is room', () => {
  const disk = mountTmpfs(join(root, 'small'), '300k');
  try {
    writeFileSync(join(root, 'small/filler'), Buffer.alloc(290 * 1024));
    const args = ['sweep', 'sweep.json', '--jobs', '1', '--out', 'small/sweep'];
    expect(run(...args)).toMatchObject({ code: 2, stderr: expect.stringMatching(/ENOSPC.*free space/) });
    rmSync(join(root, 'small/filler'));
    expect(run(...args).code).toBe(0);
    expect(outcomeOf('small/sweep')).toEqual(whole);
  } finally {
    disk.unmount();
  }
});

test('a job whose process dies again and again fails alone, and the report says so', () => {
  const method = `{ name: 'dying', title: 'dies', description: 'ends its process', perRate: false, train: () => process.exit(7) }`;
  write(root, 'dying.mjs', `export default ({ registerMethod }) => registerMethod(${method});`);
  const file = { ...SWEEP, name: 'dying', grid: {}, seeds: 1, splits: 'cross-subject', methods: ['dying', 'mrmp'] };
  write(root, 'dying.json', JSON.stringify(file));
  const { code, stderr } = run('--plugin', './dying.mjs', 'sweep', 'dying.json', '--out', 'dying');
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringMatching(/^error: 1 job failed; what is done is kept, .* ended \(code 7\)$/m),
  });
  expect(readFileSync(join(root, 'dying/report.md'), 'utf8')).toMatch(/^\| tiny, MRMP +\| +\d/m);
  expect(readFileSync(join(root, 'dying/report.html'), 'utf8')).toMatch(/1 of 2 jobs: stopped.*Failures.*code 7/s);
  expect(run('sweep', 'status', 'dying').stdout).toMatch(/^Failed: tiny-dying-cross-subject-seed1: .*code 7/m);
});

test.each<[string, object, RegExp]>([
  ['a misspelt key', { ...SWEEP, recipe: ['tiny.json'] }, /sweep-bad\.json, recipe: .*Did you mean "recipes"/],
  [
    'a setting that no recipe has',
    { ...SWEEP, grid: { 'training.learningrat': [1] } },
    /learningrat.*Did you mean "learningRate"/,
  ],
  ['a path into nothing', { ...SWEEP, grid: { 'trainin.epochs': [1] } }, /trainin\.epochs: .*Did you mean "training"/],
  [
    'a layer that is not there',
    { ...SWEEP, grid: { 'network.7.filters': [1] } },
    /network\.7\.filters: expected a key/,
  ],
  [
    'a value that a recipe refuses',
    { ...SWEEP, grid: { 'training.batch': [0] } },
    /batch=0, training\.batch: expected/,
  ],
  ['seeds that are none', { ...SWEEP, seeds: '3-1' }, /seeds from 0 to .* found "3-1"/],
  ['a split that is not there', { ...SWEEP, splits: ['cross-subjec'] }, /Did you mean "cross-subject"/],
  ['a first rung beyond the end', { ...SWEEP, search: { least: 99 } }, /a first rung of at most 4 epochs, found 99/],
  ['the same twice', { ...SWEEP, grid: { 'training.batch': [8, 8] } }, /found "tiny batch=8" twice/],
  [
    'a range the wrong way round',
    { ...SWEEP, draws: { count: 1, settings: { 'training.batch': { uniform: [2, 1] } } } },
    /the smaller number first/,
  ],
])('%s is refused with exit code 2', (_, file, message) => {
  writeFileSync(join(root, 'sweep-bad.json'), JSON.stringify(file));
  const { code, stderr } = run('sweep', 'sweep-bad.json', '--out', 'bad');
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) });
  expect(existsSync(join(root, 'bad'))).toBe(false);
});

test.each<[string, string[], RegExp]>([
  ['neither a file nor a folder', ['sweep'], /expected the file of a sweep, or --join .* found neither/],
  ['a folder without a sweep', ['sweep', 'status', 'data'], /data: expected the folder of a sweep, with a sweep\.json/],
  ['a part beyond the last', ['sweep', 'sweep.json', '--shard', '3/2'], /--shard: expected i\/n/],
])('%s is refused with exit code 2', (_, args, message) => {
  const { code, stderr } = run(...args);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) });
});
