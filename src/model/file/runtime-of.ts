import { RuntimeModel } from '../../runtime/model.js';
import '../../runtime/temporal.js';
import type { Model } from '../model.js';
import { encodeModel } from './file.js';

/** A model as the runtime has it from its file, over time or not. */
export function runtimeOf(model: Model): RuntimeModel {
  return new RuntimeModel(encodeModel(model));
}
