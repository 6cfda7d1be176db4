import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import * as anyrate from '../src/node.js';
import * as runtime from '../src/runtime.js';
import { toyDataset, toyRecipe } from './support/toy.js';

const root = mkdtempSync(join(tmpdir(), 'anyrate-arguments-'));
afterAll(() => rmSync(root, { recursive: true }));

/** Calls what a public name stands for with arguments that no type checker saw. */
type Call = (...given: never[]) => unknown;

const bytes = new Uint8Array(readFileSync(new URL('../examples/irds.anyrate', import.meta.url)));
const model = anyrate.cut(anyrate.decodeModel(bytes, 'irds'), { rate: 0.995 });
const small = anyrate.encodeModel(model);
const dataset = toyDataset();
const recipe = toyRecipe({}, { epochs: 1 });
const training = anyrate.createTraining(recipe, dataset);
const toyModel = training.model();
const labelled = anyrate.labelledSequences(toyModel, dataset, [0, 1]);
const report = anyrate.createReport(toyModel, dataset);
const checkpoint = anyrate.takeCheckpoint(training);
const shape = { persons: 1, joints: 21 };
const view = new runtime.RuntimeModel(small).view();
const make =
  (Made: new (...given: never[]) => unknown) =>
  (...given: never[]) =>
    new Made(...given);
const tensors = { metadata: {}, tensors: new Map() };
const file = anyrate.memoryFile('a/b.csv', new Uint8Array(3));
const stated = [[{ rate: 0.5, accuracy: 1 }], { part: 'test', split: 's', sequences: 1 }] as const;

