import { InputError } from '../../core/errors.js';
import { Inference } from '../../model/inference.js';
import { rowsOf, type Shape } from '../../model/layer.js';
import type { Model, RateParameters } from '../../model/model.js';
import { Network } from '../../model/network.js';
import type { LayerOptions } from '../../model/network-schema.js';

/** A trained network whose answers are a part of what another one learns. */
export interface Teacher {
  /** Of the same data and preprocessing. */
  readonly model: Model;
  /** The part of the targets that are its answers; the rest is what the labels say. */
  readonly share: number;
}

/** The same as plain data; travels to the worker threads. */
export interface TeacherSamples {
  readonly layers: readonly LayerOptions[];
  readonly input: Shape;
  readonly classes: number;
  readonly parameters: RateParameters;
  readonly share: number;
}

/** @throws InputError where a teacher does not read what the network reads, or names other classes */
export function checkTeacher({ model, share }: Teacher, input: Shape, classes: number): void {
  const source = 'teacher';
  if (!(share >= 0 && share <= 1)) {
    const mend = 'Give the part of the targets that are its answers.';
    throw new InputError({ source, place: 'share', expected: 'a number from 0 to 1', found: String(share), mend });
  }
  const shapeOf = (rows: number, answers: number) => `${rows} features and ${answers} classes`;
  const [expected, found] = [
    shapeOf(rowsOf(input), classes),
    shapeOf(rowsOf(model.network.input), model.network.classes),
  ];
  if (expected === found) return;
  const mend = 'Train it on the same data with the same preprocessing.';
  throw new InputError({ source, place: 'model', expected, found, mend });
}

export function teacherSamples({ model, share }: Teacher): TeacherSamples {
  const { network, description } = model;
  const { input, classes } = network;
  return { layers: description.layers, input, classes, parameters: model.atRate(0), share };
}

/** Distillation (G. Hinton, O. Vinyals, J. Dean, arXiv 1503.02531), at temperature 1: cross-entropy with mixed targets. */
export class TeacherAnswers {
  private readonly inference: Inference;
  private readonly share: number;

  /** @param columns sequences of a shard */
  constructor({ layers, input, classes, parameters, share }: TeacherSamples, columns: number) {
    this.inference = new Inference(new Network(layers, input, classes), parameters, columns);
    this.share = share;
  }

  /**
   * Mixes the teacher's answers into the targets of the first sequences.
   * @param features standardised, [rows][columns]
   * @param targets distributions, [classes][columns]
   */
  mix(features: Float32Array, targets: Float32Array, sequences: number): void {
    const { inference, share } = this;
    const { columns, network } = inference;
    const logits = inference.runColumns(features);
    for (let column = 0; column < sequences; column++) {
      const scores = Float64Array.from({ length: network.classes }, (_, c) => logits[c * columns + column]);
      const most = Math.max(...scores);
      const odds = scores.map((score) => Math.exp(score - most));
      const sum = odds.reduce((all, one) => all + one, 0);
      for (const [c, odd] of odds.entries()) {
        const at = c * columns + column;
        targets[at] = (1 - share) * targets[at] + (share * odd) / sum;
      }
    }
  }
}
