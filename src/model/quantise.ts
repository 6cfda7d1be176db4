import type { Precision } from '../runtime/file/precision.js';
import { decodeModel, encodeModel } from './file.js';
import { Model } from './model.js';

/** The model as a file of a precision holds it. */
export function quantise({ description, parameters, rate }: Model, precision: Precision): Model {
  return decodeModel(encodeModel(new Model(description, parameters, rate, precision)), precision);
}
