import type { Model } from 'anyrate/browser';
import { expect, test } from 'vitest';
import { grown } from './train-on.js';

/** A network of one hidden weight and a classifier of two units; every number says where it is from. */
function network(classes: readonly string[], from: number): Model {
  const numbers = (count: number, first: number) => Float32Array.from({ length: count }, (_, i) => from + first + i);
  const parameters = {
    latents: [numbers(3, 0), numbers(classes.length * 2, 10)],
    scales: [1, 2],
    gains: [{ knots: 1, size: 1, values: Float64Array.of(from) }],
    biases: [
      { knots: 2, size: 1, values: Float64Array.of(from, from + 1) },
      { knots: 2, size: classes.length, values: Float64Array.from(numbers(classes.length * 2, 50)) },
    ],
    mean: Float32Array.of(from),
    inverseDeviation: Float32Array.of(from),
  };
  return { description: { classes }, parameters } as unknown as Model;
}

test('classes that were known keep their rows, wherever they are now; others are the fresh ones', () => {
  const { latents, gains, biases, mean } = grown(network(['a', 'b', 'gone'], 100), network(['b', 'new', 'a'], 500));
  expect([...latents[0]]).toEqual([100, 101, 102]);
  expect([...latents[1]]).toEqual([112, 113, 512, 513, 110, 111]);
  expect([...gains[0].values]).toEqual([100]);
  expect([...biases[0].values]).toEqual([100, 101]);
  expect([...biases[1].values]).toEqual([151, 551, 150, 154, 554, 153]);
  expect([...mean]).toEqual([500]); // of the recordings that it is trained on now
});
