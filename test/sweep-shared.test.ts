// What several processes do with the folder of one sweep: share it, are killed, are told to stop.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Random } from '../src/core/random.js';
import { anyrate, interruptAt, makePlayground, startAnyrate } from './support/cli.js';
import { type SweepOutcome, sweepOutcome, writeSweep } from './support/sweep-rig.js';

const root = makePlayground();
afterAll(() => rmSync(root, { recursive: true }));

const run = (...args: readonly string[]) => anyrate(root, ...args);
const outcomeOf = (folder: string) => sweepOutcome(join(root, folder));

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await setTimeout(20);
}

let whole: SweepOutcome;
beforeAll(() => {
  writeSweep(root, 'sweep');
  expect(run('sweep', 'sweep.json', '--out', 'alone', '--jobs', '1').code).toBe(0);
  whole = outcomeOf('alone');
});

test('two that start the same sweep and one that joins, with its clock an hour ahead, give the same bytes', async () => {
  writeFileSync(join(root, 'ahead.mjs'), 'const now = Date.now; Date.now = () => now() + 3_600_000;');
  const start = ['sweep', 'sweep.json', '--out', 'shared', '--jobs', '1'];
  const both = [startAnyrate(root, start), startAnyrate(root, start)];
  await until(() => existsSync(join(root, 'shared/sweep.json')));
  const joining = ['sweep', '--join', 'shared', '--data', 'data', '--jobs', '1'];
  const third = startAnyrate(root, joining, { NODE_OPTIONS: `--import ${join(root, 'ahead.mjs')}` });
  const ends = await Promise.all([...both, third].map(({ outcome }) => outcome));
  expect(ends.map(({ code, stderr }) => ({ code, failed: /error:.*/.exec(stderr)?.[0] }))).toEqual(
    ends.map(() => ({ code: 0, failed: undefined })),
  );
  expect(outcomeOf('shared')).toEqual(whole);
  for (const folder of ['claims', 'workers', 'checkpoints'])
    expect(readdirSync(join(root, 'shared', folder))).toEqual([]);
});

test('workers and coordinators that are killed at random lose nothing: the next go on to the same bytes', async () => {
  const random = new Random(20);
  const args = ['sweep', 'sweep.json', '--out', 'killed', '--jobs', '1'];
  const claims = join(root, 'killed/claims');
  for (let kills = 0; kills < 2; kills++) {
    const { child, outcome } = startAnyrate(root, args);
    await until(() => existsSync(claims) && readdirSync(claims).length > 0);
    await Promise.race([setTimeout(400 + random.uniform(0, 400)), outcome]);
    child.kill('SIGKILL');
    expect((await outcome).stderr).not.toMatch(/EPIPE|^\s+at /m); // what is left of it ends without a word
  }
  expect(run(...args)).toMatchObject({ code: 0 });
  expect(outcomeOf('killed')).toEqual(whole);
});

/** Two jobs, of which the second is long enough to be stopped. */
const LONG = { name: 'long', epochs: 20, grid: {}, splits: 'cross-subject' };

test('Ctrl-C keeps the checkpoint of a running job; status tells of it, and it goes on to the same bytes', async () => {
  writeSweep(root, 'long', LONG);
  const args = ['sweep', 'long.json', '--jobs', '1', '--out'];
  const stopped = await interruptAt(root, /^1\/2/m, 'SIGINT', ...args, 'long');
  expect(stopped).toMatchObject({ code: 130, stderr: expect.stringMatching(/1 of 2 jobs are kept in long/) });
  const status = JSON.parse(run('sweep', 'status', 'long', '--json').stdout);
  expect(status).toMatchObject({ state: 'stopped', wanted: 2, done: 1, claimed: 0, begun: 1, workers: [] });
  expect(readdirSync(join(root, 'long/checkpoints'))).toHaveLength(1);
  for (const folder of ['long', 'uninterrupted']) expect(run(...args, folder).code).toBe(0);
  expect(outcomeOf('long')).toEqual(outcomeOf('uninterrupted'));
});

test('a sweep that is cancelled ends with its checkpoints, and nobody joins it', async () => {
  writeSweep(root, 'endless', { ...LONG, epochs: 4000, seeds: 1 });
  const { outcome } = startAnyrate(root, ['sweep', 'endless.json', '--out', 'cancelled']);
  await until(
    () => existsSync(join(root, 'cancelled/claims')) && readdirSync(join(root, 'cancelled/claims')).length === 1,
  );
  expect(run('sweep', 'cancel', 'cancelled').code).toBe(0);
  expect((await outcome).code).toBe(130);
  const page = readFileSync(join(root, 'cancelled/report.html'), 'utf8');
  expect(page).toMatch(/0 of 1 jobs: cancelled/);
  expect(page).not.toContain('http-equiv="refresh"');
  expect(run('sweep', 'status', 'cancelled').stdout).toMatch(
    /^long: cancelled, 0 of 1 jobs finished; 1 have a checkpoint/,
  );
  expect(run('sweep', '--join', 'cancelled', '--data', 'data')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/found one that was cancelled/),
  });
});
