import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type ExperimentEvent, encodeModel, loadModel, runExperiment } from '../src/node.js';
import { toyDataset, toyRecipe, toySplit } from './support/toy.js';

const root = mkdtempSync(join(tmpdir(), 'anyrate-experiment-'));
afterAll(() => rmSync(root, { recursive: true }));

const dataset = toyDataset();
const recipe = toyRecipe({ report: [0, 0.5] }, { epochs: 2 });

/** The events by their kind, with what tells them apart. */
function collector() {
  const seen: string[] = [];
  const onEvent = (event: ExperimentEvent) => {
    if (event.type === 'epoch') seen.push(`epoch ${event.report.epoch}`);
    else if ('split' in event) seen.push(`${event.type} ${event.split}`);
  };
  return { seen, onEvent };
}

test('without a folder: the same model as with one, which states its accuracy', async () => {
  const kept = await runExperiment(recipe, dataset, { folder: join(root, 'kept') });
  const free = await runExperiment(recipe, dataset);
  expect(free.folder).toBeUndefined();
  expect(encodeModel(free.networks[0].model)).toEqual(encodeModel(loadModel(join(root, 'kept'))));
  expect(free.report).toEqual(kept.report);
  expect(JSON.parse(readFileSync(join(root, 'kept', 'report.json'), 'utf8'))).toEqual(kept.report);
  const [stated] = free.networks[0].model.description.provenance.accuracy!;
  expect(stated.rates).toEqual([0, 0.5]);
  expect(stated.accuracies).toEqual(free.report.rates.map(({ accuracy }) => Number(accuracy.toFixed(4))));
});

test('a recipe that calibrates trains twice, and takes the temperatures of the first network', async () => {
  const { seen, onEvent } = collector();
  const { networks } = await runExperiment({ ...recipe, calibrate: true }, dataset, { onEvent });
  const inner = ['epoch 1', 'epoch 2'];
  expect(seen).toEqual([
    'calibration quarter/validation-1',
    'start quarter/validation-1',
    ...inner,
    'end quarter/validation-1',
    'calibration quarter',
    'start quarter',
    ...inner,
    'end quarter',
  ]);
  const [{ model, validation }] = networks;
  expect(validation!.model.description.temperatures).toHaveLength(9);
  expect(model.description.temperatures).toEqual(validation!.model.description.temperatures);
  expect(model.description.provenance.accuracy!.map(({ part }) => part)).toEqual(['validation', 'test']);
});

test('5-fold trains one network a fold inside the run, and reports the mean', async () => {
  const halves = toySplit();
  const splits = [
    { ...halves, name: 'fold1' },
    { ...halves, name: 'fold2', train: halves.train.slice(5), test: [...halves.test, ...halves.train.slice(0, 5)] },
  ];
  const { seen, onEvent } = collector();
  const folder = join(root, 'folds');
  const { report, networks } = await runExperiment(
    { ...recipe, split: '5-fold' },
    { ...dataset, splits },
    { folder, onEvent },
  );
  expect(seen.filter((event) => event.startsWith('fold'))).toEqual(['fold fold1', 'fold fold2']);
  expect(report).toMatchObject({ split: '5-fold', sequences: 25 });
  const [first, second] = networks.map((network) => network.report.rates[0].accuracy);
  expect(report.rates[0].accuracy).toBeCloseTo((first + second) / 2, 12);
  expect(networks.map((network) => network.folder)).toEqual([join(folder, 'fold1'), join(folder, 'fold2')]);
  expect(existsSync(join(folder, 'model.anyrate'))).toBe(false);
});

test('a folder that holds a run is not taken for another', async () => {
  await expect(runExperiment(recipe, dataset, { folder: join(root, 'kept') })).rejects.toThrow(
    /a folder without a run/,
  );
});

test('a signal ends it: without a folder nothing is saved', async () => {
  const signal = AbortSignal.abort();
  await expect(runExperiment(recipe, dataset, { signal })).rejects.toThrow(
    'Interrupted: 0 of 2 epochs were finished, and nothing is saved without a run folder.',
  );
});
