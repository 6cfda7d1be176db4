import type { Choices } from './automatic-recipe.js';

/** What some choices answered on the validation sequences. */
export interface Trial {
  readonly choices: Choices;
  /** `kernel`: kernel ridge regression on the inputs, without augmentation; `training`: short trainings. */
  readonly judge: 'kernel' | 'training';
  /** Optimiser steps in all. */
  readonly steps: number;
  /** Right answers among `total`: sequences or, of trainings, sequences × rates. */
  readonly correct: number;
  readonly total: number;
  /** correct / total */
  readonly accuracy: number;
  /** Which answers were right, in the same order for all trials that are compared. */
  readonly hits: readonly boolean[];
}

export function trialOf({ choices, judge, steps, hits }: Pick<Trial, 'choices' | 'judge' | 'steps' | 'hits'>): Trial {
  const correct = hits.filter(Boolean).length;
  return { choices, judge, steps, correct, total: hits.length, accuracy: correct / hits.length, hits };
}

/**
 * The trial to go on with: the first, which the rules would take, unless others are better than it by more than one
 * standard error, the root of the number of answers in which they differ, and by more than `margin`, a share of all answers;
 * then the best of those, the earlier of equals.
 */
export function bestOf([first, ...others]: readonly Trial[], margin = 0): Trial {
  const better = others.filter(({ hits, correct }) => {
    const differing = hits.filter((hit, i) => hit !== first.hits[i]).length;
    return correct - first.correct > Math.max(Math.sqrt(differing), margin * first.total);
  });
  return better.toSorted((a, b) => b.correct - a.correct)[0] ?? first;
}
