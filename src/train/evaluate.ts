import { encodeModel } from '../model/file.js';
import { Inference } from '../model/inference.js';
import type { Model } from '../model/model.js';
import { type CutSize, checkRate, cutSize, nonzerosOf } from '../pruning/cut.js';
import { importanceOrder } from '../pruning/importance.js';
import { keepNonzeros } from '../pruning/keep.js';
import { liveWeights } from '../pruning/live.js';
import { nonzerosAt } from '../runtime/file/read.js';
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
  /** Non-zeros that can influence an answer. */
  readonly effective: number;
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

/** What a model cut at one rate answers, and its size. */
export interface CutOutputs extends CutSize, Pick<RateResult, 'rate' | 'trained' | 'bytes' | 'effective'> {
  /** [sequence][class] */
  readonly logits: readonly Float32Array[];
}

/** Evaluates exact-budget cuts of a model. @throws InputError on a rate outside [0, 1) or below the model's own */
export function evaluate(
  model: Model,
  sequences: readonly LabelledSequence[],
  rates: readonly number[],
  features?: readonly Float32Array[],
): RateResult[] {
  return runCuts(model, sequences, rates, features).map((outputs) => tally(outputs, sequences));
}

/** Runs exact-budget cuts of a model. @throws InputError on a rate outside [0, 1) or below the model's own */
export function runCuts(
  model: Model,
  sequences: readonly LabelledSequence[],
  rates: readonly number[],
  features?: readonly Float32Array[],
): CutOutputs[] {
  const order = importanceOrder(model.parameters.latents);
  for (const rate of rates) nonzerosOf(model, { rate: checkRate(rate) });
  const cuts = rates.map((rate) => new CutRun(model, order, rate));
  for (let start = 0; start < sequences.length; start += COLUMNS) {
    const part = sequences.slice(start, start + COLUMNS);
    const inputs = features?.slice(start, start + COLUMNS) ?? evaluationFeatures(model, part);
    for (const { logits, inference } of cuts) logits.push(...inference.run(inputs));
  }
  return cuts.map(({ facts, logits }) => ({ ...facts, logits }));
}

/** Right answers and loss of a cut. */
export function tally({ logits, ...facts }: CutOutputs, sequences: readonly LabelledSequence[]): RateResult {
  const total = sequences.length;
  let [correct, loss] = [0, 0];
  for (const [i, scores] of logits.entries()) {
    const { label } = sequences[i];
    if (argmax(scores) === label) correct++;
    loss -= Math.log(Math.max(softmax(scores)[label], 1e-12));
  }
  return { ...facts, correct, total, accuracy: correct / total, loss: loss / total };
}

/** One cut, run over all sequences part by part. */
class CutRun {
  readonly facts: Omit<CutOutputs, 'logits'>;
  readonly inference: Inference;
  readonly logits: Float32Array[] = [];

  constructor(model: Model, order: Uint32Array, rate: number) {
    const small = keepNonzeros(model, order, nonzerosAt(model.network.weightCount, rate), rate);
    const trained = model.description.provenance.trainedRates.includes(rate);
    const size = { ...cutSize(small.network, small.parameters.latents), effective: liveWeights(small).effective };
    this.facts = { rate, trained, ...size, bytes: encodeModel(small).length };
    this.inference = new Inference(small.network, small.atRate(rate), COLUMNS);
  }
}
