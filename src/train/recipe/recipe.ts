import * as v from 'valibot';
import { REPORT_RATES } from '../../evaluate/report/report.js';
import { statedStreamSchema } from '../../model/file/header.js';
import { networkSchema } from '../../model/network-schema.js';
import { PRIOR_NAMES } from '../../pruning/prior/prior.js';
import { MOST_FRAMES_A_SECOND, MOST_NAME, MOST_RATES } from '../../runtime/file/limits.js';
import { augmentationsSchema } from '../../skeleton/augmentation.js';
import { preprocessingSchema } from '../../skeleton/schemas.js';
import { extend, int, number, strictObject, variant } from '../../skeleton/shapes.js';
import { NEGATIVE_KINDS } from '../samples/negatives.js';

const rate = v.pipe(number, v.minValue(0), v.ltValue(1));
const positive = v.pipe(number, v.gtValue(0));
const cutoff = v.pipe(number, v.minValue(0), v.maxValue(MOST_FRAMES_A_SECOND));

/** Rates that every step can train, at most. */
export const MOST_FIXED_RATES = 16;
/** Kinds of networks: one block over means of parts of the time, or two blocks over the frames. */
export type Family = 'one-block' | 'over-time';
/** Kinds of networks that a search for a recipe chooses from, and both. */
export const FAMILIES = ['one-block', 'over-time', 'both'] as const satisfies readonly (Family | 'both')[];

const ratesSchema = variant('draw', [
  /** The same rates in every step. */
  strictObject({
    draw: v.literal('fixed'),
    rates: v.pipe(v.array(rate), v.minLength(1), v.maxLength(MOST_FIXED_RATES)),
  }),
  /** 0 and `largest` in every step, and `between` rates whose share of non-zeros is log-uniform. */
  strictObject({
    draw: v.literal('sandwich'),
    largest: v.optional(rate, 0.995),
    between: v.optional(v.pipe(int, v.minValue(0), v.maxValue(14)), 2),
  }),
  /** One rate, which rises to `rate` until a share of the training is done, fast at first. */
  strictObject({
    draw: v.literal('gradual'),
    rate,
    until: v.optional(v.pipe(number, v.gtValue(0), v.maxValue(1)), 0.75),
  }),
  /**
   * One rate: 0 for the share `dense`, then `rate` and 0 in `phases` turns, `rate` alone from the share `last` on. With
   * `rise` the rates of the turns rise to it.
   */
  strictObject({
    draw: v.literal('alternating'),
    rate,
    dense: v.optional(v.pipe(number, v.minValue(0), v.ltValue(1)), 0.1),
    phases: v.optional(v.pipe(int, v.minValue(1), v.maxValue(100)), 5),
    last: v.optional(v.pipe(number, v.gtValue(0), v.ltValue(1)), 0.75),
    rise: v.optional(v.boolean()),
  }),
]);