/** Every public function and class, and good arguments of it. */
const calls: Readonly<Record<string, readonly [call: Call, args: readonly unknown[]]>> = {
  Model: [make(anyrate.Model), [model.description, model.parameters, 0, 'float32', 1]],
  Random: [make(anyrate.Random), [1, 2]],
  automaticRecipe: [anyrate.automaticRecipe, [dataset, {}]],
  calibrate: [anyrate.calibrate, [toyModel, labelled]],
  checkDataset: [anyrate.checkDataset, [dataset]],
  checkLayout: [anyrate.checkLayout, [dataset.layout, 'layout']],
  clipsWithin: [anyrate.clipsWithin, [1]],
  createPredictor: [anyrate.createPredictor, [toyModel, {}]],
  createReport: [anyrate.createReport, [toyModel, dataset, {}]],
  createTraining: [anyrate.createTraining, [recipe, dataset, {}]],
  criterionNamed: [anyrate.criterionNamed, ['global', 'flag']],
  cut: [anyrate.cut, [model, { rate: 0.999 }, {}]],
  decodeAnyset: [anyrate.decodeAnyset, [anyrate.encodeAnyset(dataset, 1e-4), 'set']],
  decodeCheckpoint: [anyrate.decodeCheckpoint, [anyrate.encodeCheckpoint(checkpoint), 'kept']],
  decodeModel: [anyrate.decodeModel, [small, 'model']],
  decodeSafetensors: [anyrate.decodeSafetensors, [anyrate.encodeSafetensors(tensors), 'weights']],
  describeDataset: [anyrate.describeDataset, [dataset]],
  dropDead: [anyrate.dropDead, [model]],
  encodeAnyset: [anyrate.encodeAnyset, [dataset, 1e-4]],
  encodeCheckpoint: [anyrate.encodeCheckpoint, [checkpoint]],
  encodeModel: [anyrate.encodeModel, [model]],
  encodeSafetensors: [anyrate.encodeSafetensors, [tensors]],
  evaluate: [anyrate.evaluate, [toyModel, labelled, [0], undefined]],
  exportModel: [anyrate.exportModel, [model, 'c', {}]],
  importSafetensors: [anyrate.importSafetensors, [new Uint8Array(20), 'weights', {}]],
  labelledSequences: [anyrate.labelledSequences, [toyModel, dataset, [0]]],
  layoutNamed: [anyrate.layoutNamed, ['kinect-v2']],
  liveWeights: [anyrate.liveWeights, [model]],
  loadDataset: [anyrate.loadDataset, [join(root, 'nowhere'), {}]],
  loadModel: [anyrate.loadModel, [join(root, 'nowhere')]],
  loadRecipe: [anyrate.loadRecipe, ['irds', {}]],
  loadSequence: [anyrate.loadSequence, [join(root, 'nowhere'), shape]],
  memoryFile: [anyrate.memoryFile, ['a.csv', new Uint8Array(3), {}]],
  modelSize: [anyrate.modelSize, [model]],
  packAnyset: [anyrate.packAnyset, [dataset, 1e-4]],
  parseRecipe: [anyrate.parseRecipe, [{}, 'recipe', {}]],
  parseSequence: [anyrate.parseSequence, ['1', 'sequence', shape]],
  predict: [anyrate.predict, [toyModel, dataset.samples[0], {}]],
  quantise: [anyrate.quantise, [model, 'int8']],
  readArchive: [anyrate.readArchive, [anyrate.memoryFile('a.zip', new Uint8Array(30))]],
  readFolder: [anyrate.readFolder, [[file], 'folder', {}]],
  readSequence: [anyrate.readSequence, [file, { ...shape, layout: dataset.layout }, { mirrored: false }]],
  registerCriterion: [anyrate.registerCriterion, [{}]],
  registerExporter: [anyrate.registerExporter, [{}]],
  registerFormat: [anyrate.registerFormat, [{}]],
  registerLayout: [anyrate.registerLayout, [{}]],
  registerMethod: [anyrate.registerMethod, [{}]],
  renderReport: [anyrate.renderReport, [report]],
  reportTable: [anyrate.reportTable, [report]],
  restoreCheckpoint: [anyrate.restoreCheckpoint, [training, checkpoint, 'kept']],
  runExperiment: [anyrate.runExperiment, [recipe, dataset, {}]],
  RunFolder: [anyrate.RunFolder.open, [join(root, 'nowhere')]],
  runSweep: [anyrate.runSweep, [join(root, 'nowhere.json'), {}]],
  runTraining: [anyrate.runTraining, [training, {}, {}]],
  saveModel: [anyrate.saveModel, [model, join(root, 'a.anyrate')]],
  searchRecipe: [
    (...given: never[]) => anyrate.searchRecipe(...(given as unknown as [never])).next(),
    [dataset, { budget: 0 }],
  ],
  searchTable: [anyrate.searchTable, [[]]],
  selectSplit: [anyrate.selectSplit, [dataset, undefined]],
  smallestKeeping: [anyrate.smallestKeeping, [toyModel, labelled, 0.9]],
  stateAccuracy: [anyrate.stateAccuracy, [toyModel, stated[1], stated[0]]],
  takeCheckpoint: [anyrate.takeCheckpoint, [training, {}]],
  train: [(...given: never[]) => anyrate.train(...(given as unknown as [never])).next(), [training, {}]],
  trainOne: [anyrate.trainOne, [{}, recipe]],
  unaligned: [anyrate.unaligned, [recipe]],
  weightSize: [anyrate.weightSize, [model]],
  withPruning: [anyrate.withPruning, [recipe, {}]],
  RuntimeModel: [make(runtime.RuntimeModel), [small]],
  Recognizer: [make(runtime.Recognizer), [view, {}]],
  'view.predict': [(sequence: never) => view.predict(sequence), [dataset.samples[0]]],
};

/** Called by the program itself, or errors that a program makes: nothing is checked. */
const UNCHECKED = [
  'DivergenceError',
  'InputError',
  'InterruptedError',
  'Pipeline',
  'openNodeClips',
  'startNodeWorkers',
];

test('a rate of another type, frames that are no number and positions of another length are refused', () => {
  const sequence = dataset.samples[0];
  for (const rate of [null, '0.9', [0.9]]) {
    expect(() => anyrate.cut(model, { rate: rate as unknown as number })).toThrow('rate: expected a pruning rate');
  }
  for (const frames of [Number.NaN, 2.5]) {
    expect(() => anyrate.predict(toyModel, { ...sequence, frames })).toThrow('a movement of at least 2 frames');
  }
  const frames = sequence.frames * 2;
  expect(() => anyrate.predict(toyModel, { ...sequence, frames })).toThrow(`${frames * 63} numbers, 3 a joint`);
});

