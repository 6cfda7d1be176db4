import { greatestFirst } from '../../core/math.js';
import type { Model } from '../../model/model.js';
import { type Criterion, magnitude, scoresOf } from './criterion.js';
import { keepNonzeros } from './keep.js';
import { liveWeights } from './live.js';

/** Whether all weights compete for a budget, or each layer keeps the same share of its weights. */
export type Scope = 'global' | 'layer';

/** What decides between weights. */
export interface Selection {
  /** By default the magnitude. */
  readonly criterion?: Criterion;
  /** By default global, as the method has it. */
  readonly scope?: Scope;
}

/**
 * All weights in the order in which a budget takes them: positions into all tensors laid end to end; equal ones in their
 * order, those that are zero already last. Every cut keeps a prefix of it, so that the supports of cuts are nested.
 * @throws InputError where the criterion does not keep to its contract
 */
export function selectionOrder(model: Model, { criterion = magnitude, scope = 'global' }: Selection = {}): Uint32Array {
  return orderByScores(scoresOf(model, criterion), model.parameters.latents, scope);
}

/** The same by magnitude over all layers, which needs no registered criterion. */
export function magnitudeOrder(model: Model): Uint32Array {
  return orderByScores(magnitude.scores(model), model.parameters.latents);
}

/** The same, of scores and latents, one tensor each. */
export function orderByScores(
  scores: readonly Float32Array[],
  latents: readonly Float32Array[],
  scope: Scope = 'global',
): Uint32Array {
  return ORDERS[scope](scores.map((tensor, t) => ranksOf(tensor, latents[t])));
}

const ORDERS: Record<Scope, (ranks: readonly Uint32Array[]) => Uint32Array> = {
  global: (ranks) => greatestFirst(joined(ranks)),
  layer: (ranks) => greatestFirst(joined(ranks.map(shareOfLayer))),
};

/** Scores as whole numbers in the same order, 0 for a weight that is zero: floats from 0 on rise with their bits. */
function ranksOf(scores: Float32Array, latents: Float32Array): Uint32Array {
  const positive = new Float32Array(scores.length);
  for (let i = 0; i < positive.length; i++) positive[i] = scores[i] + 0;
  const ranks = new Uint32Array(positive.buffer);
  for (let i = 0; i < ranks.length; i++) ranks[i] = latents[i] === 0 ? 0 : ranks[i] + 1;
  return ranks;
}

/** How early a weight comes in its tensor, in the same units for all tensors; 0 still for one that is zero. */
function shareOfLayer(ranks: Uint32Array): Uint32Array {
  const shares = new Uint32Array(ranks.length);
  for (const [place, position] of greatestFirst(ranks).entries()) {
    if (ranks[position] > 0) shares[position] = Math.floor((1 - place / ranks.length) * MOST_SHARE);
  }
  return shares;
}

const MOST_SHARE = 2 ** 32 - 1;

function joined(tensors: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(tensors.reduce((sum, { length }) => sum + length, 0));
  let next = 0;
  for (const tensor of tensors) {
    all.set(tensor, next);
    next += tensor.length;
  }
  return all;
}

/**
 * The longest prefix of the order of which at most `wanted` weights are live at a rate. Each weight that is added only
 * opens paths, so that halving finds it.
 */
export function effectivePrefix(model: Model, order: Uint32Array, wanted: number, rate: number): number {
  const isWithin = (count: number) => liveWeights(keepNonzeros(model, order, count, rate)).effective <= wanted;
  let [within, beyond] = [wanted, order.length + 1];
  while (beyond - within > 1) {
    const middle = (within + beyond) >> 1;
    if (isWithin(middle)) within = middle;
    else beyond = middle;
  }
  return within;
}
