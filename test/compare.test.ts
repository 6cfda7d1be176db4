import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { InputError } from '../src/core/errors.js';
import { loadDataset } from '../src/data/node/load.js';
import { folderRunner } from '../src/run/jobs/node/folder-runner.js';
import { createJob } from '../src/run/jobs/node/job-key.js';
import type { JobRow } from '../src/run/jobs/result.js';
import { loadModel } from '../src/run/node/load-model.js';
import { loadRecipe } from '../src/train/node/load-recipe.js';
import { anyrate, filesBelow, interruptAt, makePlayground, movement, write } from './support/cli.js';

const root = makePlayground();
afterAll(() => rmSync(root, { recursive: true }));

const run = (...args: readonly string[]) => anyrate(root, ...args);
const ARGS = ['compare', 'tiny.json', '--methods', 'mrmp,srmp,mp-ft', '--rates', '0,.9', '--seeds', '2', '--jobs', '2'];

/** Everything of a report but the time it took. */
function figures(text: string): unknown {
  return JSON.parse(text, (key, value) => (key === 'seconds' || key === 'date' ? undefined : value));
}

let whole: string;
beforeAll(() => {
  const { code, stdout } = run(...ARGS, '--out', 'whole', '--json');
  expect(code).toBe(0);
  whole = stdout;
});

test('compare writes a table, a picture, and one file a job', () => {
  const report = JSON.parse(whole);
  expect(report.series.map(({ method, seeds }: { method: string; seeds: number[] }) => [method, seeds])).toEqual(
    ['mrmp', 'srmp', 'mp-ft'].map((method) => [method, [1, 2]]),
  );
  for (const { rows, seconds } of report.series) {
    expect(rows.map(({ nonzeros }: { nonzeros: number }) => nonzeros)).toEqual([1549, 155]);
    expect(seconds).toBeGreaterThan(0);
  }
  const folders = ['checkpoints', 'claims', 'failures', 'jobs', 'times', 'workers'];
  const files = filesBelow(join(root, 'whole'));
  expect(files.filter((file) => !/^(jobs|times)\//.test(file))).toEqual(
    [...folders, 'report.json', 'report.md', 'report.svg'].sort(),
  );
  expect(readdirSync(join(root, 'whole/jobs'))).toHaveLength(2 + 2 * 2 + 2);
  const text = readFileSync(join(root, 'whole/report.md'), 'utf8');
  expect(text).toContain('`anyrate compare path/to/tiny.json --methods mrmp,srmp,mp-ft --rates 0,0.9 --seeds 2`');
  expect(readFileSync(join(root, 'whole/report.svg'), 'utf8')).toMatch(/^<svg.*MP \+ FT/s);
});

test('the accuracies of MRMP are those of anyrate train, at the budget and at a(r)', () => {
  const [row] = JSON.parse(whole).series[0].rows;
  const trained = JSON.parse(
    run('train', 'tiny.json', '--seed', '2', '--rates', '0', '--out', 'alone', '--json').stdout,
  );
  expect(row.accuracies[1]).toBe(trained.rates[0].accuracy);
  const job = resultsIn('whole').find(({ job }) => job.method === 'mrmp' && job.recipe.seed === 2)!;
  const { actualRate, accuracyAtThreshold } = job.rows[1];
  // a(.9) of a Gaussian prior: Φ⁻¹(.95)
  const latents = loadModel(join(root, 'alone')).parameters.latents.flatMap((tensor) => [...tensor]);
  expect(actualRate).toBe(1 - latents.filter((latent) => Math.abs(latent) >= 1.6448536).length / latents.length);
  const [atThreshold] = JSON.parse(run('eval', 'alone', '--rates', `${actualRate}`, '--json').stdout).rates;
  expect(accuracyAtThreshold).toBe(atThreshold.accuracy);
});

test('Ctrl-C keeps what is done; the same command goes on to the same figures', async () => {
  const { code, stderr } = await interruptAt(root, /^3\/8/m, 'SIGINT', ...ARGS, '--out', 'broken');
  expect({ code, stderr }).toEqual({ code: 130, stderr: expect.stringMatching(/[3-7] of 8 jobs are kept in /) });
  const kept = readdirSync(join(root, 'broken', 'jobs'));
  expect(readdirSync(join(root, 'broken', 'workers'))).toEqual([]);
  expect(kept.length).toBeGreaterThanOrEqual(3);
  expect(existsSync(join(root, 'broken', 'report.json'))).toBe(false);
  const again = run(...ARGS, '--out', 'broken', '--json');
  expect(again.stderr.split('\n').filter(Boolean)).toHaveLength(8 - kept.length);
  expect(figures(again.stdout)).toEqual(figures(whole));
  expect(textsIn('broken')).toEqual(textsIn('whole'));
  expect(readdirSync(join(root, 'broken', 'checkpoints'))).toEqual([]);
});

test('more seeds and methods may be added; what is there is not trained again', () => {
  const more = run(...'compare tiny.json --methods mrmp,mp-ft,dsnn --rates 0,.9 --seeds 3 --out whole'.split(' '));
  expect(more.code).toBe(0);
  expect(more.stderr.split('\n').filter(Boolean)).toHaveLength(5);
});

test('reproduce refuses the data of another set, a part of it, and none', () => {
  expect(run('reproduce', 'sbu').stderr).toMatch(/--data: expected the data set sbu, found none/);
  expect(run('reproduce', 'sbu', '--data', 'data').stderr).toMatch(/expected the data set sbu, found irds/);
  expect(run('compare', 'sbu').stderr).toMatch(
    /found "sbu", which is neither\. .*pass --data with the folder of your copy/,
  );
  expect(run('reproduce', 'spu').stderr).toMatch(/Did you mean "sbu"/);
  const part = run('reproduce', 'irds', '--data', 'data');
  expect(part).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/expected the 2577 sequences of irds, found 36\./),
  });
});

