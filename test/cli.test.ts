import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anyrate, filesBelow, makePlayground, movement, runUnread, tinyRecipe, write } from './support/cli.js';

const root = makePlayground();
afterAll(() => rmSync(root, { recursive: true }));

const run = (...args: readonly string[]) => anyrate(root, ...args);
const json = (...args: readonly string[]) => JSON.parse(run(...args, '--json').stdout);

const ROW = {
  ...{
    rate: expect.any(Number),
    nonzeros: expect.any(Number),
    effective: expect.any(Number),
    macs: expect.any(Number),
    bytes: expect.any(Number),
  },
  ...{ correct: expect.any(Number), total: 9, accuracy: expect.any(Number), trained: expect.any(Boolean) },
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
    write(root, 'wild.json', JSON.stringify({ ...tinyRecipe, training: { ...tinyRecipe.training, latentRate: 1e30 } }));
    const { code, stderr } = run('train', 'wild.json', '--out', 'wild');
    expect(code).toBe(3);
    expect(stderr).toMatch(/first bad tensor: \S+\..* The last good state, behind epoch \d+, is in wild.checkpoint/);
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

  test('takes any list of rates, and a cut from its own rate on', () => {
    const small = join(root, 'small.anyrate');
    const cut = json('cut', 'run', '--rate', '.9', '-o', small);
    expect(cut).toEqual({
      file: small,
      before: expect.objectContaining({ rate: 0, nonzeros: 1549 }),
      after: expect.objectContaining({ rate: 0.9, nonzeros: 155 }),
    });
    const [row] = json('eval', small, '--data', 'data', '--rates', '.9').rates;
    expect(row).toMatchObject({ rate: 0.9, nonzeros: 155, bytes: cut.after.bytes });
    expect(row).toEqual(json('eval', 'run', '--rates', '.9').rates[0]);
  });
});

