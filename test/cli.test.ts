import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadModel } from '../src/run/node/load-model.js';
import { anyrate, filesBelow, makePlayground, runUnread, tinyRecipe, write } from './support/cli.js';

const root = makePlayground();
afterAll(() => rmSync(root, { recursive: true }));

const run = (...args: readonly string[]) => anyrate(root, ...args);
const json = (...args: readonly string[]) => JSON.parse(run(...args, '--json').stdout);

const ROW = {
  rate: expect.any(Number),
  nonzeros: expect.any(Number),
  effective: expect.any(Number),
  macs: expect.any(Number),
  bytes: expect.any(Number),
  correct: expect.any(Number),
  total: 9,
  accuracy: expect.any(Number),
  classMean: expect.any(Number),
  trained: expect.any(Boolean),
  emptied: expect.any(Array),
};
const REPORT = {
  dataset: 'irds',
  split: 'cross-subject',
  part: 'test',
  sequences: 9,
  seen: 0,
  classes: 9,
  weights: 1549,
  notes: expect.any(Array),
};

let trained: Record<string, unknown>;
beforeAll(() => {
  trained = json('train', 'tiny.json', '--out', 'run');
});

describe('train', () => {
  test('--json prints the report, the seconds and the run folder, and nothing else', () => {
    expect(trained).toEqual({ ...REPORT, rates: [ROW, ROW, ROW], seconds: expect.any(Number), run: 'run' });
  });

  test('leaves a run folder with exactly one model, a report and an example', () => {
    expect(filesBelow(join(root, 'run'))).toEqual([
      ...['checkpoint', 'example.json', 'log.jsonl', 'model.anyrate', 'recipe.json'],
      ...['report.json', 'report.md', 'report.svg'],
    ]);
  });

  test('ends with commands that a shell takes as they are, whatever the run folder is called', () => {
    const { stdout } = run('train', 'tiny.json', '--out', "ann's run");
    for (const command of ['eval', 'cut', 'predict']) {
      expect(stdout).toContain(`npx anyrate ${command} 'ann'\\''s run' `);
    }
    expect(stdout).toContain(" 'ann'\\''s run/example.json' ");
  });

  test('goes on to its end when nobody reads what it prints', async () => {
    expect(await runUnread(root, 'train', 'tiny.json', '--out', 'unread')).toBe(0);
    expect(filesBelow(join(root, 'unread'))).toContain('report.md');
  });

  test('eval says how many of the sequences a model was trained on', () => {
    const split = ['eval', 'run', '--split', 'cross-subject/validation-1'];
    const { sequences, seen } = json(...split);
    expect(seen).toBe(sequences);
    expect(run(...split).stdout).toContain(`trained on ${sequences} of these sequences`);
  });

  test('logs one JSON line an event', () => {
    const lines = readFileSync(join(root, 'run/log.jsonl'), 'utf8').trim().split('\n');
    const types = lines.map((line) => JSON.parse(line).type);
    expect(types.filter((type) => type === 'epoch')).toHaveLength(4);
  });

  test('ends with the table, the picture and lines to type next that work', () => {
    const { code, stdout } = run('train', 'tiny.json', '--epochs', '1', '--rates', '0,.999');
    expect(code).toBe(0);
    expect(stdout).toContain('| 0.999 |');
    expect(stdout).toContain(`Picture: ${join('runs', 'tiny', 'report.svg')}`);
    expect(stdout).toMatch(/At rate 0\.999 no weight is left in /);
    const lines = stdout.split('\n').filter((line) => line.startsWith('  npx anyrate '));
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(run(...line.trim().split(' ').slice(2)).code).toBe(0);
  });

  test('takes the next free folder by default', () => {
    expect(json('train', 'tiny.json', '--epochs', '1').run).toBe(join('runs', 'tiny-2'));
  });

  test('gives the same model again, and with two threads', () => {
    for (const [out, threads] of [
      ['again', '1'],
      ['two', '2'],
    ]) {
      expect(run('train', 'tiny.json', '--out', out, '--threads', threads).code).toBe(0);
      expect(readFileSync(join(root, out, 'model.anyrate'))).toEqual(readFileSync(join(root, 'run/model.anyrate')));
    }
  });

  test('diverging stops with exit code 3 and names the last good state', () => {
    write(
      root,
      'wild.json',
      JSON.stringify({ ...tinyRecipe, training: { ...tinyRecipe.training, learningRate: 1e30 } }),
    );
    const { code, stderr } = run('train', 'wild.json', '--out', 'wild');
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /first bad tensor: \S+\..* The last good state, after epoch \d+ and step \d+, is in wild.checkpoint/,
    );
  });
});

