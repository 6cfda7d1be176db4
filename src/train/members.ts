import type { ModelParameters } from '../model/model.js';
import type { Network } from '../model/network.js';
import type { RateCurve } from '../runtime/network/rate.js';

/**
 * The parameters of a model from those of a network whose members answer apart: its logits are the mean of theirs. The
 * classifier's latents keep their values, and with them their ranks.
 */
export function joinMembers(parameters: ModelParameters, { answers, classes }: Network): ModelParameters {
  if (answers === 1) return parameters;
  const join = (latents: Float32Array) => {
    const places = memberPlaces(latents.length, answers, classes);
    return latents.map((_, place) => latents[places[place]]);
  };
  return {
    ...parameters,
    latents: withLast(parameters.latents, join),
    scales: withLast(parameters.scales, (scale) => scale / answers),
    biases: withLast(parameters.biases, (curve) => meanCurve(curve, answers)),
  };
}

/** The inverse of `joinMembers`, in which all members start with the same biases. */
export function partMembers(parameters: ModelParameters, { answers, classes }: Network): ModelParameters {
  if (answers === 1) return parameters;
  const part = (latents: Float32Array) => {
    const apart = new Float32Array(latents.length);
    for (const [place, from] of memberPlaces(latents.length, answers, classes).entries()) apart[from] = latents[place];
    return apart;
  };
  return {
    ...parameters,
    latents: withLast(parameters.latents, part),
    scales: withLast(parameters.scales, (scale) => scale * answers),
    biases: withLast(parameters.biases, (curve) => repeatCurve(curve, answers)),
  };
}

/** Where each entry of the joint classifier [classes][units] is in [members][classes][units of a member]. */
function memberPlaces(count: number, members: number, classes: number): Int32Array {
  const units = count / classes;
  return Int32Array.from({ length: count }, (_, place) => {
    const [row, unit] = [Math.floor(place / units), place % units];
    return ((unit % members) * classes + row) * (units / members) + Math.floor(unit / members);
  });
}

/** Of a curve [knots][members][numbers], in float32. */
function meanCurve({ knots, size, values }: RateCurve, members: number): RateCurve {
  const each = size / members;
  const mean = Float64Array.from({ length: knots * each }, (_, i) => {
    const at = Math.floor(i / each) * size + (i % each);
    let sum = 0;
    for (let member = 0; member < members; member++) sum += values[at + member * each];
    return Math.fround(sum / members);
  });
  return { knots, size: each, values: mean };
}

function repeatCurve({ knots, size, values }: RateCurve, members: number): RateCurve {
  const all = size * members;
  const repeated = Float64Array.from(
    { length: knots * all },
    (_, i) => values[Math.floor(i / all) * size + (i % size)],
  );
  return { knots, size: all, values: repeated };
}

function withLast<Item>(items: readonly Item[], change: (item: Item) => Item): Item[] {
  return items.map((item, i) => (i === items.length - 1 ? change(item) : item));
}