describe('validation', () => {
  test('--validate reports on a part of the training sequences, and fits temperatures on it', () => {
    const report = json('train', 'tiny.json', '--validate', '2', '--out', 'validated');
    expect(report).toMatchObject({ split: 'cross-subject/validation-2', part: 'validation', sequences: 7 });
    const { rates, stated } = json('eval', 'validated', '--rates', '.5', '--calibration');
    expect(stated).toMatchObject([{ part: 'validation', sequences: 7 }]);
    const { temperature, raw, own } = rates[0].calibration;
    expect(temperature).not.toBe(1);
    expect(own.loss).toBeLessThanOrEqual(raw.loss);
  });

  test('--calibrate trains twice, and --keep cuts the second network where the first keeps its accuracy', () => {
    const { part, validation } = json('train', 'tiny.json', '--calibrate', '--epochs', '60', '--out', 'calibrated');
    expect([part, validation.part]).toEqual(['test', 'validation']);
    expect(readFileSync(join(root, 'calibrated/model.anyrate'))).not.toEqual(
      readFileSync(join(root, 'calibrated/validation/model.anyrate')),
    );
    expect(json('eval', 'calibrated').stated.map(({ part: own }: { part: string }) => own)).toEqual([
      'validation',
      'test',
    ]);
    const { kept, after } = json('cut', 'calibrated', '--keep', '.5', '-o', 'kept.anyrate');
    expect(after.rate).toBeCloseTo(kept.rate, 2);
    expect(kept.kept).toBeGreaterThanOrEqual(0.5);
    expect(run('cut', 'calibrated', '--keep', '.5', '-o', 'kept.anyrate').stdout).toContain('paired');
  });

  test('--confusion counts every test sequence once, and --svg draws a matrix a rate', () => {
    const { rates, pictures } = json('eval', 'run', '--rates', '0,.9', '--svg', 'pictures');
    for (const { confusion, correct } of rates) {
      expect(confusion.counts.flat().reduce((sum: number, count: number) => sum + count)).toBe(9);
      expect(confusion.counts.reduce((sum: number, row: number[], i: number) => sum + row[i], 0)).toBe(correct);
    }
    expect(pictures).toEqual(['pictures/confusion-0.svg', 'pictures/confusion-0.9.svg']);
    expect(readFileSync(join(root, pictures[0]), 'utf8')).toMatch(/^<svg/);
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
    const { stdout } = run('cut', 'run', '--bytes', '8000', '-o', 'b.anyrate');
    expect(stdout).toMatch(/\| before \|.*\n\| after +\|/);
    expect(readFileSync(join(root, 'b.anyrate')).length).toBeLessThanOrEqual(8000);
  });

  test('int8 fits a budget of bytes or of no weights at all', () => {
    const int8 = ['cut', 'run', '--precision', 'int8', '-o', 'i.anyrate'];
    expect(json(...int8, '--bytes', '3000').after.bytes).toBeLessThanOrEqual(3000);
    expect(json(...int8, '--nonzeros', '0').after.nonzeros).toBe(0);
    expect(json('eval', 'i.anyrate', '--data', 'data', '--rates', '.9999').rates[0].nonzeros).toBe(0);
  });

  test('says how many weights round to zero in another precision', () => {
    const { stdout } = run('cut', 'run', '--rate', '0', '--precision', 'int8', '-o', 'i.anyrate');
    const [, pruned] = /In int8, (\d+) of the 1,549 weights before round to zero\./.exec(stdout) ?? [];
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
  'bench',
  'bench step',
  'bench infer',
])('%s --help', (command) => {
  const { code, stdout } = run(...command.split(' ').filter(Boolean), '--help');
  expect(code).toBe(0);
  expect(stdout).toContain('Usage: anyrate');
  expect(stdout).toMatch(/\n {2}anyrate \w+/);
});

describe('bad input is refused with exit code 2 and one clear line, and leaves nothing behind', () => {
  const good = 'data/Simplified/101_18_0_1_1_sit.txt';
  const recipe = (changes: object) => write(root, 'bad.json', JSON.stringify({ ...tinyRecipe, ...changes }));
  const dataWith = (text: string) => {
    rmSync(join(root, 'bad'), { recursive: true, force: true });
    write(root, 'bad/Simplified/101_18_0_1_1_sit.txt', text);
    return 'bad';
  };
  const onlySubject = (subject: string) => {
    for (const take of [1, 2, 3]) {
      write(root, `only-${subject}/Simplified/${subject}_18_0_${take}_1_sit.txt`, movement(1, 1, take));
    }
    return `only-${subject}`;
  };
  const ratesTo = (count: number) => Array.from({ length: count }, (_, i) => i / count).join(',');
  const model = () => readFileSync(join(root, 'run/model.anyrate'));

  test.each<[string, () => string[], RegExp]>([
    ['a missing data path', () => ['train', 'tiny.json', '--data', 'nowhere'], /"nowhere", which is neither/],
    ['an empty file', () => ['train', 'tiny.json', '--data', dataWith('')], /101_18.*empty|101_18.*found/],
    [
      'a wrong column count',
      () => ['train', 'tiny.json', '--data', dataWith('1,2,3\n')],
      /line 1: expected 75 numbers/,
    ],
    [
      'data without test subjects',
      () => ['train', 'tiny.json', '--data', onlySubject('102')],
      /split cross-subject: expected sequences to train on, and others to test on, found no test sequences among 3/,
    ],
    [
      'data without training subjects',
      () => ['train', 'tiny.json', '--data', onlySubject('101')],
      /found no training sequences among 3/,
    ],
    ['too many rates', () => ['train', 'tiny.json', '--rates', ratesTo(101)], /up to 100 pruning rates.*found 101/],
    ['too many rates to compare', () => ['compare', 'tiny.json', '--rates', ratesTo(17)], /up to 16 .*found 17/],
    ['NaN', () => ['train', 'tiny.json', '--data', dataWith(movement(1, 1, 1).replace(/^[^,]+/, 'NaN'))], /NaN/],
    [
      'an unknown class',
      () => ['train', 'tiny.json', '--data', folderOfClass99()],
      /one of the 9 classes, found class 99/,
    ],
    ['an unknown split', () => ['train', 'tiny.json', '--split', 'cross-subjects'], /Did you mean "cross-subject"/],
    ['a misspelt data set', () => ['train', 'tiny.json', '--data', 'idrs'], /Did you mean "irds"/],
    ['a misspelt recipe', () => ['train', 'paper-sb'], /Did you mean "paper-sbu"/],
    ['an unknown format', () => ['export', 'run', '--format', 'onx', '-o', 'x'], /onnx.*safetensors/],
    ['a file name without a format', () => ['export', 'run', '-o', 'x.txt'], /-o that ends in \.onnx.*--format/],
    [
      'an option of another format',
      () => ['export', 'run', '--compact', '-o', 'x.safetensors'],
      /format safetensors: expected no option, found compact. Leave it out, or export to onnx/,
    ],
    [
      'missing weights',
      () => ['import', 'nowhere.safetensors', '-o', 'x.anyrate'],
      /nowhere\.safetensors: .*found nothing/,
    ],
    [
      'weights of another kind of file',
      () => ['import', 'run/model.anyrate', '-o', 'x.anyrate'],
      /run\/model\.anyrate, length of the header: .*not a safetensors file/,
    ],
    [
      'weights of another network',
      () => ['import', weightsOf('run'), '--like', otherNetwork(), '-o', 'x.anyrate'],
      /run\.safetensors, tensor "graph-convolution-1\.attention": expected the tensors .*found this name/,
    ],
    [
      'a folder to write a model to',
      () => ['import', 'nowhere.safetensors', '-o', 'data'],
      /^error: data: expected a file name, found a folder/,
    ],
    [
      'a recording of one frame for a page',
      () => ['export', 'run', '--recording', write(root, 'one.txt', movement(1, 1, 1, 1)), '-o', 'page.html'],
      /one\.txt: expected a movement of at least 2 frames, found 1/,
    ],
    ['a misspelt flag', () => ['train', 'tiny.json', '--epoch', '1'], /Did you mean --epochs/],
    ['a misspelt command', () => ['trian'], /Did you mean train/],
    ['a misspelt recipe key', () => ['train', recipe({ sed: 1 })], /sed: .*Did you mean "seed"/],
    ['a recipe that is not JSON', () => ['train', write(root, 'x.json', '{')], /expected JSON/],
    [
      'a joint that the layout lacks',
      () => ['train', recipe(distancesTo('Knee'))],
      /joints of kinect-v2: .*found Knee/,
    ],
    ['an epoch count of 0', () => ['train', 'tiny.json', '--epochs', '0'], /a whole number from 1/],
    ['a rate of 1', () => ['train', 'tiny.json', '--rates', '0,1'], /--rates: expected a pruning rate .*found 1\./],
    ['a rate that is no number', () => ['eval', 'run', '--rates', '0,half'], /found "0,half"|found "half"/],
    ['a folder that holds a run', () => ['train', 'tiny.json', '--out', 'run'], /found a run\. .*--resume run/],
    [
      'a folder that cannot be made',
      () => ['train', 'tiny.json', '--out', 'tiny.json/run'],
      /a folder that can be written/,
    ],
    ['nothing to resume', () => ['train', '--resume', 'nowhere'], /expected the folder of a run/],
    ['a missing model', () => ['eval', 'nowhere.anyrate'], /found nothing/],
    [
      'a truncated model',
      () => ['eval', write(root, 't.anyrate', model().subarray(0, 999))],
      /bytes, found 999\. .*damaged/,
    ],
    ['a foreign model', () => ['eval', good], /expected an \.anyrate model, found another kind of file/],
    ['a layout that is not the model’s', () => ['eval', 'run', '--data', 'ui-prmd'], /1 x kinect-v2.*found 1 x vicon/],
    [
      'a rate below the cut’s own',
      () => ['eval', smaller(), '--data', 'data', '--rates', '.5'],
      /ask for a higher rate/i,
    ],
    ['a missing sequence', () => ['predict', 'run', 'nowhere.txt'], /nowhere\.txt: .*found nothing/],
    ['an empty sequence', () => ['predict', 'run', write(root, 'e.txt', '')], /an empty file/],
    [
      'a sequence of one frame',
      () => ['predict', 'run', write(root, '1.txt', movement(1, 1, 1, 1))],
      /1\.txt: .*2 frames/,
    ],
    [
      'a sequence of another layout',
      () => ['predict', 'run', write(root, 'o.txt', '1 2 3\n4 5 6\n')],
      /expected 75 numbers/,
    ],
    ['a rate outside [0, 1)', () => ['predict', 'run', good, '--rate', '-0.1'], /found -0\.1/],
    ['two budgets', () => ['cut', 'run', '--rate', '.5', '--bytes', '9', '-o', 'c.anyrate'], /found 2 of them/],
    [
      '--effective with bytes',
      () => ['cut', 'run', '--bytes', '9000', '--effective', '-o', 'c.anyrate'],
      /--effective with --rate or --nonzeros/,
    ],
    [
      'no validation data',
      () => ['cut', 'run', '--keep', '.9', '-o', 'c.anyrate'],
      /set validation data aside.*--calibrate/,
    ],
    ['a share above 1', () => ['cut', 'run', '--keep', '1.1', '-o', 'c.anyrate'], /--keep: expected a share/],
    ['a validation part of 5', () => ['train', 'tiny.json', '--validate', '5'], /from 1 to 4/],
    ['too few bytes', () => ['cut', 'run', '--bytes', '9', '-o', 'c.anyrate'], /at least \d+ bytes/],
    ['too many non-zeros', () => ['cut', 'run', '--nonzeros', '9999', '-o', 'c.anyrate'], /0 to 1549 non-zero/],
    [
      'a file that cannot be written',
      () => ['cut', 'run', '--rate', '.5', '-o', 'no/c.anyrate'],
      /can be written, found ENOENT/,
    ],
    [
      'a folder as file name',
      () => ['cut', 'run', '--rate', '.5', '-o', 'data'],
      /expected a file name, found a folder/,
    ],
  ])('%s', (_, prepare, message) => {
    const args = prepare();
    const before = filesBelow(root);
    const { code, stdout, stderr } = run(...args);
    expect(stderr).toMatch(message);
    expect(
      stderr
        .trim()
        .split('\n')
        .filter((line) => line.startsWith('error: ')),
    ).toHaveLength(1);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(filesBelow(root)).toEqual(before);
  });

  function folderOfClass99(): string {
    write(root, 'class99/Simplified/101_18_99_1_1_sit.txt', movement(1, 1, 1));
    return 'class99';
  }

  function distancesTo(joint: string): object {
    const { pose } = tinyRecipe.preprocessing;
    return { preprocessing: { pose, channels: [{ step: 'distances', joints: [joint], chunks: 2 }] } };
  }

  function weightsOf(model: string): string {
    run('export', model, '-o', `${model}.safetensors`);
    return `${model}.safetensors`;
  }

  function otherNetwork(): string {
    write(root, 'other.json', JSON.stringify({ ...tinyRecipe, network: [{ kind: 'dense', units: 3 }] }));
    run('train', 'other.json', '--epochs', '1', '--out', 'other');
    return 'other';
  }

  function smaller(): string {
    run('cut', 'run', '--rate', '.8', '-o', 'smaller.anyrate');
    return 'smaller.anyrate';
  }
});
