import { codeOf } from '../../model/file/codes.js';
import { Model } from '../../model/model.js';
import type { Precision } from '../../runtime/file/precision.js';
import { weightScale } from '../../runtime/network/rate.js';
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

/** The model without the weights that int8 stores as zero. */
export function withoutTiny(model: Model): Model {
  const { description, parameters, rate, precision, quantum } = model;
  const { weights } = model.atRate(rate);
  const latents = parameters.latents.map((tensor, t) => {
    const { encode } = weightTypes.int8(weights[t]);
    return tensor.map((latent, i) => (encode(weights[t][i]) === 0 ? 0 : latent));
  });
  return new Model(description, { ...parameters, latents }, rate, precision, quantum);
}

/** The model with the weights that int8 stands for, in float32. */
export function inWholeSteps(model: Model): Model {
  const { description, parameters, rate } = model;
  const { scales, gains } = parameters;
  const { weights } = model.atRate(rate);
  const latents = weights.map((tensor, t) => {
    const { scale, encode } = weightTypes.int8(tensor);
    const factor = scale / weightScale(scales[t], gains[t], rate);
    return tensor.map((weight) => encode(weight) * factor);
  });
  return new Model(description, { ...parameters, latents }, rate);
}

/** The tensors of a model at its own rate. @param live 1 for each weight to store */
export function encodeTensors(model: Model, live: readonly Uint8Array[], encoding: Encoding): EncodedTensor[] {
  const { latents, scales, gains } = model.parameters;
  const keep = (tensors: readonly Float32Array[]) =>
    tensors.map((tensor, t) => tensor.map((value, i) => value * live[t][i]));
  if (encoding !== 'file') return keep(model.atRate(model.rate).weights).map((values) => weightTypes[encoding](values));
  const encode = fileCodes[model.precision](model);
  return keep(latents).map((values, t) => ({ values, scale: weightScale(scales[t], gains[t], model.rate), encode }));
}

/** A tensor of each type: float as it is, int8 as whole numbers of which 127 is the greatest magnitude. */
const weightTypes: Readonly<Record<WeightType, (values: Float32Array) => EncodedTensor>> = {
  float: (values) => ({ values, scale: 1, encode: asItIs }),
  int8: (values) => {
    const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / MOST_CODE || 1;
    return { values, scale, encode: (value) => Math.round(value / scale) };
  },
};

/** What a latent of each precision is stored as: float32 as it is, float16 as its bits, int8 as its signed code. */
const fileCodes: Readonly<Record<Precision, (model: Model) => (latent: number) => number>> = {
  float32: () => asItIs,
  float16: (model) => signedCode(model, (code) => code + 0x8000),
  int8: (model) => signedCode(model, (code) => -code),
};

function asItIs(value: number): number {
  return value;
}

function signedCode({ precision, quantum }: Model, negative: (code: number) => number): (latent: number) => number {
  return (latent) => {
    if (latent === 0) return 0;
    const code = codeOf(Math.abs(latent), precision, quantum);
    return latent < 0 ? negative(code) : code;
  };
}
