import { InputError } from '../core/errors.js';
import { encodeModel } from '../model/file.js';
import { Model } from '../model/model.js';
import type { Network } from '../model/network.js';
import { rateOf } from '../runtime/file/read.js';

/** How large a network is cut; bytes are those of its file. */
export type Budget = { readonly rate: number } | { readonly nonzeros: number } | { readonly bytes: number };

/** What latents hold. */
export interface CutSize {
  readonly nonzeros: number;
  /** Multiply-accumulates for one sequence. */
  readonly macs: number;
  /** Full names of weight tensors without a non-zero. */
  readonly emptied: readonly string[];
}

/** Non-zeros at a rate: round((1 − rate) · weights), to the weight. */
export function nonzerosAt(weights: number, rate: number): number {
  return Math.round((1 - rate) * weights);
}

/** The non-zero weights that a budget allows. @throws InputError on a rate outside [0, 1) or an impossible number. */
export function nonzerosOf(model: Model, budget: Exclude<Budget, { bytes: number }>): number {
  const held = nonzerosAt(model.network.weightCount, model.rate);
  const wanted = 'rate' in budget ? nonzerosAt(model.network.weightCount, checkRate(budget.rate)) : budget.nonzeros;
  if (Number.isInteger(wanted) && wanted >= 0 && wanted <= held) return wanted;
  throw new InputError({
    source: 'budget',
    expected: `0 to ${held} non-zero weights (the model holds rate ${model.rate} and above)`,
    found: 'rate' in budget ? `rate ${budget.rate} (${wanted} non-zeros)` : String(wanted),
    mend: 'Ask for a higher rate, or start from a model that was cut less.',
  });
}

/** @throws InputError unless 0 ≤ rate < 1 */
export function checkRate(rate: number, source = 'rate'): number {
  if (rate >= 0 && rate < 1) return rate;
  throw new InputError({
    source,
    expected: 'a pruning rate from 0 up to, but not including, 1',
    found: String(rate),
    mend: 'The rate is the share of weights that is zero: 0.98 keeps 2 %.',
  });
}

/**
 * Importance of every weight: positions into all latents laid end to end, greatest |ŵ| first; equal ones in their
 * order. Every cut keeps a prefix of it, so that supports are nested.
 */
export function importanceOrder(latents: readonly Float32Array[]): Uint32Array {
  const magnitudes = new Float32Array(latents.reduce((sum, tensor) => sum + tensor.length, 0));
  let next = 0;
  for (const tensor of latents) for (const latent of tensor) magnitudes[next++] = Math.abs(latent);
  return Uint32Array.from(magnitudes.keys()).sort((a, b) => magnitudes[b] - magnitudes[a] || a - b);
}

/** The latents of which only the first `nonzeros` of the importance order are left. */
export function keepFirst(latents: readonly Float32Array[], order: Uint32Array, nonzeros: number): Float32Array[] {
  const kept = latents.map((tensor) => new Float32Array(tensor.length));
  const starts = startsOf(latents);
  for (const position of order.subarray(0, nonzeros)) {
    const tensor = tensorOf(starts, position);
    const at = position - starts[tensor];
    kept[tensor][at] = latents[tensor][at];
  }
  return kept;
}

/** A standalone smaller model that just keeps the budget; it can be cut further. */
export function cut(model: Model, budget: Budget): Model {
  const order = importanceOrder(model.parameters.latents);
  if ('bytes' in budget) return cutToBytes(model, order, budget.bytes);
  const rate = 'rate' in budget ? budget.rate : undefined;
  return keepNonzeros(model, order, nonzerosOf(model, budget), rate);
}

/** The model with only the first `nonzeros` of the importance order. */
export function keepNonzeros(model: Model, order: Uint32Array, nonzeros: number, rate?: number): Model {
  const latents = keepFirst(model.parameters.latents, order, nonzeros);
  return new Model(
    model.description,
    { ...model.parameters, latents },
    rate ?? rateOf(nonzeros, model.network.weightCount),
    model.precision,
  );
}

/** The greatest cut whose file has at most `bytes`; a file grows with every non-zero, so that halving finds it. */
function cutToBytes(model: Model, order: Uint32Array, bytes: number): Model {
  const bytesAt = (nonzeros: number) => encodeModel(keepNonzeros(model, order, nonzeros)).length;
  const least = bytesAt(0);
  if (!(bytes >= least)) throw tooFewBytes(least, bytes);
  let [kept, tooMany] = [0, nonzerosAt(model.network.weightCount, model.rate) + 1];
  while (tooMany - kept > 1) {
    const middle = (kept + tooMany) >> 1;
    if (bytesAt(middle) <= bytes) kept = middle;
    else tooMany = middle;
  }
  return keepNonzeros(model, order, kept);
}

function tooFewBytes(least: number, bytes: number): InputError {
  return new InputError({
    source: 'budget',
    expected: `at least ${least} bytes, which the file takes without any weight`,
    found: `${bytes} bytes`,
    mend: 'Allow more bytes.',
  });
}

/** Counts the non-zeros of a network's latents and what they cost. */
export function cutSize({ weights }: Network, latents: readonly Float32Array[]): CutSize {
  const counts = latents.map((tensor) => tensor.reduce((sum, w) => sum + (w === 0 ? 0 : 1), 0));
  return {
    nonzeros: counts.reduce((sum, count) => sum + count, 0),
    macs: counts.reduce((sum, count, t) => sum + count * weights[t].reuse, 0),
    emptied: weights.filter((_, t) => counts[t] === 0).map(({ fullName }) => fullName),
  };
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
