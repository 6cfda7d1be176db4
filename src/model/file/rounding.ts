/** A model with the numbers that its file holds: those that are there once it is written and read again, to the bit. */
import { magnitudeOf, type Precision } from '../../runtime/file/precision.js';
import { CURVE_STEP } from '../../runtime/file/tables.js';
import type { RateCurve } from '../../runtime/network/rate.js';
import { Model } from '../model.js';
import { codeOf, curveCode, exactCurves } from './codes.js';
import { roundStandardisation } from './standardisation.js';

/** The model as its file would give it back. */
export function asFiled({ description, parameters, rate, precision, quantum }: Model): Model {
  const [mean, inverseDeviation] = [parameters.mean.slice(), parameters.inverseDeviation.slice()];
  roundStandardisation(mean, inverseDeviation);
  const rounded = {
    latents: parameters.latents.map((tensor) => tensor.map((latent) => roundLatent(latent, precision, quantum))),
    scales: parameters.scales,
    gains: parameters.gains.map((curve) => roundCurve(curve, precision)),
    biases: parameters.biases.map((curve) => roundCurve(curve, precision)),
    mean,
    inverseDeviation,
  };
  return new Model(description, rounded, rate, precision, quantum);
}

/** A latent that is not zero stays so. */
function roundLatent(latent: number, precision: Precision, quantum: number): number {
  if (latent === 0) return 0;
  const magnitude = magnitudeOf(codeOf(Math.abs(latent), precision, quantum), precision, quantum);
  return latent < 0 ? -magnitude : magnitude;
}

function roundCurve(curve: RateCurve, precision: Precision): RateCurve {
  const { values } = curve;
  return { ...curve, values: exactCurves[precision] ? values.map(Math.fround) : stepped(values) };
}

function stepped(values: Float64Array): Float64Array {
  return Float64Array.from(Int32Array.from(values, curveCode), (code) => code * CURVE_STEP);
}