describe('eval', () => {
  test('--json gives the same numbers as the run, for the run and for its model', () => {
    const { seconds: _, run: __, ...report } = trained;
    const rates = [0, 0.5, 0.9];
    const stated = { part: 'test', split: 'cross-subject', sequences: 9, rates, accuracies: expect.any(Array) };
    expect(json('eval', 'run')).toEqual({ ...report, stated: [stated] });
    expect(json('eval', 'run/model.anyrate')).toEqual(json('eval', 'run'));
  });

  test('states the accuracies of the file as its table does, although the file rounds them', () => {
    const { stdout } = run('eval', 'run');
    const [, line] = stdout.split('Stated in the file, test (cross-subject, 9 sequences): ');
    const cells = [...stdout.matchAll(/^\| +(0[.\d]*) \|.*\| +([\d.]+ %) \| +[\d.]+ % \|$/gm)];
    expect(cells).toHaveLength(3);
    expect(line.trim()).toBe(cells.map(([, rate, accuracy]) => `${accuracy} at ${rate}`).join(', '));
  });

  test('takes any list of rates, and a cut from its own rate on', () => {
    const small = join(root, 'small.anyrate');
    const cut = json('cut', 'run', '--rate', '.9', '-o', small);
    expect(cut).toEqual({
      file: small,
      precision: 'float32',
      rounded: 0,
      before: expect.objectContaining({ rate: 0, nonzeros: 1549 }),
      after: expect.objectContaining({ rate: 0.9, nonzeros: 155 }),
    });
    const [row] = json('eval', small, '--data', 'data', '--rates', '.9').rates;
    expect(row).toMatchObject({ rate: 0.9, nonzeros: 155, bytes: cut.after.bytes });
    expect(row).toEqual(json('eval', 'run', '--rates', '.9').rates[0]);
  });
});

describe('eval --unknown', () => {
  test('takes loose recordings, and tells how well they are refused, with a picture', () => {
    const frames = [0, 1, 2, 3].map((t) => Array.from({ length: 25 }, (_, joint) => [joint, t * joint, 1]));
    for (const name of ['a', 'b']) write(root, `other/${name}.json`, JSON.stringify({ frames }));
    const { unknown, pictures } = json('eval', 'run', '--unknown', 'other', '--svg', 'seen');
    expect(unknown).toMatchObject({ known: 9, unknown: 2, taught: 0 });
    expect(unknown.rates).toHaveLength(3);
    expect(pictures.at(-1)).toBe('seen/unknown.svg');
    expect(readFileSync(join(root, 'seen/unknown.svg'), 'utf8')).toContain('known movements refused');
    expect(run('eval', 'run', '--unknown', 'other').stdout).toContain('Unknown: 2 recordings of other against 9 known');
  });
});

