import * as z from 'zod/mini';
import { REPORT_RATES } from '../../evaluate/report/report.js';
import { statedStreamSchema } from '../../model/file/header.js';
import { networkSchema } from '../../model/network-schema.js';
import { PRIOR_NAMES } from '../../pruning/prior/prior.js';
import { MOST_FRAMES_A_SECOND, MOST_NAME, MOST_RATES } from '../../runtime/file/limits.js';
import { augmentationsSchema } from '../../skeleton/augmentation.js';
import { preprocessingSchema } from '../../skeleton/schemas.js';
import { NEGATIVE_KINDS } from '../samples/negatives.js';

const rate = z.number().check(z.minimum(0), z.lt(1));
const positive = z.number().check(z.positive());
const cutoff = z.number().check(z.minimum(0), z.maximum(MOST_FRAMES_A_SECOND));

/** Rates that every step can train, at most. */
export const MOST_FIXED_RATES = 16;
/** Kinds of networks: one block over means of parts of the time, or two blocks over the frames. */
export type Family = 'one-block' | 'over-time';
/** Kinds of networks that a search for a recipe chooses from, and both. */
export const FAMILIES = ['one-block', 'over-time', 'both'] as const satisfies readonly (Family | 'both')[];

const ratesSchema = z.discriminatedUnion('draw', [
  /** The same rates in every step. */
  z.strictObject({
    draw: z.literal('fixed'),
    rates: z.array(rate).check(z.minLength(1), z.maxLength(MOST_FIXED_RATES)),
  }),
  /** 0 and `largest` in every step, and `between` rates whose share of non-zeros is log-uniform. */
  z.strictObject({
    draw: z.literal('sandwich'),
    largest: z._default(rate, 0.995),
    between: z._default(z.int().check(z.minimum(0), z.maximum(14)), 2),
  }),
  /** One rate, which rises to `rate` until a share of the training is done, fast at first. */
  z.strictObject({
    draw: z.literal('gradual'),
    rate,
    until: z._default(z.number().check(z.gt(0), z.maximum(1)), 0.75),
  }),
  /**
   * One rate: 0 for the share `dense`, then `rate` and 0 in `phases` turns, `rate` alone from the share `last` on. With
   * `rise` the rates of the turns rise to it.
   */
  z.strictObject({
    draw: z.literal('alternating'),
    rate,
    dense: z._default(z.number().check(z.minimum(0), z.lt(1)), 0.1),
    phases: z._default(z.int().check(z.minimum(1), z.maximum(100)), 5),
    last: z._default(z.number().check(z.gt(0), z.lt(1)), 0.75),
    rise: z.optional(z.boolean()),
  }),
]);