export const pruningSchema = v.pipe(
  strictObject({
    /** Several rates at once (MRMP) or one rate (SRMP): set by `rates`. */
    rates: v.optional(ratesSchema, { draw: 'sandwich' }),
    /** The share of the training in which the largest rate of a sandwich rises, from half as many halvings of the weights. */
    ramp: v.optional(v.pipe(number, v.minValue(0), v.maxValue(1)), 0),
    prior: v.optional(v.picklist(PRIOR_NAMES), 'gaussian'),
    /** Threshold in training: the latents' own quantile of |ŵ|, or the prior's a(r), as the method has it. */
    threshold: v.optional(v.picklist(['empirical', 'prior']), 'empirical'),
    /**
     * The band-stop function of the method; `hard`, a weight whole or not at all; `kept`, which leaves at zero what is
     * zero at the start, and prunes nothing else; `shrink`, hard, of which all that is left is smaller by the threshold;
     * `project`, hard, and what the last rate of a step leaves out becomes zero; `gates`, a hard-concrete gate a weight and
     * no rates; `line`, hard, on weights between two ends that move with the rate; `probabilities`, drawn by a probability a
     * weight, which together keep to the budget.
     */
    mask: v.optional(
      v.picklist(['band-stop', 'hard', 'kept', 'shrink', 'project', 'gates', 'line', 'probabilities']),
      'band-stop',
    ),
    /**
     * What is added to the loss beside the divergence: mean |ŵ|, the same weighted by what a weight costs, the histogram's
     * entropy, or the mean share of open gates.
     */
    regulariser: v.optional(
      strictObject({
        kind: v.picklist(['none', 'l1', 'cost', 'entropy', 'l0']),
        weight: v.optional(v.pipe(number, v.minValue(0)), 1),
      }),
      { kind: 'none' },
    ),
    /** σ of the band-stop function, geometric from start to end of the training. */
    crispness: v.optional(strictObject({ from: positive, to: positive }), { from: 5, to: 50 }),
    /** σ for latents as they are, as in the method, or for latents divided by the rate's threshold, however small they become. */
    crispnessOf: v.optional(v.picklist(['latent', 'threshold']), 'latent'),
    /** ψ below this counts as zero. */
    support: v.optional(v.pipe(number, v.gtValue(0), v.ltValue(0.5)), 0.02),
    /** λ, bins and range of D_KL(P‖Q), and its floor: weights that every bin of P and Q has more than its own; without it 1e-6 of all, of Q alone. */
    divergence: v.optional(
      strictObject({
        weight: v.pipe(number, v.minValue(0)),
        bins: v.optional(v.pipe(int, v.minValue(8), v.maxValue(1000)), 100),
        range: v.optional(positive, 4),
        floor: v.optional(positive),
      }),
      { weight: 100 },
    ),
    /** The trained latents take the prior's quantiles of their ranks, so that a(r) prunes exactly the share r, but for what `paths` then lowers. */
    settle: v.optional(v.boolean(), false),
    /** A latent weight is never larger than the smallest on the widest path through it, so that no threshold leaves dead weights. */
    paths: v.optional(v.boolean(), false),
    /** Gain of each tensor over the rate: learned, from the prior's lost energy, or none. */
    gain: v.optional(v.picklist(['learned', 'analytic', 'none']), 'learned'),
    /** Knots of the gains and biases over −log2(1 − rate); 1 makes the biases the same at every rate. */
    knots: v.optional(v.pipe(int, v.minValue(1), v.maxValue(16)), 9),
  }),
  v.forward(
    v.check(
      ({ mask, regulariser }) => (mask === 'gates') === (regulariser.kind === 'l0'),
      'l0 with the mask gates, and neither without the other',
    ),
    ['regulariser', 'kind'],
  ),
  v.forward(
    v.check(
      ({ mask, settle }) => !settle || mask === 'band-stop' || mask === 'hard',
      'true with the masks band-stop and hard alone, which a(r) prunes by',
    ),
    ['settle'],
  ),
  v.forward(
    v.check(
      ({ mask, paths }) => !paths || mask === 'band-stop' || mask === 'hard',
      'true with the masks band-stop and hard alone',
    ),
    ['paths'],
  ),
);

const optimiserSchema = strictObject({
  epochs: v.pipe(int, v.minValue(1), v.maxValue(100000)),
  batch: v.optional(v.pipe(int, v.minValue(1), v.maxValue(4096)), 128),
  /** Draw every class alike, those with few sequences again, instead of each sequence once an epoch. */
  balance: v.optional(v.boolean(), false),
  /**
   * Convolutions normalise their products over the sequences that a thread has at once, at each rate for itself; folded into
   * gains and biases afterwards.
   */
  normalise: v.optional(v.boolean(), false),
  /** Adam's learning rate of the latent weights. */
  learningRate: v.optional(positive, 0.05),
  /** A step multiplies each latent weight by 1 − this · its learning rate, apart from Adam (AdamW, arXiv 1711.05101). */
  weightDecay: v.optional(v.pipe(number, v.minValue(0), v.maxValue(1)), 0),
  /** Adam's learning rate of gains and biases. */
  biasLearningRate: v.optional(positive, 0.005),
  /** `cosine` to zero after a linear warm-up; `paper`: × 0.99 when the loss changes faster than before, else ÷ 0.99. */
  schedule: v.optional(v.picklist(['cosine', 'paper']), 'cosine'),
  warmup: v.optional(v.pipe(int, v.minValue(0)), 30),
  /** Decay a step of the moving average of all parameters that becomes the model; 0 takes the last ones. */
  average: v.optional(v.pipe(number, v.minValue(0), v.ltValue(1)), 0.98),
  labelSmoothing: v.optional(v.pipe(number, v.minValue(0), v.ltValue(1)), 0.1),
  /** α of mixup's Beta(α, α), from 0.001 to 1; 0 is off. */
  mixup: v.optional(
    v.pipe(
      number,
      v.minValue(0),
      v.maxValue(1),
      v.check((alpha) => alpha === 0 || alpha >= 0.001, '0, or 0.001 to 1'),
    ),
    0,
  ),
});