test('reproduce writes its tables where it is told', () => {
  const { code } = run('reproduce', 'ui-prmd', '--seeds', '1', '--epochs', '1', '--out', 'results');
  expect(code).toBe(0);
  expect(filesBelow(join(root, 'results'))).toEqual([
    'reproduce-ui-prmd.json',
    'reproduce-ui-prmd.md',
    'reproduce-ui-prmd.svg',
  ]);
}, 60_000);

test('the rates of ablate are shown in its help as they are given', () => {
  expect(run('ablate', '--help').stdout.replaceAll(/\s+/g, ' ')).toContain('(default: 0,0.9,0.98,0.995)');
});

test('ablate trains the recipe as it is, and without each piece', () => {
  const args = ['ablate', 'tiny.json', '--rates', '0,.9', '--seeds', '1', '--epochs', '1', '--out', 'pieces', '--json'];
  const { code, stdout } = run(...args);
  expect(code).toBe(0);
  const report = JSON.parse(stdout);
  expect(report.command).toBe('anyrate ablate path/to/tiny.json --rates 0,0.9 --seeds 1 --epochs 1');
  expect(report.series.map(({ title }: { title: string }) => title)).toEqual([
    'all pieces',
    ...['augmentation jitter', 'dropout', 'divergence', 'gain', 'knots over the rate', 'rates between', 'rise of σ']
      .concat('label smoothing', 'average of weights')
      .map((piece) => `without ${piece}`),
  ]);
  expect(readdirSync(join(root, 'pieces/jobs'))).toHaveLength(10);
}, 60_000);

test('validation splits are compared on their own sequences', () => {
  const args = ['compare', 'tiny.json', '--methods', 'mrmp', '--rates', '0', '--seeds', '1', '--epochs', '1', '--json'];
  const { code, stdout } = run(...args, '--split', 'cross-subject/validation-1', '--out', 'validated');
  expect(code).toBe(0);
  expect(JSON.parse(stdout).title).toBe('tiny, cross-subject/validation-1: MRMP at every rate');
  const [job] = readdirSync(join(root, 'validated/jobs'));
  const { total } = JSON.parse(readFileSync(join(root, 'validated/jobs', job), 'utf8')).rows[0];
  expect(total).toBe(7); // 27 training sequences in four parts; the test part has 9
});

