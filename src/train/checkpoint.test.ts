import { expect, test } from 'vitest';
import { toyDataset, toyRecipe } from '../../test/support/toy.js';
import { InputError } from '../core/errors.js';
import {
  type Checkpoint,
  decodeCheckpoint,
  encodeCheckpoint,
  restoreCheckpoint,
  takeCheckpoint,
} from './checkpoint.js';
import { createTraining } from './create-training.js';

const training = createTraining(toyRecipe({}, { epochs: 2 }), toyDataset());
training.runEpoch();
const taken = takeCheckpoint(training);
training.close();

test('a checkpoint says the same after it was a file', () => {
  expect(decodeCheckpoint(encodeCheckpoint(taken), 'kept')).toEqual(taken);
});

const { state } = taken;

test.each<[string, Partial<Checkpoint['state']>]>([
  ['fewer arrays', { arrays: state.arrays.slice(1) }],
  ['an array too many', { arrays: [...state.arrays, new Float32Array(1)] }],
  ['a longer array', { arrays: [new Float32Array(state.arrays[0].length + 1), ...state.arrays.slice(1)] }],
  ['an array of another type', { arrays: [new Float64Array(state.arrays[0].length), ...state.arrays.slice(1)] }],
  ['epochs that are not in the recipe', { epoch: 3 }],
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
