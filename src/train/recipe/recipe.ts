import { z } from 'zod';
import { REPORT_RATES } from '../../evaluate/report/report.js';
import { networkSchema } from '../../model/network.js';
import { PRIOR_NAMES } from '../../pruning/prior/prior.js';
import { MOST_FRAMES_A_SECOND, MOST_NAME, MOST_RATES } from '../../runtime/file/limits.js';
import { augmentationsSchema } from '../../skeleton/augmentation.js';
import { preprocessingSchema } from '../../skeleton/schemas.js';
import { NEGATIVE_KINDS } from '../samples/negatives.js';

const rate = z.number().min(0).lt(1);
const positive = z.number().positive();
const cutoff = z.number().min(0).max(MOST_FRAMES_A_SECOND);

/** Rates that every step can train, at most. */
export const MOST_FIXED_RATES = 16;

const ratesSchema = z.discriminatedUnion('draw', [
  /** The same rates in every step. */
  z.strictObject({ draw: z.literal('fixed'), rates: z.array(rate).min(1).max(MOST_FIXED_RATES) }),
  /** 0 and `largest` in every step, and `between` rates whose share of non-zeros is log-uniform. */
  z.strictObject({
    draw: z.literal('sandwich'),
    largest: rate.default(0.995),
    between: z.int().min(0).max(14).default(2),
  }),
  /** One rate, which rises to `rate` until a share of the training is done, fast at first. */
  z.strictObject({ draw: z.literal('gradual'), rate, until: z.number().gt(0).max(1).default(0.75) }),
  /**
   * One rate: 0 for the share `dense`, then `rate` and 0 in `phases` turns, `rate` alone from the share `last` on. With
   * `rise` the rates of the turns rise to it.
   */
  z.strictObject({
    draw: z.literal('alternating'),
    rate,
    dense: z.number().min(0).lt(1).default(0.1),
    phases: z.int().min(1).max(100).default(5),
    last: z.number().gt(0).lt(1).default(0.75),
    rise: z.boolean().optional(),
  }),
]);

export const pruningSchema = z
  .strictObject({
    /** Several rates at once (MRMP) or one rate (SRMP): set by `rates`. */
    rates: ratesSchema.prefault({ draw: 'sandwich' }),
    /** The share of the training in which the largest rate of a sandwich rises, from half as many halvings of the weights. */
    ramp: z.number().min(0).max(1).default(0),
    prior: z.enum(PRIOR_NAMES).default('gaussian'),
    /** Threshold in training: the latents' own quantile of |ŵ|, or the prior's a(r), as the method has it. */
    threshold: z.enum(['empirical', 'prior']).default('empirical'),
    /**
     * The band-stop function of the method; `hard`, a weight whole or not at all; `kept`, which leaves at zero what is
     * zero at the start, and prunes nothing else; `shrink`, hard, of which all that is left is smaller by the threshold;
     * `project`, hard, and what the last rate of a step leaves out becomes zero; `gates`, a hard-concrete gate a weight and
     * no rates; `line`, hard, on weights between two ends that move with the rate; `probabilities`, drawn by a probability a
     * weight, which together keep to the budget.
     */
    mask: z
      .enum(['band-stop', 'hard', 'kept', 'shrink', 'project', 'gates', 'line', 'probabilities'])
      .default('band-stop'),
    /**
     * What is added to the loss beside the divergence: mean |ŵ|, the same weighted by what a weight costs, the histogram's
     * entropy, or the mean share of open gates.
     */
    regulariser: z
      .strictObject({ kind: z.enum(['none', 'l1', 'cost', 'entropy', 'l0']), weight: z.number().min(0).default(1) })
      .prefault({ kind: 'none' }),
    /** σ of the band-stop function, geometric from start to end of the training. */
    crispness: z.strictObject({ from: positive, to: positive }).prefault({ from: 5, to: 50 }),
    /** ψ below this counts as zero. */
    support: z.number().gt(0).lt(0.5).default(0.02),
    /** λ, bins and range of D_KL(P‖Q), and its floor: weights that every bin of P and Q has more than its own; without it 1e-6 of all, of Q alone. */
    divergence: z
      .strictObject({
        weight: z.number().min(0),
        bins: z.int().min(8).max(1000).default(100),
        range: positive.default(4),
        floor: positive.optional(),
      })
      .prefault({ weight: 100 }),
    /** The trained latents take the prior's quantiles of their ranks, so that a(r) prunes exactly the share r. */
    settle: z.boolean().default(false),
    /** A latent weight is never larger than the smallest on the widest path through it, so that no budget has dead weights. */
    paths: z.boolean().default(false),
    /** Gain of each tensor over the rate: learned, from the prior's lost energy, or none. */
    gain: z.enum(['learned', 'analytic', 'none']).default('learned'),
    /** Knots of the gains and biases over −log2(1 − rate); 1 makes the biases the same at every rate. */
    knots: z.int().min(1).max(16).default(9),
  })
  .refine(({ mask, regulariser }) => (mask === 'gates') === (regulariser.kind === 'l0'), {
    path: ['regulariser', 'kind'],
    error: 'l0 with the mask gates, and neither without the other',
  })
  .refine(({ mask, settle }) => !settle || mask === 'band-stop' || mask === 'hard', {
    path: ['settle'],
    error: 'false with the masks kept, shrink, gates, line and probabilities, whose weights no a(r) prunes',
  })
  .refine(({ mask, paths }) => !paths || mask === 'band-stop' || mask === 'hard', {
    path: ['paths'],
    error: 'true with the masks band-stop and hard alone',
  });