test.each<[string, () => string[], RegExp]>([
  ['a misspelt method', () => [...ARGS, '--methods', 'mrmp,mpft'], /expected a method: mrmp, .*Did you mean "mp-ft"/],
  ['a damaged result', () => [...ARGS, '--out', damaged('{')], /jobs\/[0-9a-f]{64}\.json: expected JSON/],
  ['a result of another shape', () => [...ARGS, '--out', damaged('null')], /json, top: expected what anyrate wrote/],
  ['a folder that cannot be made', () => [...ARGS, '--out', 'tiny.json/x'], /a folder that can be written/],
])('%s is refused with exit code 2', (_, prepare, message) => {
  const { code, stdout, stderr } = run(...prepare());
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(message);
});

function damaged(text: string): string {
  write(root, `damaged/jobs/${readdirSync(join(root, 'whole/jobs'))[0]}`, text);
  return 'damaged';
}

/** The results of a folder, by the names of their files. */
function textsIn(folder: string): Record<string, string> {
  const files = readdirSync(join(root, folder, 'jobs'));
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(root, folder, 'jobs', file), 'utf8')]));
}

function resultsIn(folder: string): { job: { method: string; recipe: { seed: number } }; rows: JobRow[] }[] {
  return Object.values(textsIn(folder)).map((text) => JSON.parse(text));
}

test('data without test sequences are refused before anything is trained', () => {
  for (const take of [1, 2]) write(root, `even/102_18_0_${take}_1_sit.txt`, movement(102, 0, take));
  for (const command of ['compare', 'ablate']) {
    const { code, stderr } = run(command, 'tiny.json', '--data', 'even', '--out', 'never');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(
        /^error: data set irds, split cross-subject: .*found no test sequences among 2\..*\n$/,
      ),
    });
  }
  expect(existsSync(join(root, 'never'))).toBe(false);
});

test('bad input that a process finds comes back as such', async () => {
  const dataset = await loadDataset(join(root, 'data'));
  const recipe = { ...loadRecipe(join(root, 'tiny.json')), split: 'cross-subject' };
  const jobs = [createJob({ method: 'mrmp', recipe, rates: [0] }, dataset)];
  const runOn = (data: string) =>
    folderRunner({ folder: join(root, 'bad'), data, processes: 1, threads: 1 })(() => jobs);
  const nowhere = runOn(join(root, 'nowhere'));
  await expect(nowhere).rejects.toThrow(InputError);
  await expect(nowhere).rejects.toThrow(/nowhere", which is neither/);
  await expect(runOn('irds')).rejects.toThrow(/^irds: expected the data of the job: irds with fingerprint [0-9a-f]+, /);
  expect(readdirSync(join(root, 'bad/jobs'))).toEqual([]);
});

test('without --out, a given split has a folder of its own', () => {
  const args = 'compare tiny.json --methods mrmp --rates 0 --seeds 1 --epochs 1'.split(' ');
  expect(run(...args).code).toBe(0);
  expect(run(...args, '--split', 'cross-subject/validation-2').code).toBe(0);
  expect(readdirSync(join(root, 'runs')).filter((name) => name.startsWith('compare-'))).toEqual([
    ...['compare-tiny', 'compare-tiny-cross-subject-validation-2'],
  ]);
});

test('a training that diverges is reported, not hidden', () => {
  const recipe = JSON.parse(readFileSync(join(root, 'tiny.json'), 'utf8'));
  writeFileSync(
    join(root, 'wild.json'),
    JSON.stringify({ ...recipe, name: 'wild', training: { ...recipe.training, learningRate: 1e30 } }),
  );
  const { code, stdout } = run('compare', 'wild.json', '--methods', 'mrmp', '--seeds', '1', '--out', 'wild');
  expect(code).toBe(3);
  expect(stdout).toMatch(/Diverged, and left out of the means: wild-mrmp-cross-subject-seed1 \(the loss became NaN/);
});