describe('validation', () => {
  test('--validate reports on a part of the training sequences, and fits temperatures on it', () => {
    const report = json('train', 'tiny.json', '--validate', '2', '--out', 'validated');
    expect(report).toMatchObject({ split: 'cross-subject/validation-2', part: 'validation', sequences: 7 });
    const { rates, stated } = json('eval', 'validated', '--rates', '.5', '--calibration');
    expect(stated).toMatchObject([{ part: 'validation', sequences: 7 }]);
    const { temperature, raw, fitted } = rates[0].calibration;
    expect(temperature).not.toBe(1);
    expect(fitted.loss).toBeLessThanOrEqual(raw.loss);
  });

  test('--calibrate trains twice, and --keep cuts the second network where the first keeps its accuracy', () => {
    const { part, validation } = json('train', 'tiny.json', '--calibrate', '--epochs', '60', '--out', 'calibrated');
    expect([part, validation.part]).toEqual(['test', 'validation']);
    expect(readFileSync(join(root, 'calibrated/model.anyrate'))).not.toEqual(
      readFileSync(join(root, 'calibrated/validation/model.anyrate')),
    );
    const [whole, without] = ['calibrated', 'calibrated/validation'].map(
      (run) => loadModel(join(root, run)).description.stream!,
    );
    expect(whole.rejection).toEqual(without.rejection);
    expect(whole.rejection!.thresholds).toHaveLength(9);
    expect(json('eval', 'calibrated').stated.map(({ part }: { part: string }) => part)).toEqual(['validation', 'test']);
    const { kept, after } = json('cut', 'calibrated', '--keep', '.5', '-o', 'kept.anyrate');
    expect(after.rate).toBeCloseTo(kept.rate, 2);
    expect(kept.kept).toBeGreaterThanOrEqual(0.5);
    expect(run('cut', 'calibrated', '--keep', '.5', '-o', 'kept.anyrate').stdout).toContain('paired');
  });

  test('--confusion counts every test sequence once, and --svg draws a matrix a rate', () => {
    const { rates, pictures } = json('eval', 'run', '--rates', '0,.9', '--svg', 'pictures');
    for (const { confusion, correct, wrong, classMean } of rates) {
      expect(wrong).toHaveLength(9 - correct);
      for (const { id, class: name, answer } of wrong)
        expect([id, name !== answer]).toEqual([expect.stringMatching(/^101_18/), true]);
      const accuracies = confusion.accuracies.filter((accuracy: number | null) => accuracy !== null);
      expect(classMean).toBeCloseTo(accuracies.reduce((sum: number, one: number) => sum + one) / 3, 12);
      expect(confusion.counts.flat().reduce((sum: number, count: number) => sum + count)).toBe(9);
      expect(confusion.counts.reduce((sum: number, row: number[], i: number) => sum + row[i], 0)).toBe(correct);
    }
    expect(pictures).toEqual(['pictures/confusion-0.svg', 'pictures/confusion-0.9.svg']);
    const picture = readFileSync(join(root, pictures[0]), 'utf8');
    for (const name of loadModel(join(root, 'run')).description.classes) expect(picture).toContain(name);
  });
});

describe('cut', () => {
  test('keeps a budget of non-zeros or bytes, and prints before and after', () => {
    expect(json('cut', 'run', '--nonzeros', '100', '-o', 'n.anyrate').after.nonzeros).toBe(100);
    const filled = json('cut', 'run', '--nonzeros', '100', '--effective', '-o', 'e.anyrate').after;
    expect(filled).toMatchObject({ nonzeros: filled.effective, rate: 1 - 100 / 1549 });
    const dropped = json('cut', 'run', '--rate', '.97', '--drop-dead', '-o', 'd.anyrate').after;
    expect(dropped).toMatchObject({ nonzeros: dropped.effective, rate: 0.97 });
    expect(json('eval', 'd.anyrate', '--data', 'data', '--rates', '.97').rates[0].correct).toBe(
      json('eval', 'run', '--rates', '.97').rates[0].correct,
    );
    const few = run('cut', 'run', '--nonzeros', '2', '--effective', '-o', 'f.anyrate');
    expect(few.stdout).toMatch(/2 of 2 weights of the budget are unused: using the next most important weight/);
    expect(run('cut', 'e.anyrate', '--rate', '0', '--effective', '-o', 'g.anyrate').stdout).not.toMatch(/not spent/);
    const rounded = json('cut', 'run', '--rate', '0', '--precision', 'int8', '-o', 'i.anyrate');
    expect(rounded).toMatchObject({ precision: 'int8', rounded: 1549 - rounded.after.nonzeros });
    const { stdout } = run('cut', 'run', '--bytes', '8000', '-o', 'b.anyrate');
    expect(stdout).toMatch(/\| before \|.*\n\| after +\|/);
    expect(readFileSync(join(root, 'b.anyrate')).length).toBeLessThanOrEqual(8000);
    const least = Number(/at least (\d+) bytes/.exec(run('cut', 'run', '--bytes', '9', '-o', 'b.anyrate').stderr)![1]);
    const live = ['--bytes', String(least - 1), '--drop-dead', '--precision', 'int8', '-o', 'b.anyrate'];
    expect(json('cut', 'run', ...live).after.bytes).toBeLessThan(least);
  });

  test('int8 fits a budget of bytes or of no weights at all', () => {
    const int8 = ['cut', 'run', '--precision', 'int8', '-o', 'i.anyrate'];
    expect(json(...int8, '--bytes', '3000').after.bytes).toBeLessThanOrEqual(3000);
    expect(json(...int8, '--nonzeros', '0').after.nonzeros).toBe(0);
    expect(json('eval', 'i.anyrate', '--data', 'data', '--rates', '.9999').rates[0].nonzeros).toBe(0);
  });

  test('says how many weights round to zero in another precision', () => {
    const { stdout } = run('cut', 'run', '--rate', '0', '--precision', 'int8', '-o', 'i.anyrate');
    const [, pruned] = /In int8, (\d+) of the 1,549 non-zero weights round to zero\./.exec(stdout) ?? [];
    const { nonzeros } = json('cut', 'i.anyrate', '--rate', '0', '-o', 'j.anyrate').before;
    expect(Number(pruned)).toBe(1549 - nonzeros);
    expect(run('cut', 'run', '--rate', '0', '--precision', 'float32', '-o', 'i.anyrate').stdout).not.toContain('round');
  });
});

