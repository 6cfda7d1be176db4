import type { Precision } from '../runtime/file/precision.js';
import { roundsToZero } from './file/codes.js';
import { decodeModel, encodeModel } from './file.js';
import { Model } from './model.js';

/** The model as a file of a precision holds it; weights too small for its least code are pruned. */
export function quantise({ description, parameters, rate }: Model, precision: Precision): Model {
  const { step } = new Model(description, parameters, rate, precision);
  const latents = parameters.latents.map((tensor) =>
    tensor.map((latent) => (roundsToZero(Math.abs(latent), precision, step) ? 0 : latent)),
  );
  const own = new Model(description, { ...parameters, latents }, rate, precision, step);
  return decodeModel(encodeModel(own), precision);
}
