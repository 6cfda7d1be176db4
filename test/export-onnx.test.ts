import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Inference } from '../src/model/inference.js';
import type { Model } from '../src/model/model.js';
import { cut } from '../src/pruning/cut.js';
import { softmax } from '../src/runtime/scores.js';
import type { SkeletonSequence } from '../src/skeleton/sequence.js';
import { openOnnx, runSequences } from './support/onnx.js';
import { layerLists, randomModel } from './support/random-model.js';
import { preprocessings, randomSequences } from './support/random-preprocessing.js';

/** Logits of the engine. */
function engineLogits(model: Model, sequences: readonly SkeletonSequence[]): Float32Array[] {
  const features = sequences.map((sequence) => model.standardise(model.pipeline.features(sequence)));
  return new Inference(model.network, model.atRate(model.rate), sequences.length).run(features);
}

function greatestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
}

test('random networks and preprocessing, whole and compact: within 1e-4 of the engine', async () => {
  const property = fc.asyncProperty(
    layerLists,
    preprocessings,
    fc.constantFrom(1, 2, 3),
    fc.constantFrom(0, 0.5, 0.9, 0.98, 0.999),
    fc.boolean(),
    fc.nat(1000),
    async (layers, preprocessing, persons, rate, compact, seed) => {
      const model = cut(randomModel(layers, seed, preprocessing, persons), { rate });
      const session = await openOnnx(model, { compact });
      const sequences = randomSequences(3, persons, seed);
      for (const [i, expected] of engineLogits(model, sequences).entries()) {
        const { logits, probabilities } = await runSequences(session, [sequences[i]]);
        expect(greatestDifference(logits, expected)).toBeLessThan(1e-4);
        expect(greatestDifference(probabilities, softmax(expected))).toBeLessThan(1e-4);
      }
      await session.release();
    },
  );
  await fc.assert(property, { numRuns: 60 });
});
