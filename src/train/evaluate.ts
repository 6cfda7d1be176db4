import { encodeModel } from '../model/file.js';
import { Inference } from '../model/inference.js';
import type { Model } from '../model/model.js';
import { checkRate, cutSize, importanceOrder, keepNonzeros, nonzerosAt, nonzerosOf } from '../pruning/cut.js';
import { argmax, softmax } from '../runtime/scores.js';
import type { SkeletonSequence } from '../skeleton/sequence.js';

/** A sequence whose class is known. */
export interface LabelledSequence extends SkeletonSequence {
  readonly label: number;
}

/** Accuracy and size of a model cut at one rate. */
export interface RateResult {
  /** The rate asked for. */
  readonly rate: number;
  readonly nonzeros: number;
  /** Multiply-accumulates for one sequence. */
  readonly macs: number;
  /** Bytes of the cut's file. */
  readonly bytes: number;
  readonly correct: number;
  readonly total: number;
  /** correct / total */
  readonly accuracy: number;
  /** Mean cross-entropy. */
  readonly loss: number;
  /** Whether every step trained this very rate. */
  readonly trained: boolean;
  /** Weight tensors that the cut left without a non-zero. */
  readonly emptied: readonly string[];
}

const COLUMNS = 64;

/** Standardised features of sequences, ready for `evaluate`. */
export function evaluationFeatures(model: Model, sequences: readonly LabelledSequence[]): Float32Array[] {
  return sequences.map((sequence) => model.standardise(model.pipeline.features(sequence)));
}

/** Evaluates exact-budget cuts of a model. @throws InputError on a rate outside [0, 1) or below the model's own */
export function evaluate(
  model: Model,
  sequences: readonly LabelledSequence[],
  rates: readonly number[],
  features = evaluationFeatures(model, sequences),
): RateResult[] {
  const order = importanceOrder(model.parameters.latents);
  for (const rate of rates) nonzerosOf(model, { rate: checkRate(rate) });
  return rates.map((rate) => evaluateCut(model, order, rate, sequences, features));
}

function evaluateCut(
  model: Model,
  order: Uint32Array,
  rate: number,
  sequences: readonly LabelledSequence[],
  features: readonly Float32Array[],
): RateResult {
  const small = keepNonzeros(model, order, nonzerosAt(model.network.weightCount, rate), rate);
  const size = { ...cutSize(small.network, small.parameters.latents), bytes: encodeModel(small).length };
  const inference = new Inference(small.network, small.atRate(rate), COLUMNS);
  let correct = 0;
  let loss = 0;
  for (let start = 0; start < features.length; start += COLUMNS) {
    const logits = inference.run(features.slice(start, start + COLUMNS));
    for (const [i, scores] of logits.entries()) {
      const { label } = sequences[start + i];
      if (argmax(scores) === label) correct++;
      loss -= Math.log(Math.max(softmax(scores)[label], 1e-12));
    }
  }
  const total = features.length;
  const trained = model.description.provenance.trainedRates.includes(rate);
  return { rate, ...size, correct, total, accuracy: correct / total, loss: loss / total, trained };
}
