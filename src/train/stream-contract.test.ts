import { expect, test } from 'vitest';
import type { Dataset } from '../data/dataset.js';
import type { Recipe } from './recipe/recipe.js';
import { streamContractOf } from './stream-contract.js';

const recipe = { augmentation: [] } as unknown as Recipe;

function dataset(samples: readonly object[], facts: object = {}): Dataset {
  const layout = { mirror: [0, 2, 1] };
  return { layout, classes: ['left', 'right', 'still'], samples, ...facts } as unknown as Dataset;
}

test('the window is the median length of the training recordings, by their time stamps', () => {
  const timed = (...seconds: number[]) => ({ frames: seconds.length, seconds: Float64Array.from(seconds) });
  // Lengths, with the last frame: 3 / 10, 2 / 2 and 3 / 1 seconds; the last recording does not train.
  const all = dataset([timed(0, 0.1, 0.2), timed(5, 5.5), timed(1, 2, 3), timed(0, 100)]);
  expect(streamContractOf(recipe, all, [0, 1, 2])).toEqual({
    seconds: 1,
    framesPerSecond: 2,
    mirror: { joints: [0, 2, 1] },
  });
});

test('without time stamps it is that of all frames that were recorded, at 30 a second', () => {
  const all = dataset([{ frames: 64, recordedFrames: 96 }, { frames: 30 }, { frames: 64, recordedFrames: 200 }]);
  expect(streamContractOf(recipe, all, [0, 1, 2])).toEqual({ seconds: 3.2, mirror: { joints: [0, 2, 1] } });
});

test('what the recipe states of a stream is stated instead of what the recordings show', () => {
  const stream = { seconds: 1.6, framesPerSecond: 25, smoothing: 0.3, spotting: { enter: 0.7 } };
  const told = { augmentation: [], stream } as unknown as Recipe;
  expect(streamContractOf(told, dataset([{ frames: 45 }]), [0])).toEqual({ ...stream, mirror: { joints: [0, 2, 1] } });
});

test('classes that the recipe mirrors are partners, and those that mean nothing are named', () => {
  const mirrored = {
    augmentation: [{ step: 'mirror', classes: { left: 'right', right: 'left' } }],
  } as unknown as Recipe;
  expect(streamContractOf(mirrored, dataset([{ frames: 45 }], { nothing: ['still'] }), [0])).toEqual({
    seconds: 1.5,
    mirror: { joints: [0, 2, 1], classes: [1, 0, 2] },
    nothing: ['still'],
  });
});

test('classes may be called as properties of every object are', () => {
  const classes = ['constructor', '__proto__', 'toString'];
  const step = { step: 'mirror', classes: JSON.parse('{"__proto__": "toString", "toString": "__proto__"}') };
  const mirrored = { augmentation: [step] } as unknown as Recipe;
  const { mirror } = streamContractOf(mirrored, dataset([{ frames: 45 }], { classes }), [0]);
  expect(mirror).toEqual({ joints: [0, 2, 1], classes: [0, 2, 1] });
});
