import { expect, test } from 'vitest';
import { toyDataset, toyRecipe } from '../../test/support/toy.js';
import { InputError } from '../core/errors.js';
import { openSealed, sealFile } from '../core/sealed-file.js';
import { encodeModel } from '../model/file/file.js';
import {
  type Checkpoint,
  decodeCheckpoint,
  encodeCheckpoint,
  restoreCheckpoint,
  takeCheckpoint,
} from './checkpoint.js';
import { createTraining } from './create-training.js';
import type { EpochReport } from './training.js';

const training = createTraining(toyRecipe({}, { epochs: 2 }), toyDataset());
training.runEpoch();
const taken = takeCheckpoint(training);
training.close();

test('a checkpoint says the same after it was a file', () => {
  expect(decodeCheckpoint(encodeCheckpoint(taken), 'kept')).toEqual(taken);
});

const { state } = taken;

/** A training in parts of so many steps, each of which goes on from the file of a checkpoint of the one before. */
function trainInFiles(steps: number): { reports: EpochReport[]; model: Uint8Array } {
  const begin = () => createTraining(toyRecipe({}, { epochs: 3, batch: 5, schedule: 'paper' }), toyDataset());
  const reports: EpochReport[] = [];
  let training = begin();
  while (!training.done) {
    let left = steps;
    const report = training.runPart(() => --left === 0);
    if (report !== undefined) reports.push(report);
    const file = encodeCheckpoint(takeCheckpoint(training));
    training.close();
    training = begin();
    restoreCheckpoint(training, decodeCheckpoint(file, 'kept'), 'kept');
  }
  const model = encodeModel(training.model());
  training.close();
  return { reports, model };
}

test('from a checkpoint after any step a training goes on to the same reports and model', () => {
  const whole = trainInFiles(Number.POSITIVE_INFINITY);
  expect(whole.reports.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
  expect(trainInFiles(1)).toEqual(whole);
  expect(trainInFiles(2)).toEqual(whole);
});

test('a checkpoint of version 2, which is one between two epochs, is read', () => {
  const bytes = encodeCheckpoint(taken);
  const { header, body } = openSealed({ magic: 'anyckpt', version: 3, title: '' }, bytes, 'kept');
  const { loss, ...before } = header as { loss: number };
  expect(loss).toBe(0);
  const former = sealFile({ magic: 'anyckpt', version: 2, title: '' }, before, [body]);
  expect(decodeCheckpoint(former, 'former')).toEqual(taken);
});

test.each<[string, Partial<Checkpoint['state']>]>([
  ['fewer arrays', { arrays: state.arrays.slice(1) }],
  ['an array too many', { arrays: [...state.arrays, new Float32Array(1)] }],
  ['a longer array', { arrays: [new Float32Array(state.arrays[0].length + 1), ...state.arrays.slice(1)] }],
  ['an array of another type', { arrays: [new Float64Array(state.arrays[0].length), ...state.arrays.slice(1)] }],
  ['epochs that are not in the recipe', { epoch: 3 }],
  ['a step of another epoch', { step: 2 * state.step }],
  ['a step of the epoch before', { step: state.step - 1 }],
  ['the loss of an epoch that has not begun', { loss: 1 }],
  ['the state of another schedule', { schedule: [1, 2, 3] }],
])('forged with %s and this training’s name it is refused whole', (_, changes) => {
  const forged = decodeCheckpoint(encodeCheckpoint({ ...taken, state: { ...state, ...changes } }), 'forged');
  const fresh = createTraining(toyRecipe({}, { epochs: 2 }), toyDataset());
  const before = fresh.snapshot();
  expect(() => restoreCheckpoint(fresh, forged, 'forged')).toThrow(InputError);
  expect(() => restoreCheckpoint(fresh, forged, 'forged')).toThrow(
    'forged: expected the arrays of this training, found others. Delete it to train from the start.',
  );
  expect(fresh.snapshot()).toEqual(before);
  fresh.close();
});

test.each([0, 7, 10, 20, 100])('damaged at byte %i, or cut there, it says that it can go', (at) => {
  const bytes = encodeCheckpoint(taken);
  const changed = bytes.slice();
  changed[at] ^= 1;
  for (const file of [changed, bytes.subarray(0, at)]) {
    expect(() => decodeCheckpoint(file, 'file')).toThrow(/^file.*Delete it to train from the start\.$/);
  }
});
