import { codeOf } from '../../model/file/codes.js';
import type { Model } from '../../model/model.js';
import { weightScale } from '../../runtime/network/rate-curve.js';
import type { ExportOptions } from '../exporter.js';

/** How weights are stored: as they are, or as whole numbers up to 127 with a scale a tensor. */
export type WeightType = Required<ExportOptions>['weights'];

/** `file`: the codes of the model's own precision, of float32 the latents themselves, with a scale a tensor. */
export type Encoding = WeightType | 'file';

/** The values of a weight tensor, what each is stored as, and what that is multiplied by. */
export interface EncodedTensor {
  /** [rows][columns]; zero where nothing is stored. */
  readonly values: Float32Array;
  readonly scale: number;
  readonly encode: (value: number) => number;
}

const MOST_CODE = 127;

/** The tensors of a model at its own rate. @param live 1 for each weight to store */
export function encodeTensors(model: Model, live: readonly Uint8Array[], encoding: Encoding): EncodedTensor[] {
  const { latents, scales, gains } = model.parameters;
  const keep = (tensors: readonly Float32Array[]) =>
    tensors.map((tensor, t) => tensor.map((value, i) => value * live[t][i]));
  if (encoding !== 'file') return keep(model.atRate(model.rate).weights).map((own) => encodedAs(own, encoding));
  const encode = fileCode(model);
  return keep(latents).map((values, t) => ({ values, scale: weightScale(scales[t], gains[t], model.rate), encode }));
}

function encodedAs(values: Float32Array, type: WeightType): EncodedTensor {
  if (type === 'float') return { values, scale: 1, encode: (value) => value };
  const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / MOST_CODE || 1;
  return { values, scale, encode: (value) => Math.round(value / scale) };
}

/** float32 as it is; float16 as its bits; int8 as its signed code. */
function fileCode({ precision, step }: Model): (latent: number) => number {
  if (precision === 'float32') return (latent) => latent;
  const sign = precision === 'float16' ? (code: number) => code + 0x8000 : (code: number) => -code;
  return (latent) => {
    if (latent === 0) return 0;
    const code = codeOf(Math.abs(latent), precision, step);
    return latent < 0 ? sign(code) : code;
  };
}
