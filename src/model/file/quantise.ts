import { aModel, checkArguments, oneOf } from '../../core/arguments.js';
import { openContainer } from '../../runtime/file/container.js';
import { MAX_CODE, type Precision } from '../../runtime/file/precision.js';
import { Model } from '../model.js';
import { roundsToZero } from './codes.js';
import { readAs, readNumbers } from './numbers.js';
import { headerOf, writeModel } from './write-model.js';

/** The model as a file of a precision holds it; weights too small for its least code are pruned. */
export function quantise(model: Model, precision: Precision): Model {
  checkArguments('quantise', { model: [aModel, model], precision: [oneOf(...Object.keys(MAX_CODE)), precision] });
  const { description, parameters, rate } = model;
  const kept = precision === model.precision ? model.quantum : undefined;
  const { quantum } = new Model(description, parameters, rate, precision, kept);
  const latents = parameters.latents.map((tensor) =>
    tensor.map((latent) => (roundsToZero(Math.abs(latent), precision, quantum) ? 0 : latent)),
  );
  const rounded = new Model(description, { ...parameters, latents }, rate, precision, quantum);
  return asFiled(rounded);
}

/** With the numbers that its file gives back; what the file says beside them is the model's own, and not read. */
function asFiled(model: Model): Model {
  const bytes = writeModel(model, headerOf(model));
  const { description, precision, quantum } = model;
  const { parameters, rate } = readAs(precision, () => readNumbers(bytes, openContainer(bytes)));
  return new Model(description, parameters, rate, precision, quantum);
}
