import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect } from 'vitest';
import { InputError } from '../src/core/errors.js';
import { decodeModel } from '../src/model/file/file.js';
import { FormatError, RuntimeModel } from '../src/runtime.js';
import { anyrate } from './support/cli.js';
import { sharedPath, testWith } from './support/tools.js';

const FOLDER = '../shared/cases/hostile';
const root = mkdtempSync(join(tmpdir(), 'anyrate-hostile-'));
beforeAll(() => {
  if (existsSync(sharedPath(FOLDER))) cpSync(sharedPath(FOLDER), root, { recursive: true, mode: 0 });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const IRDS = fileURLToPath(new URL('../examples/irds.anyrate', import.meta.url));

/** Models, recipes, sequences, weights and data sets that somebody forged; each was taken, or hung, or was called a bug, once. */
const MODELS = [
  '01-runtime-frames-object/frames-object',
  '02-runtime-frames-huge/frames-2e31',
  '03-runtime-many-pose-steps/10000-body-frames',
  '04-runtime-130000-classes/130000-classes',
  '05-runtime-loose-types/accuracy-99',
  '05-runtime-loose-types/accuracy-text',
  '05-runtime-loose-types/rate-text',
  '06-infinite-weights/int8-step-3e38',
];

testWith(FOLDER, 'forged models are refused at once, by the runtime and by the engine', () => {
  for (const name of MODELS) {
    const bytes = readFileSync(join(root, `${name}.anyrate`));
    const started = performance.now();
    expect(() => new RuntimeModel(bytes), name).toThrow(FormatError);
    expect(() => decodeModel(bytes, name), name).toThrow(InputError);
    expect(performance.now() - started, name).toBeLessThan(1000);
  }
});

const COMMANDS: readonly (readonly [args: readonly string[], message: RegExp])[] = [
  [['train', '07-deep-nesting/deep.json'], /seed: expected a number, found lists or objects too deep/],
  [['predict', IRDS, '07-deep-nesting/deep-seq.json'], /found lists or objects too deep/],
  [['import', '07-deep-nesting/deep.safetensors', '-o', 'o.anyrate'], /found lists or objects too deep/],
  [['data', 'info', '08-anyset-infinite/infinite.anyset'], /expected finite positions/],
  [['train', '09-late-zod-error/long.json'], /name: expected at most 1000 characters/],
  [['train', '10-mixup-hang/mixup.json'], /training.mixup: expected 0, or 0.001 to 1, found 1e-300/],
  [['train', '11-recipe-name-path/trav.json'], /name: expected a name without slashes/],
  [['predict', IRDS, '23-hex-numbers/hex.txt'], /line \d+, column \d+: expected a (?:finite )?number, found "0x10"/],
];

testWith(FOLDER, 'forged files on the command line are bad input, in one line, and write nothing', () => {
  const before = readdirSync(root).sort();
  for (const [args, message] of COMMANDS) {
    const { code, stderr } = anyrate(root, ...args);
    expect([code, stderr], args.join(' ')).toEqual([2, expect.stringMatching(message)]);
    expect(stderr.trim().split('\n'), args.join(' ')).toHaveLength(1);
  }
  expect(readdirSync(root).sort()).toEqual(before);
});

testWith(FOLDER, 'a forged checkpoint says what helps', () => {
  cpSync(join(root, '26-damaged-checkpoint-advice/checkpoint-1866.bin'), join(root, 'run/checkpoint'));
  const recipe = JSON.parse(readFileSync(join(root, '10-mixup-hang/mixup.json'), 'utf8'));
  Object.assign(recipe.training, { mixup: 0 });
  writeFileSync(join(root, 'run/recipe.json'), JSON.stringify(recipe));
  const { code, stderr } = anyrate(root, 'train', '--resume', 'run');
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(/checkpoint: expected a checkpoint of this recipe .* start a new training/),
  ]);
});
