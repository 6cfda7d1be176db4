import type { OptimiserOptions, PruningOptions, Recipe } from './recipe/recipe.js';
import type { StepInput } from './step/joint-step.js';

/** The factor on all learning rates, step by step; `state` is saved with a checkpoint. */
export interface Schedule {
  factor(step: number): number;
  observe(loss: number): void;
  state: number[];
}

/** @param steps steps of the whole training */
export function createSchedule({ schedule, warmup }: OptimiserOptions, steps: number): Schedule {
  return SCHEDULES[schedule](warmup, steps);
}

/** The kinds of a recipe's `training.schedule`. */
const SCHEDULES: Record<OptimiserOptions['schedule'], (warmup: number, steps: number) => Schedule> = {
  cosine,
  paper: paperRule,
};

/** Linear warm-up, then half a cosine down to 0 (Loshchilov and Hutter, 2017). */
function cosine(warmup: number, steps: number): Schedule {
  return {
    factor: (step) => Math.min((step + 1) / warmup, 1) * 0.5 * (1 + Math.cos((Math.PI * step) / steps)),
    observe: () => {},
    state: [],
  };
}

/** × 0.99 when the loss changes faster than a step before, ÷ 0.99 otherwise; its source is not known (docs/method.md). */
function paperRule(): Schedule {
  const rule: Schedule = {
    state: [1, Number.NaN, Number.NaN],
    factor: () => rule.state[0],
    observe: (loss) => {
      const [factor, last, change] = rule.state;
      const now = Math.abs(loss - last);
      const next = Number.isNaN(now) || Number.isNaN(change) ? factor : now > change ? factor * 0.99 : factor / 0.99;
      rule.state = [next, loss, now];
    },
  };
  return rule;
}

/** σ at a share 0 … 1 of the training: geometric between its ends. */
export function crispnessAt({ crispness }: PruningOptions, share: number): number {
  return crispness.from * (crispness.to / crispness.from) ** share;
}

/** The numbers of a step that the schedules set; `factor` is that of the learning rates at the step. */
export function paceOf(
  { training, pruning }: Recipe,
  { step, steps, factor }: { readonly step: number; readonly steps: number; readonly factor: number },
): Pick<StepInput, 'crispness' | 'learningRate' | 'biasLearningRate' | 'weightDecay' | 'averageDecay'> {
  const learningRate = training.learningRate * factor;
  return {
    crispness: crispnessAt(pruning, step / steps),
    learningRate,
    biasLearningRate: training.biasLearningRate * factor,
    weightDecay: training.weightDecay * learningRate,
    averageDecay: Math.min(training.average, step / (step + 10)),
  };
}
