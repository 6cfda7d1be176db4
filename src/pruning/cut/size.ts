import { aModel, checkArguments } from '../../core/arguments.js';
import { countNonzeros } from '../../core/math.js';
import { fileBytes } from '../../model/file/write-model.js';
import type { Model } from '../../model/model.js';
import { liveWeights } from './live.js';

/** What the weights that a model holds cost. */
export interface WeightSize {
  readonly nonzeros: number;
  /** Multiply-accumulates for one sequence. */
  readonly macs: number;
  /** Full names of weight tensors without a non-zero. */
  readonly emptied: readonly string[];
}

/** The same, and what takes a trace of the network and a file to tell. */
export interface ModelSize extends WeightSize {
  /** Non-zeros that can influence an answer. */
  readonly effective: number;
  /** Bytes of the model's file. */
  readonly bytes: number;
}

/** Non-zeros of a model, multiply-accumulates for one sequence, and the weight tensors that are empty. */
export function weightSize(model: Model): WeightSize {
  checkArguments('weightSize', { model: [aModel, model] });
  const {
    network: { weights },
    parameters: { latents },
  } = model;
  const counts = latents.map((tensor) => countNonzeros([tensor]));
  return {
    nonzeros: counts.reduce((sum, count) => sum + count, 0),
    macs: counts.reduce((sum, count, t) => sum + count * weights[t].reuse, 0),
    emptied: weights.filter((_, t) => counts[t] === 0).map(({ fullName }) => fullName),
  };
}

/** What a model costs: weights, multiply-accumulates of one sequence, and bytes of its file. */
export function modelSize(model: Model): ModelSize {
  checkArguments('modelSize', { model: [aModel, model] });
  return { ...weightSize(model), effective: liveWeights(model).effective, bytes: fileBytes(model) };
}