export const pruningSchema = z
  .strictObject({
    /** Several rates at once (MRMP) or one rate (SRMP): set by `rates`. */
    rates: z.prefault(ratesSchema, { draw: 'sandwich' }),
    /** The share of the training in which the largest rate of a sandwich rises, from half as many halvings of the weights. */
    ramp: z._default(z.number().check(z.minimum(0), z.maximum(1)), 0),
    prior: z._default(z.enum(PRIOR_NAMES), 'gaussian'),
    /** Threshold in training: the latents' own quantile of |ŵ|, or the prior's a(r), as the method has it. */
    threshold: z._default(z.enum(['empirical', 'prior']), 'empirical'),
    /**
     * The band-stop function of the method; `hard`, a weight whole or not at all; `kept`, which leaves at zero what is
     * zero at the start, and prunes nothing else; `shrink`, hard, of which all that is left is smaller by the threshold;
     * `project`, hard, and what the last rate of a step leaves out becomes zero; `gates`, a hard-concrete gate a weight and
     * no rates; `line`, hard, on weights between two ends that move with the rate; `probabilities`, drawn by a probability a
     * weight, which together keep to the budget.
     */
    mask: z._default(
      z.enum(['band-stop', 'hard', 'kept', 'shrink', 'project', 'gates', 'line', 'probabilities']),
      'band-stop',
    ),
    /**
     * What is added to the loss beside the divergence: mean |ŵ|, the same weighted by what a weight costs, the histogram's
     * entropy, or the mean share of open gates.
     */
    regulariser: z.prefault(
      z.strictObject({
        kind: z.enum(['none', 'l1', 'cost', 'entropy', 'l0']),
        weight: z._default(z.number().check(z.minimum(0)), 1),
      }),
      { kind: 'none' },
    ),
    /** σ of the band-stop function, geometric from start to end of the training. */
    crispness: z.prefault(z.strictObject({ from: positive, to: positive }), { from: 5, to: 50 }),
    /** σ for latents as they are, as in the method, or for latents divided by the rate's threshold, however small they become. */
    crispnessOf: z._default(z.enum(['latent', 'threshold']), 'latent'),
    /** ψ below this counts as zero. */
    support: z._default(z.number().check(z.gt(0), z.lt(0.5)), 0.02),
    /** λ, bins and range of D_KL(P‖Q), and its floor: weights that every bin of P and Q has more than its own; without it 1e-6 of all, of Q alone. */
    divergence: z.prefault(
      z.strictObject({
        weight: z.number().check(z.minimum(0)),
        bins: z._default(z.int().check(z.minimum(8), z.maximum(1000)), 100),
        range: z._default(positive, 4),
        floor: z.optional(positive),
      }),
      { weight: 100 },
    ),
    /** The trained latents take the prior's quantiles of their ranks, so that a(r) prunes exactly the share r. */
    settle: z._default(z.boolean(), false),
    /** A latent weight is never larger than the smallest on the widest path through it, so that no budget has dead weights. */
    paths: z._default(z.boolean(), false),
    /** Gain of each tensor over the rate: learned, from the prior's lost energy, or none. */
    gain: z._default(z.enum(['learned', 'analytic', 'none']), 'learned'),
    /** Knots of the gains and biases over −log2(1 − rate); 1 makes the biases the same at every rate. */
    knots: z._default(z.int().check(z.minimum(1), z.maximum(16)), 9),
  })
  .check(
    z.refine(({ mask, regulariser }) => (mask === 'gates') === (regulariser.kind === 'l0'), {
      path: ['regulariser', 'kind'],
      error: 'l0 with the mask gates, and neither without the other',
    }),
    z.refine(({ mask, settle }) => !settle || mask === 'band-stop' || mask === 'hard', {
      path: ['settle'],
      error: 'false with the masks kept, shrink, gates, line and probabilities, whose weights no a(r) prunes',
    }),
    z.refine(({ mask, paths }) => !paths || mask === 'band-stop' || mask === 'hard', {
      path: ['paths'],
      error: 'true with the masks band-stop and hard alone',
    }),
  );

const optimiserSchema = z.strictObject({
  epochs: z.int().check(z.minimum(1), z.maximum(100000)),
  batch: z._default(z.int().check(z.minimum(1), z.maximum(4096)), 128),
  /** Draw every class alike, those with few sequences again, instead of each sequence once an epoch. */
  balance: z._default(z.boolean(), false),
  /**
   * Convolutions normalise their products over the sequences that a thread has at once, at each rate for itself; folded into
   * gains and biases afterwards.
   */
  normalise: z._default(z.boolean(), false),
  /** Adam's learning rate of the latent weights. */
  learningRate: z._default(positive, 0.05),
  /** A step multiplies each latent weight by 1 − this · its learning rate, apart from Adam (AdamW, arXiv 1711.05101). */
  weightDecay: z._default(z.number().check(z.minimum(0), z.maximum(1)), 0),
  /** Adam's learning rate of gains and biases. */
  biasLearningRate: z._default(positive, 0.005),
  /** `cosine` to zero after a linear warm-up; `paper`: × 0.99 when the loss changes faster than before, else ÷ 0.99. */
  schedule: z._default(z.enum(['cosine', 'paper']), 'cosine'),
  warmup: z._default(z.int().check(z.minimum(0)), 30),
  /** Decay a step of the moving average of all parameters that becomes the model; 0 takes the last ones. */
  average: z._default(z.number().check(z.minimum(0), z.lt(1)), 0.98),
  labelSmoothing: z._default(z.number().check(z.minimum(0), z.lt(1)), 0.1),
  /** α of mixup's Beta(α, α), from 0.001 to 1; 0 is off. */
  mixup: z._default(
    z.number().check(
      z.minimum(0),
      z.maximum(1),
      z.refine((alpha) => alpha === 0 || alpha >= 0.001, '0, or 0.001 to 1'),
    ),
    0,
  ),
});

