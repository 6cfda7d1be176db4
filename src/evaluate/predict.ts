import { aModel, aSequence, checkArguments, optionsOf } from '../core/arguments.js';
import { InputError } from '../core/errors.js';
import { smoothRecording } from '../data/smooth-recording.js';
import { inferenceOf } from '../model/inference.js';
import type { Model } from '../model/model.js';
import { cutter } from '../pruning/cut/cutter.js';
import type { SkeletonSequence } from '../runtime/skeleton/sequence.js';
import type { Prediction } from '../runtime/view.js';
import { argmax, softmax } from '../runtime/view.js';

/** How a network is used that answers. */
export interface PredictOptions {
  /** Pruning rate at which the network runs; by default the least that the model holds. */
  readonly rate?: number | undefined;
}

const anyPredictOptions = optionsOf<PredictOptions>({ rate: true });

/** Classifies a sequence; `source` is its name in errors. */
export type Predictor = (sequence: SkeletonSequence, source?: string) => Prediction;

/**
 * Cuts a model once, to classify many sequences.
 * @example
 * const classify = createPredictor(model, { rate: 0.98 });
 * const names = dataset.samples.map((sample) => classify(sample, sample.id).name);
 */
export function createPredictor(model: Model, options: PredictOptions = {}): Predictor {
  checkArguments('createPredictor', { model: [aModel, model], options: [anyPredictOptions, options] });
  const { rate = model.rate } = options;
  const small = cutter(model)(rate);
  const inference = inferenceOf(small, rate, 1);
  return (sequence, source = 'sequence') => {
    checkSequence(model, sequence, source);
    const features = small.standardise(small.pipeline.features(smoothRecording(sequence, model.description.stream)));
    const [logits] = inference.run([features]);
    if (!logits.every(Number.isFinite)) throw notFinite(logits.join(', '));
    const scores = softmax(logits, model.temperatureAt(rate));
    const label = argmax(scores);
    return { label, name: model.description.classes[label], probability: scores[label], scores };
  };
}

/**
 * Classifies one sequence.
 * @example
 * const { name, probability } = predict(model, sequence, { rate: 0.98 });
 */
export function predict(model: Model, sequence: SkeletonSequence, options: PredictOptions = {}): Prediction {
  checkArguments('predict', {
    model: [aModel, model],
    sequence: [aSequence, sequence],
    options: [anyPredictOptions, options],
  });
  return createPredictor(model, options)(sequence);
}

/** A network whose weights are beyond use. */
export function notFinite(found: string): InputError {
  return new InputError({
    source: 'model',
    expected: 'weights that give finite logits',
    found,
    mend: 'Copy the file again from its source, or train the model again.',
  });
}

/** @throws InputError unless a sequence has the model's persons and joints, frames enough, no infinite position, and a joint that is seen */
export function checkSequence(
  { description: { layout, persons }, pipeline: { leastFrames } }: Model,
  sequence: SkeletonSequence,
  source: string,
): void {
  const unfit = (expected: string, found: string, mend: string) => new InputError({ source, expected, found, mend });
  const describe = (people: number, joints: number) => `${people} x ${joints} joints`;
  const [expected, found] = [describe(persons, layout.joints.length), describe(sequence.persons, sequence.joints)];
  if (found !== expected) throw unfit(`${expected} (${layout.name})`, found, 'Give sequences of that layout.');
  if (!Number.isInteger(sequence.frames) || sequence.frames < leastFrames) {
    const expected = leastFrames === 1 ? 'a pose: 1 frame or more' : 'a movement of at least 2 frames';
    throw unfit(expected, `${sequence.frames}`, 'Record it again.');
  }
  const count = sequence.frames * sequence.persons * sequence.joints * 3;
  if (sequence.positions.length !== count) {
    throw unfit(`${count} numbers, 3 a joint`, `${sequence.positions.length}`, 'Give x, y and z of every joint.');
  }
  const bad = sequence.positions.findIndex((value) => Math.abs(value) === Infinity);
  if (bad >= 0) throw unfit('finite positions', String(sequence.positions[bad]), 'Write NaN where a joint is lost.');
  if (sequence.positions.every(Number.isNaN))
    throw unfit('a joint that is seen', 'every joint lost', 'Record it again.');
}