test.each([undefined, null])('the runtime loads no %s', async (nothing) => {
  await expect(runtime.load(nothing as never)).rejects.toThrow('source: expected bytes');
  await expect(runtime.grow(nothing as never, 'x')).rejects.toThrow('model: expected bytes');
});

/** Files beside a file have any names; what stands for a run folder in the table is none, and is refused first. */
const NOT_OPTIONS = ['memoryFile', 'runTraining'];

test.each(Object.entries(calls).filter(([name]) => !NOT_OPTIONS.includes(name)))(
  '%s refuses an option that it does not know',
  async (name, [call, args]) => {
    for (const [at, options] of args.entries()) {
      if (at === 0 || options?.constructor !== Object || !isOptions(options)) continue;
      const given = args.with(at, { ...options, unheardOf: 1 }) as never[];
      const error = await Promise.resolve()
        .then(() => call(...given))
        .catch((thrown) => thrown as Error);
      expect(error, `${name}, argument ${at}`).toBeInstanceOf(Error);
      expect((error as Error).message, `${name}, argument ${at}`).toContain('unheardOf');
    }
  },
);

/** Options are all optional: the table has an object of few keys in their place. */
function isOptions(value: object): boolean {
  return Object.keys(value).length < 2;
}

test('an address that cannot be read is named', async () => {
  await expect(runtime.load('no address')).rejects.toThrow(/^no address: TypeError/);
});

test('a recording in which nobody was ever seen is refused', () => {
  const positions = dataset.samples[0].positions.map(() => Number.NaN);
  expect(() => anyrate.predict(toyModel, { ...dataset.samples[0], positions })).toThrow(
    'expected a joint that is seen, found every joint lost. Record it again.',
  );
});

test('every public function is in the table', () => {
  const names = Object.entries(anyrate).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
  expect(names.filter((name) => !(name in calls) && !UNCHECKED.includes(name) && name !== 'builtinRecipes')).toEqual(
    [],
  );
});

const WRONG = {
  undefined,
  null: null,
  NaN: Number.NaN,
  'a text': join(root, 'text'), // a path for what writes files
  'an object': {},
  'a list of another length': [1],
};
const MEANT = ['InputError', 'RangeError', 'FormatError', 'DivergenceError'];

test.each(Object.entries(calls))('%s says what it expected of each argument', async (name, [call, args]) => {
  for (const at of args.keys()) {
    for (const [what, value] of Object.entries(WRONG)) {
      const given = args.with(at, value) as never[];
      const error = await Promise.resolve()
        .then(() => call(...given))
        .catch((thrown) => thrown as Error);
      if (!(error instanceof Error)) continue;
      expect(MEANT, `${name}, argument ${at} as ${what}: ${error.stack}`).toContain(error.name);
      expect(error.message, `${name}, argument ${at} as ${what}`).not.toMatch(/call stack|Invalid typed array/);
    }
  }
});

test.each<[string, () => unknown, RegExp]>([
  [
    'a data set that was not awaited',
    () => anyrate.createTraining(recipe, anyrate.loadDataset('irds') as never),
    /found a promise\. Put await before it\./,
  ],
  [
    'no thread',
    () => anyrate.createTraining(recipe, dataset, { threads: 0 }),
    /options\.threads: expected a whole number from 1 on, found 0/,
  ],
  [
    'one rate for a list',
    () => anyrate.createReport(toyModel, dataset, { rates: 0.9 as never }),
    /options\.rates: expected a list of pruning rates, found 0\.9/,
  ],
  [
    'a rate for a budget',
    () => anyrate.cut(model, 0.999 as never),
    /expected one of \{ rate \}, \{ nonzeros \} and \{ bytes \}, found 0\.999/,
  ],
])('%s is told so', (_, call, message) => {
  expect(call).toThrow(message);
});