describe('export', () => {
  test('--json gives the files with their sizes, the non-zeros and the multiply-accumulates', () => {
    const file = { file: 'small.onnx', bytes: expect.any(Number), gzipped: expect.any(Number) };
    const dense = json('export', 'run', '--rate', '.9', '-o', 'small.onnx');
    expect(dense).toEqual({ format: 'onnx', rate: 0.9, nonzeros: 155, macs: expect.any(Number), files: [file] });
    expect(readFileSync(join(root, 'small.onnx')).length).toBe(dense.files[0].bytes);
    const compact = json('export', 'run', '--rate', '.9', '--compact', '--input', 'features', '-o', 'small.onnx');
    expect(compact.macs).toBeLessThan(dense.macs);
  });

  test('prints a table, and takes a format that the file name does not tell', () => {
    const { stdout } = run('export', 'run', '--format', 'safetensors', '-o', 'weights.bin');
    expect(stdout).toMatch(/\| weights\.bin \|/);
    expect(stdout).toMatch(/safetensors at rate 0: 1,549 non-zeros, [\d,]+ MACs/);
  });
});

describe('predict', () => {
  test('--json gives the likeliest classes of each file', () => {
    const files = ['data/Simplified/101_18_0_1_1_sit.txt', 'run/example.json'];
    const results = json('predict', 'run', ...files, '--rate', '.5', '--top', '2');
    const prediction = { label: expect.any(Number), name: expect.any(String), probability: expect.any(Number) };
    expect(results).toEqual(
      files.map((file) => ({ file, frames: 12, rate: 0.5, predictions: [prediction, prediction] })),
    );
    expect(results[0].predictions).toEqual(results[1].predictions);
  });
});

test('data and recipe print JSON', () => {
  expect(json('data', 'info', 'data')).toMatchObject({ name: 'irds', sequences: 36, persons: 1, joints: 25 });
  expect(json('recipe', 'list').map(({ name }: { name: string }) => name)).toContain('paper-sbu');
  expect(JSON.parse(run('recipe', 'show', 'irds').stdout)).toMatchObject({ name: 'irds', seed: 1 });
});

test.each([
  '',
  'train',
  'eval',
  'cut',
  'export',
  'import',
  'predict',
  'data',
  'data list',
  'data info',
  'recipe',
  'recipe list',
  'recipe show',
  'compare',
  'ablate',
  'reproduce',
  'worker',
  'bench',
  'bench step',
  'bench infer',
])('%s --help', (command) => {
  const { code, stdout } = run(...command.split(' ').filter(Boolean), '--help');
  expect(code).toBe(0);
  expect(stdout).toContain('Usage: anyrate');
  expect(stdout).toMatch(/\n {2}anyrate \w+/);
  const [beforeExamples] = stdout.split('\nExamples:');
  expect(beforeExamples.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

test('export --help: the line of C names every option for C', () => {
  expect(run('export', '--help').stdout).toMatch(/^ {2}c +C99 .*;\s+takes\s+--weights, --arduino$/m);
});
