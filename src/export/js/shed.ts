import { stepOf } from '../../model/file/codes.js';
import { Model } from '../../model/model.js';
import type { RateCurve } from '../../model/rate-curve.js';
import { dropDead } from '../../pruning/keep.js';
import { liveWeights } from '../../pruning/live.js';
import { placeOnCurve } from '../../runtime/rate-curve.js';
import { zeroFeatures } from '../../skeleton/zero-features.js';

/**
 * The model with a smaller file and the same answers to the bit, at its own rate: without dead weights, and with numbers
 * that nothing reads like their neighbours, which costs a file little.
 */
export function shed(model: Model): Model {
  const { description, parameters, rate, precision } = dropDead(model);
  const { latents, gains, biases } = parameters;
  if (stepOf(latents, precision) !== stepOf(model.parameters.latents, precision)) return model;
  const kept = readFeatures(model);
  const { channels } = model.network.input;
  const numbers = {
    mean: carryOver(parameters.mean, kept, channels),
    inverseDeviation: carryOver(parameters.inverseDeviation, kept, channels),
    gains: gains.map((curve) => flatten(curve, rate)),
    biases: biases.map((curve) => flatten(curve, rate)),
  };
  return new Model(description, { ...parameters, ...numbers }, rate, precision);
}

/** Features that are read: those that can influence an answer, and those that cannot because they are always zero. */
function readFeatures(model: Model): Uint8Array {
  const { preprocessing, layout, persons } = model.description;
  const zeros = zeroFeatures(preprocessing, layout, persons);
  return liveWeights(model).layers[0].input.map((isLive, i) => isLive | zeros[i]);
}

/** Numbers [nodes][channels], of which those that are not kept are like the node before's. */
function carryOver(values: Float32Array, kept: Uint8Array, channels: number): Float32Array {
  const carried = values.slice();
  for (let i = channels; i < carried.length; i++) if (!kept[i]) carried[i] = carried[i - channels];
  return carried;
}

/** The curve with constant ends around the two knots that a rate lies between. */
function flatten(curve: RateCurve, rate: number): RateCurve {
  const { knot } = placeOnCurve(curve, rate);
  const { knots, size } = curve;
  const values = curve.values.map((_, i) => {
    const nearest = Math.min(Math.max(Math.floor(i / size), knot), knot + 1, knots - 1);
    return curve.values[nearest * size + (i % size)];
  });
  return { knots, size, values };
}
