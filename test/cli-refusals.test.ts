import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anyrate, filesBelow, makePlayground, movement, tinyRecipe, write } from './support/cli.js';

const root = makePlayground();
afterAll(() => rmSync(root, { recursive: true }));

const run = (...args: readonly string[]) => anyrate(root, ...args);
beforeAll(() => {
  expect(run('train', 'tiny.json', '--out', 'run').code).toBe(0);
});

describe('bad input is refused with exit code 2 and one clear line, and writes nothing', () => {
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
  const ownClips = () => {
    const frame = (x: number) => Array.from({ length: 21 }, (_, joint) => [x, joint, 0]);
    for (const name of ['a', 'b']) {
      for (const take of [1, 2])
        write(root, `clips/${name}/${take}.json`, JSON.stringify({ frames: [1, take].map(frame) }));
    }
    return 'clips';
  };
  const ratesTo = (count: number) => Array.from({ length: count }, (_, i) => i / count).join(',');
  const model = () => readFileSync(join(root, 'run/model.anyrate'));

  test.each<[string, () => string[], RegExp]>([
    ['a missing data path', () => ['train', 'tiny.json', '--data', 'nowhere'], /"nowhere", which is neither/],
    [
      'a recording for a recipe',
      () => ['train', `${ownClips()}/a/1.json`],
      /expected a recipe, found a list, as recordings/,
    ],
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
      /gesture number.*one of the 9 classes, 0 to 8, found 99/,
    ],
    ['an unknown split', () => ['train', 'tiny.json', '--split', 'cross-subjects'], /Did you mean "cross-subject"/],
    [
      'kinds of networks to try, of a recipe',
      () => ['train', 'tiny.json', '--family', 'both'],
      /--family: expected a folder.* found the recipe "tiny.json".*Leave out --family/,
    ],
    ['trials of a recipe', () => ['train', '--budget', '0'], /--budget: expected a folder.* found the recipe "irds"/],
    ['a misspelt data set', () => ['train', 'tiny.json', '--data', 'idrs'], /Did you mean "irds"/],
    ['a misspelt recipe', () => ['train', 'paper-sb'], /Did you mean "paper-sbu"/],
    ['an unknown format', () => ['export', 'run', '--format', 'onx', '-o', 'x'], /onnx.*safetensors/],
    ['a misspelt extension', () => ['export', 'run', '-o', 'x.onx'], /found -o x\.onx\. Did you mean "\.onnx"/],
    [
      'a misspelt extension of a model',
      () => ['cut', 'run', '--rate', '0.5', '-o', 'x.anyrat'],
      /x\.anyrat: .*found \.anyrat\. Did you mean "\.anyrate"/,
    ],
    [
      'another format of a cut',
      () => ['cut', 'run', '--rate', '0.5', '-o', 'x.onnx'],
      /a name that ends in \.anyrate, found \.onnx\. Use anyrate export/,
    ],
    [
      'a rate in percent',
      () => ['cut', 'run', '--rate', '98.5%', '-o', 'c.anyrate'],
      /found "98\.5%"\. Did you mean 0\.985/,
    ],
    ['a rate with a percent sign', () => ['eval', 'run', '--rates', '0,.98%'], /found "\.98%"\. Did you mean 0\.98\?/],
    [
      'a decimal comma',
      () => ['export', 'run', '--rate', '0,98', '-o', 'x.onnx'],
      /found "0,98"\. Did you mean 0\.98\?/,
    ],
    [
      'a share in percent',
      () => ['cut', 'run', '--keep', '99 %', '-o', 'c.anyrate'],
      /found "99 %"\. Did you mean 0\.99\?/,
    ],
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
    ['a missing model', () => ['eval', 'nowhere'], /expected an .anyrate file, or the folder of a run, found nothing/],
    [
      'a truncated model',
      () => ['eval', write(root, 't.anyrate', model().subarray(0, 999))],
      /bytes, found 999\. .*damaged/,
    ],
    ['a foreign model', () => ['eval', good], /expected an \.anyrate model, found another kind of file/],
    ['a layout that is not the model’s', () => ['eval', 'run', '--data', 'ui-prmd'], /1 x kinect-v2.*found 1 x vicon/],
    ['a rate below the cut’s own', () => ['eval', smaller(), '--data', 'data', '--rates', '.5'], /give a higher rate/i],
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
    [
      'recordings without a recipe to compare',
      () => ['compare', '--data', ownClips()],
      /--data clips alone\. Run "anyrate train clips" first, then "anyrate compare runs\/clips\/recipe\.json --data clips"/,
    ],
    ['a folder of recordings for a recipe', () => ['compare', 'data'], /found a folder\. .*--data/],
    [
      'a run where nothing can be written',
      () => ['train', 'data', '--out', '/proc/run', '--budget', '0'],
      /\/proc\/run: expected a folder that can be written/,
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
    [
      'too few bytes',
      () => ['cut', 'run', '--bytes', '9', '-o', 'c.anyrate'],
      /at least \d+ bytes.*--precision int8.*--drop-dead/,
    ],
    ['too many non-zeros', () => ['cut', 'run', '--nonzeros', '9999', '-o', 'c.anyrate'], /0 to 1549 non-zero/],
    [
      'a file that cannot be written',
      () => ['cut', 'run', '--rate', '.5', '-o', 'no/c.anyrate'],
      /expected the folder no, found none/,
    ],
    [
      'a path below a file',
      () => ['cut', 'run', '--rate', '.5', '-o', `${write(root, 'plain', '')}/c`],
      /found not a directory \(ENOTDIR\)/,
    ],
    ['the standard output', () => ['cut', 'run', '--rate', '.5', '-o', '/dev/stdout'], /found the standard output/],
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