const optimiserSchema = z.strictObject({
  epochs: z.int().min(1).max(100000),
  batch: z.int().min(1).max(4096).default(128),
  /** Draw every class alike, those with few sequences again, instead of each sequence once an epoch. */
  balance: z.boolean().default(false),
  /** Adam's learning rate of the latent weights. */
  learningRate: positive.default(0.05),
  /** A step multiplies each latent weight by 1 − this · its learning rate, apart from Adam (AdamW, arXiv 1711.05101). */
  weightDecay: z.number().min(0).max(1).default(0),
  /** Adam's learning rate of gains and biases. */
  biasLearningRate: positive.default(0.005),
  /** `cosine` to zero after a linear warm-up; `paper`: × 0.99 when the loss changes faster than before, else ÷ 0.99. */
  schedule: z.enum(['cosine', 'paper']).default('cosine'),
  warmup: z.int().min(0).default(30),
  /** Decay a step of the moving average of all parameters that becomes the model; 0 takes the last ones. */
  average: z.number().min(0).lt(1).default(0.98),
  labelSmoothing: z.number().min(0).lt(1).default(0.1),
  /** α of mixup's Beta(α, α), from 0.001 to 1; 0 is off. */
  mixup: z
    .number()
    .min(0)
    .max(1)
    .refine((alpha) => alpha === 0 || alpha >= 0.001, '0, or 0.001 to 1')
    .default(0),
});

/** A whole experiment: what `anyrate train` reads, and saves resolved with the run. */
export const recipeSchema = z.strictObject({
  /** Of the run's folder too: a part of a path, and no way out of where it is. */
  name: z
    .string()
    .min(1)
    .max(MOST_NAME)
    .regex(/^(?!\.{1,2}$)[^/\\\p{Cc}]*$/u, 'a name without slashes and control characters'),
  /** A built-in data set's name or a folder. */
  data: z.string().min(1),
  split: z.string().max(MOST_NAME).optional(),
  preprocessing: preprocessingSchema,
  augmentation: augmentationsSchema.default([]),
  network: networkSchema,
  pruning: pruningSchema.prefault({}),
  training: optimiserSchema,
  /** Movements that are none of the classes, made of the training sequences, for which the network learns to be sure of none. */
  negatives: z
    .strictObject({
      share: z.number().gt(0).lt(1).default(0.4),
      kinds: z
        .array(z.enum(NEGATIVE_KINDS))
        .min(1)
        .default([...NEGATIVE_KINDS]),
    })
    .optional(),
  /**
   * Recordings are smoothed before all else, and so are streams of the network: cutoffs of the one-euro filter in hertz,
   * `beta` in hertz for each unit of length a second.
   */
  oneEuro: z
    .strictObject({ minCutoff: cutoff.default(1), beta: cutoff.default(1), derivativeCutoff: cutoff.default(1) })
    .optional(),
  /** `fast` uses relaxed SIMD where there is some: quicker, but the bits may differ between machines. */
  arithmetic: z.enum(['deterministic', 'fast']).default('deterministic'),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(1),
  /** Train first without a part of the training sequences, to fit temperatures and to choose rates on it. */
  calibrate: z.boolean().default(false),
  /** Of an automatic recipe for several folds: what the data does not tell is tried anew in each, in so many optimiser steps; epochs, where they were asked for. */
  search: z
    .strictObject({ budget: z.int().min(0).max(1_000_000), epochs: z.int().min(1).max(100_000).optional() })
    .optional(),
  /** Rates of the report. */
  report: z.array(rate).min(1).max(MOST_RATES).default(REPORT_RATES),
});

/**
 * All that a training depends on beside its data, every default filled in: see docs/recipe.md.
 * @interface
 */
export type Recipe = z.output<typeof recipeSchema>;
/** How a recipe prunes: rates, mask, threshold, divergence term. */
export type PruningOptions = Recipe['pruning'];
export type OptimiserOptions = Recipe['training'];
