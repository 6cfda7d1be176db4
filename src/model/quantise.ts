import type { Precision } from '../runtime/file/precision.js';
import { roundsToZero } from './file/codes.js';
import { decodeModel, encodeModel } from './file/file.js';
import { Model } from './model.js';

/** The model as a file of a precision holds it; weights too small for its least code are pruned. */
export function quantise(model: Model, precision: Precision): Model {
  const { description, parameters, rate } = model;
  const kept = precision === model.precision ? model.step : undefined;
  const { step } = new Model(description, parameters, rate, precision, kept);
  const latents = parameters.latents.map((tensor) =>
    tensor.map((latent) => (roundsToZero(Math.abs(latent), precision, step) ? 0 : latent)),
  );
  const own = new Model(description, { ...parameters, latents }, rate, precision, step);
  return decodeModel(encodeModel(own), precision);
}
