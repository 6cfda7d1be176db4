import { aModel, checkArguments, oneOf } from '../../core/arguments.js';
import { MAX_CODE, type Precision } from '../../runtime/file/precision.js';
import { Model } from '../model.js';
import { roundsToZero } from './codes.js';
import { asFiled } from './rounding.js';

/** The model as a file of a precision holds it; weights too small for its least code are pruned. */
export function quantise(model: Model, precision: Precision): Model {
  checkArguments('quantise', { model: [aModel, model], precision: [oneOf(...Object.keys(MAX_CODE)), precision] });
  const { description, parameters, rate } = model;
  const kept = precision === model.precision ? model.quantum : undefined;
  const { quantum } = new Model(description, parameters, rate, precision, kept);
  const latents = parameters.latents.map((tensor) =>
    tensor.map((latent) => (roundsToZero(Math.abs(latent), precision, quantum) ? 0 : latent)),
  );
  return asFiled(new Model(description, { ...parameters, latents }, rate, precision, quantum));
}
