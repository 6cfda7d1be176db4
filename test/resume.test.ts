import { existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anyrate, interruptAt, makePlayground } from './support/cli.js';

const root = makePlayground();
afterAll(() => rmSync(root, { recursive: true }));

const ARGS = ['train', 'tiny.json', '--epochs', '200', '--threads', '1', '--out'];
const read = (run: string, file: string) => readFileSync(join(root, run, file));

/** When a run has logged an epoch. */
const after = (epoch: number, run: string) => ({ file: `${run}/log.jsonl`, has: `"epoch":${epoch},` });

beforeAll(() => {
  expect(anyrate(root, ...ARGS, 'whole').code).toBe(0);
});

function expectSameAsWhole(run: string): void {
  for (const file of ['model.anyrate', 'log.jsonl', 'report.json', 'report.svg', 'recipe.json']) {
    expect(read(run, file).equals(read('whole', file)), file).toBe(true);
  }
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s saves, says how to go on and exits with 130; resumed to the bit',
  async (signal) => {
    const { code, stderr } = await interruptAt(root, after(40, signal), signal, ...ARGS, signal);
    expect(code).toBe(130);
    expect(stderr).toMatch(
      new RegExp(`\\d+ of 200 epochs are saved. Continue with: anyrate train --resume ${signal}\n`),
    );
    expect(existsSync(join(root, signal, 'model.anyrate'))).toBe(false);
    expect(anyrate(root, 'eval', signal).stderr).toContain(`--resume ${signal}`);
    expect(anyrate(root, 'train', '--resume', signal).code).toBe(0);
    expectSameAsWhole(signal);
  },
  60_000,
);

test('kill -9, twice, and once after a checkpoint: resumed to the bit', async () => {
  await interruptAt(root, after(40, 'killed'), 'SIGKILL', ...ARGS, 'killed');
  await interruptAt(root, after(80, 'killed'), 'SIGINT', 'train', '--resume', 'killed');
  await interruptAt(root, after(140, 'killed'), 'SIGKILL', 'train', '--resume', 'killed');
  expect(anyrate(root, 'train', '--resume', 'killed').code).toBe(0);
  expectSameAsWhole('killed');
});

test('interrupted between its two trainings, a calibrated run ends, and goes on with the second', async () => {
  const { code, stderr } = await interruptAt(root, /epoch 200\/200/, 'SIGINT', ...ARGS, 'between', '--calibrate');
  expect(code).toBe(130);
  expect(stderr).toMatch(/Continue with: anyrate train --resume between\n/);
  expect(anyrate(root, 'train', '--resume', 'between').code).toBe(0);
  expect(existsSync(join(root, 'between', 'report.md'))).toBe(true);
}, 60_000);

test('a finished run may be resumed: it makes its report again', () => {
  rmSync(join(root, 'whole', 'report.svg'));
  expect(anyrate(root, 'train', '--resume', 'whole').code).toBe(0);
  expect(existsSync(join(root, 'whole', 'report.svg'))).toBe(true);
});

test('a damaged checkpoint, or one of another recipe or other data, is refused in one line', () => {
  const refused = () => {
    const { code, stderr } = anyrate(root, 'train', '--resume', 'whole');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: .*expected a checkpoint of this recipe on this data set/m);
  };
  const sequence = join(root, 'data/Simplified/101_18_0_1_1_sit.txt');
  const recorded = readFileSync(sequence, 'utf8');
  writeFileSync(
    sequence,
    recorded.replace(/\d,/, (digit) => (digit === '1,' ? '2,' : '1,')),
  );
  refused();
  writeFileSync(sequence, recorded);
  const recipe = read('whole', 'recipe.json');
  writeFileSync(join(root, 'whole', 'recipe.json'), recipe.toString().replace('"seed": 1', '"seed": 2'));
  refused();
  writeFileSync(join(root, 'whole', 'recipe.json'), recipe);
  truncateSync(join(root, 'whole', 'checkpoint'), 100);
  expect(anyrate(root, 'train', '--resume', 'whole').stderr).toMatch(
    /^error: .*checkpoint, length: expected .*\. Delete it to train from the start\.$/m,
  );
});

test.each(['log.jsonl', 'checkpoint'])('a folder in the place of %s is refused in one line', (file) => {
  const path = join(root, 'whole', file);
  rmSync(join(root, 'whole/checkpoint'), { force: true });
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path);
  const { code, stderr } = anyrate(root, 'train', '--resume', 'whole');
  rmSync(path, { recursive: true });
  expect(code).toBe(2);
  expect(stderr).toMatch(new RegExp(`^error: .*${file}: expected a `, 'm'));
});