/** A whole experiment: what `anyrate train` reads, and saves resolved with the run. */
export const recipeSchema = z.strictObject({
  /** Of the run's folder too: a part of a path, and no way out of where it is. */
  name: z
    .string()
    .check(
      z.minLength(1),
      z.maxLength(MOST_NAME),
      z.regex(/^(?!\.{1,2}$)[^/\\\p{Cc}]*$/u, 'a name without slashes and control characters'),
    ),
  /** A built-in data set's name or a folder. */
  data: z.string().check(z.minLength(1)),
  split: z.optional(z.string().check(z.maxLength(MOST_NAME))),
  preprocessing: preprocessingSchema,
  augmentation: z._default(augmentationsSchema, []),
  network: networkSchema,
  pruning: z.prefault(pruningSchema, {}),
  training: optimiserSchema,
  /** Movements that are none of the classes, made of the training sequences, for which the network learns to be sure of none. */
  negatives: z.optional(
    z.strictObject({
      share: z._default(z.number().check(z.gt(0), z.lt(1)), 0.4),
      kinds: z._default(z.array(z.enum(NEGATIVE_KINDS)).check(z.minLength(1)), [...NEGATIVE_KINDS]),
    }),
  ),
  /**
   * Recordings are smoothed before all else, and so are streams of the network: cutoffs of the one-euro filter in hertz,
   * `beta` in hertz for each unit of length a second.
   */
  oneEuro: z.optional(
    z.strictObject({
      minCutoff: z._default(cutoff, 1),
      beta: z._default(cutoff, 1),
      derivativeCutoff: z._default(cutoff, 1),
    }),
  ),
  /** What the model file says to a stream, instead of what the recordings show or the recogniser has. */
  stream: z.optional(
    z.extend(statedStreamSchema, {
      /** Thresholds that it does not state are chosen on validation streams, with so many false alarms a minute at most. */
      alarms: z.optional(z.number().check(z.minimum(0), z.maximum(1000))),
    }),
  ),
  /** `fast` uses relaxed SIMD where there is some: quicker, but the bits may differ between machines. */
  arithmetic: z._default(z.enum(['deterministic', 'fast']), 'deterministic'),
  seed: z._default(z.int().check(z.minimum(0), z.maximum(2 ** 31 - 1)), 1),
  /** Train first without a part of the training sequences, to fit temperatures and to choose rates on it. */
  calibrate: z._default(z.boolean(), false),
  /** Of an automatic recipe for several folds: what the data does not tell is tried anew in each, in so many optimiser steps; epochs and kinds of networks, where they were asked for. */
  search: z.optional(
    z.strictObject({
      budget: z.int().check(z.minimum(0), z.maximum(1_000_000)),
      epochs: z.optional(z.int().check(z.minimum(1), z.maximum(100_000))),
      family: z.optional(z.enum(FAMILIES)),
    }),
  ),
  /** Rates of the report. */
  report: z._default(z.array(rate).check(z.minLength(1), z.maxLength(MOST_RATES)), REPORT_RATES),
});

/**
 * All that a training depends on beside its data, every default filled in: see docs/recipe.md.
 * @interface
 */
export type Recipe = z.output<typeof recipeSchema>;
/** How a recipe prunes: rates, mask, threshold, divergence term. */
export type PruningOptions = Recipe['pruning'];
export type OptimiserOptions = Recipe['training'];
