import { aModel, checkArguments } from '../../core/arguments.js';
import { Model } from '../../model/model.js';
import { placeOnCurve, type RateCurve, rateOf } from '../../runtime/network/rate.js';
import { zeroFeatures } from '../../skeleton/zero-features.js';
import { liveWeights } from './live.js';

/** The latents of which only the first `nonzeros` of the importance order are left. */
function keepFirst(latents: readonly Float32Array[], order: Uint32Array, nonzeros: number): Float32Array[] {
  const kept = latents.map((tensor) => new Float32Array(tensor.length));
  const starts = startsOf(latents);
  for (const position of order.subarray(0, nonzeros)) {
    const tensor = tensorOf(starts, position);
    const at = position - starts[tensor];
    kept[tensor][at] = latents[tensor][at];
  }
  return kept;
}

/** The model with only the first `nonzeros` of the importance order. */
export function keepNonzeros(model: Model, order: Uint32Array, nonzeros: number, rate?: number): Model {
  const latents = keepFirst(model.parameters.latents, order, nonzeros);
  const { description, parameters, network, precision, quantum } = model;
  const reached = rate ?? rateOf(nonzeros, network.weightCount);
  return new Model(description, { ...parameters, latents }, reached, precision, quantum);
}

/**
 * The model without what no answer from its rate on needs: weights without a path, standardisation of features that are
 * not read, and knots below the rate. Its logits are the same to the bit. Cut to a higher rate it keeps other weights
 * than the model would, since those that are gone no longer count.
 */
export function dropDead(model: Model): Model {
  checkArguments('dropDead', { model: [aModel, model] });
  const { description, parameters, rate, precision, quantum } = model;
  const { weights, layers } = liveWeights(model);
  const latents = parameters.latents.map((tensor, t) => tensor.map((latent, i) => (weights[t][i] ? latent : 0)));
  const read = readFeatures(model, layers[0].input);
  const needed = {
    scales: parameters.scales,
    latents,
    gains: parameters.gains.map((curve) => flattenBelow(curve, rate)),
    biases: parameters.biases.map((curve) => flattenBelow(curve, rate)),
    mean: repeatDead(parameters.mean, read, model.network.input.channels, 0),
    inverseDeviation: repeatDead(parameters.inverseDeviation, read, model.network.input.channels, 8),
  };
  return new Model(description, needed, rate, precision, quantum);
}

/** Features that a live weight reads, in any frame: live ones, and those that cannot influence an answer because they are always zero. */
function readFeatures({ description: { preprocessing, layout, persons } }: Model, live: Uint8Array): Uint8Array {
  const read = zeroFeatures(preprocessing, layout, persons);
  for (const [i, isLive] of live.entries()) if (isLive) read[i % read.length] = 1;
  return read;
}

/** Gives features that are not read the value of the node before, which takes next to no room in a file. */
function repeatDead(values: Float32Array, read: Uint8Array, channels: number, first: number): Float32Array {
  const kept = values.slice();
  for (let i = 0; i < kept.length; i++) if (!read[i]) kept[i] = i < channels ? first : kept[i - channels];
  return kept;
}

/** The curve with zeros at the knots that no rate from this one on needs. */
function flattenBelow(curve: RateCurve, rate: number): RateCurve {
  const first = placeOnCurve(curve, rate).knot * curve.size;
  return { ...curve, values: curve.values.map((value, i) => (i < first ? 0 : value)) };
}

function startsOf(latents: readonly Float32Array[]): number[] {
  let next = 0;
  return latents.map((tensor) => {
    next += tensor.length;
    return next - tensor.length;
  });
}

function tensorOf(starts: readonly number[], position: number): number {
  let tensor = starts.length - 1;
  while (starts[tensor] > position) tensor--;
  return tensor;
}
