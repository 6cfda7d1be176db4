import { aModel, aNumber, checkArguments, type Kind, labelled, listOf } from '../core/arguments.js';
import { smoothRecording } from '../data/smooth-recording.js';
import { inferenceOf } from '../model/inference.js';
import type { Model } from '../model/model.js';
import { cutter } from '../pruning/cut/cutter.js';
import type { SkeletonSequence } from '../runtime/skeleton/sequence.js';
import { argmax, softmax } from '../runtime/view.js';

/** A sequence whose class is known. */
export interface LabelledSequence extends SkeletonSequence {
  readonly label: number;
}

/** Accuracy at one rate, on some sequences: what reports, folds and comparisons tell of a rate before all else. */
export interface RateAccuracy {
  /** The rate asked for. */
  readonly rate: number;
  readonly correct: number;
  readonly total: number;
  /** correct / total */
  readonly accuracy: number;
}

/** Accuracy and loss of a model cut at one rate. */
export interface RateResult extends RateAccuracy {
  /** Mean cross-entropy. */
  readonly loss: number;
}

const COLUMNS = 64;

/** Standardised features of sequences, ready for `evaluate`. */
export function evaluationFeatures(model: Model, sequences: readonly SkeletonSequence[]): Float32Array[] {
  return sequences.map((sequence) =>
    model.standardise(model.pipeline.features(smoothRecording(sequence, model.description.stream))),
  );
}

/** What a model cut at one rate answers. */
export interface CutOutputs {
  readonly rate: number;
  /** [sequence][class] */
  readonly logits: readonly Float32Array[];
}

const someFeatures: Kind = {
  expected: 'features of every sequence, or nothing',
  holds: (value) =>
    value === undefined || (Array.isArray(value) && value.every((features) => features instanceof Float32Array)),
};

/**
 * Evaluates exact-budget cuts of a model.
 * @throws InputError on a rate outside [0, 1) or below the model's own
 * @example
 * const { test } = selectSplit(dataset);
 * const [{ accuracy }] = evaluate(model, labelledSequences(model, dataset, test), [0.98]);
 */
export function evaluate(
  model: Model,
  sequences: readonly LabelledSequence[],
  rates: readonly number[],
  features?: readonly Float32Array[],
): RateResult[] {
  checkArguments('evaluate', {
    model: [aModel, model],
    sequences: [labelled, sequences],
    rates: [listOf('pruning rates', aNumber), rates],
    features: [someFeatures, features],
  });
  return runCuts(model, sequences, rates, features).map((outputs) => tally(outputs, sequences));
}

/** Runs exact-budget cuts of a model. @throws InputError on a rate outside [0, 1) or below the model's own */
export function runCuts(
  model: Model,
  sequences: readonly SkeletonSequence[],
  rates: readonly number[],
  features?: readonly Float32Array[],
): CutOutputs[] {
  const cutTo = cutter(model);
  const cuts = rates.map((rate) => {
    const small = cutTo(rate);
    const logits: Float32Array[] = [];
    return { rate, inference: inferenceOf(small, rate, COLUMNS), logits };
  });
  for (let start = 0; start < sequences.length; start += COLUMNS) {
    const part = sequences.slice(start, start + COLUMNS);
    const inputs = features?.slice(start, start + COLUMNS) ?? evaluationFeatures(model, part);
    for (const { logits, inference } of cuts) logits.push(...inference.run(inputs));
  }
  return cuts.map(({ rate, logits }) => ({ rate, logits }));
}

/** Right answers and loss of a cut. */
export function tally({ rate, logits }: CutOutputs, sequences: readonly LabelledSequence[]): RateResult {
  const total = sequences.length;
  let [correct, loss] = [0, 0];
  for (const [i, scores] of logits.entries()) {
    const { label } = sequences[i];
    if (argmax(scores) === label) correct++;
    loss -= Math.log(Math.max(softmax(scores)[label], 1e-12));
  }
  return { rate, correct, total, accuracy: correct / total, loss: loss / total };
}