/** A whole experiment: what `anyrate train` reads, and saves resolved with the run. */
export const recipeSchema = strictObject({
  /** Of the run's folder too: a part of a path, and no way out of where it is. */
  name: v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(MOST_NAME),
    v.regex(/^(?!\.{1,2}$)[^/\\\p{Cc}]*$/u, 'a name without slashes and control characters'),
  ),
  /** A built-in data set's name or a folder. */
  data: v.pipe(v.string(), v.minLength(1)),
  split: v.optional(v.pipe(v.string(), v.maxLength(MOST_NAME))),
  preprocessing: preprocessingSchema,
  augmentation: v.optional(augmentationsSchema, []),
  network: networkSchema,
  pruning: v.optional(pruningSchema, {}),
  training: optimiserSchema,
  /** Movements that are none of the classes, made of the training sequences, for which the network learns to be sure of none. */
  negatives: v.optional(
    strictObject({
      share: v.optional(v.pipe(number, v.gtValue(0), v.ltValue(1)), 0.4),
      kinds: v.optional(v.pipe(v.array(v.picklist(NEGATIVE_KINDS)), v.minLength(1)), [...NEGATIVE_KINDS]),
    }),
  ),
  /**
   * Recordings are smoothed before all else, and so are streams of the network: cutoffs of the one-euro filter in hertz,
   * `beta` in hertz for each unit of length a second.
   */
  oneEuro: v.optional(
    strictObject({
      minCutoff: v.optional(cutoff, 1),
      beta: v.optional(cutoff, 1),
      derivativeCutoff: v.optional(cutoff, 1),
    }),
  ),
  /** What the model file says to a stream, instead of what the recordings show or the recogniser has. */
  stream: v.optional(
    extend(statedStreamSchema, {
      /** Thresholds that it does not state are chosen on validation streams, with so many false alarms a minute at most. */
      alarms: v.optional(v.pipe(number, v.minValue(0), v.maxValue(1000))),
    }),
  ),
  /** `fast` uses relaxed SIMD where there is some: quicker, but the bits may differ between machines. */
  arithmetic: v.optional(v.picklist(['deterministic', 'fast']), 'deterministic'),
  seed: v.optional(v.pipe(int, v.minValue(0), v.maxValue(2 ** 31 - 1)), 1),
  /** Train first without a part of the training sequences, to fit temperatures and to choose rates on it. */
  calibrate: v.optional(v.boolean(), false),
  /** Of an automatic recipe for several folds: what the data does not tell is tried anew in each, in so many optimiser steps; epochs and kinds of networks, where they were asked for. */
  search: v.optional(
    strictObject({
      budget: v.pipe(int, v.minValue(0), v.maxValue(1_000_000)),
      epochs: v.optional(v.pipe(int, v.minValue(1), v.maxValue(100_000))),
      family: v.optional(v.picklist(FAMILIES)),
    }),
  ),
  /** Rates of the report. */
  report: v.optional(v.pipe(v.array(rate), v.minLength(1), v.maxLength(MOST_RATES)), REPORT_RATES),
});

/**
 * All that a training depends on beside its data, every default filled in: see docs/recipe.md.
 * @interface
 */
export type Recipe = v.InferOutput<typeof recipeSchema>;
/** How a recipe prunes: rates, mask, threshold, divergence term. */
export type PruningOptions = Recipe['pruning'];
export type OptimiserOptions = Recipe['training'];
