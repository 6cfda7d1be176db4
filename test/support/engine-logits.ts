import { expect } from 'vitest';
import { inferenceOf } from '../../src/model/inference.js';
import type { Model } from '../../src/model/model.js';
import type { SkeletonSequence } from '../../src/runtime/skeleton/sequence.js';

/** Logits of the engine at the model's own rate, [sequence][class]. */
export function engineLogits(model: Model, sequences: readonly SkeletonSequence[]): Float32Array[] {
  const inference = inferenceOf(model, model.rate, 1);
  return sequences.flatMap((sequence) => inference.run([model.standardise(model.pipeline.features(sequence))]));
}

export function greatestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
}
