import { aDataset, checkArguments, oneOf, optionsOf } from '../../core/arguments.js';
import type { Dataset, Split } from '../../data/dataset.js';
import { selectSplit } from '../../data/splits.js';
import { VALIDATION_PARTS, validationName } from '../../data/validation.js';
import { definedOnly } from '../recipe/parse-recipe.js';
import { FAMILIES, type Family, type Recipe } from '../recipe/recipe.js';
import type { TrainingOptions } from '../training.js';
import {
  type AutomaticOptions,
  allowsOverTime,
  automaticRecipe,
  type Choices,
  choicesFor,
} from './automatic-recipe.js';
import { judgeInputs, judgeTraining } from './judges.js';
import { judgeMirror } from './mirror-classes.js';
import { bestOf, type Trial, trialOf } from './trial.js';

/** How long a search may take, and where it runs. None of it but `budget` changes what is chosen. */
export interface SearchOptions
  extends Omit<AutomaticOptions, 'choices'>,
    Pick<TrainingOptions, 'threads' | 'startWorkers'> {
  /** Optimiser steps of all short trainings together; fewer than `LEAST_STEPS` each, and none is trained. */
  readonly budget?: number;
  /** `both`: the one that is better on validation; by default `both` where one block leaves something to be won, else `one-block`. */
  readonly family?: Family | 'both';
  /** Ends the search soon, by an exception. */
  readonly signal?: AbortSignal;
  /** Does the short trainings in place of this thread, such as in other processes. */
  readonly runTrials?: RunTrials;
}

/**
 * Trains recipes on their splits: for each, in their order, whether each test sequence is answered rightly at rate 0, and then
 * whether at 0.98.
 */
export type RunTrials = (recipes: readonly Recipe[]) => AsyncIterable<readonly boolean[]>;

/** `trial` after each trial; `chosen` at the end, with the trials of each round and the one that it went on with. */
export type SearchEvent =
  | { readonly type: 'trial'; readonly trial: Trial }
  | { readonly type: 'chosen'; readonly recipe: Recipe; readonly choices: Choices; readonly rounds: readonly Round[] };

/** Trials that were compared. */
export interface Round {
  readonly trials: readonly Trial[];
  readonly best: Trial;
}

const anySearchOptions = optionsOf<SearchOptions>({
  name: true,
  data: true,
  split: true,
  seed: true,
  steps: true,
  threads: true,
  startWorkers: true,
  budget: true,
  family: true,
  signal: true,
  runTrials: true,
});

export const DEFAULT_BUDGET = 2000;
/** Shorter trainings tell nothing. */
const LEAST_STEPS = 200;
/** Parts of the training sequences that a short training validates on, one training each. */
const TRAINED_PARTS = 2;
/**
 * Share of the answers that mirrored training sequences may cost: a mirrored body is a body, and people who perform with one
 * side alone do not show on validation what the other side is worth.
 */
const MIRROR_MARGIN = 0.03;
/** Training sequences beyond so many are left out where inputs are judged: the kernel grows with the square. */
const MOST_JUDGED = 400;
/** Fewer training sequences are not divided again. */
const LEAST_SEQUENCES = 16;
/** Training sequences from which on a network over time is tried where one block leaves something to be won. */
const ENOUGH_FOR_DEPTH = 200;
/** Share of the answers of one block that are right where there is too little left to be won. */
const GOOD_ENOUGH = 0.95;
/** A training by which families are compared has so many times the steps of one for rotations: depth learns late. */
const FAMILY_STEPS = 2;
/** Families are compared by their whole networks alone, which takes three fifths of the time. */
const WHOLE_ALONE: Pick<Recipe['pruning'], 'rates' | 'regulariser'> = {
  rates: { draw: 'fixed', rates: [0] },
  regulariser: { kind: 'l1', weight: 0 },
};
/** Steps of a training where short ones made no mistake, and the fewest answers that tell so. */
const EASY_STEPS = 1000;
const EASY_ANSWERS = 100;

/**
 * Finds what rules do not know, on training sequences that stand aside, whole subjects at a time: the frame of reference and
 * whether sequences are mirrored by kernel ridge regression on the inputs, then the rotations in training by short trainings.
 * Where the short trainings make no mistake, nothing further is tried, and the recipe has a third of the steps. Where one
 * answer in twenty is wrong, or `family` asks for both, longer trainings of whole networks then compare one block with two
 * over the frames.
 * A choice other than the rules' is taken only if it is better by more than a standard error, and mirrored sequences are left
 * out only if they also cost more than three answers in a hundred. The same data, seed and budget
 * choose the same anywhere.
 *
 * @throws InputError on a split that does not exist, or one without training or test sequences
 */
export async function* searchRecipe(dataset: Dataset, options: SearchOptions = {}): AsyncGenerator<SearchEvent> {
  checkArguments('searchRecipe', { dataset: [aDataset, dataset], options: [anySearchOptions, options] });
  if (options.family !== undefined) checkArguments('searchRecipe', { family: [oneOf(...FAMILIES), options.family] });
  const { budget = DEFAULT_BUDGET } = options;
  const split = selectSplit(dataset, options.split);
  const { family } = options;
  const rounds: Round[] = [];
  let [choices] = choicesFor(dataset, options);
  if (split.train.length >= LEAST_SEQUENCES) {
    const parts = judgedParts(dataset, split);
    choices = yield* settle(judgeFrames(dataset, options, parts));
    if (hasMirror(dataset)) choices = yield* settle(judgeMirrors(dataset, options, choices, parts), MIRROR_MARGIN);
    const steps = Math.floor(budget / (2 * TRAINED_PARTS));
    if (steps >= LEAST_STEPS && family !== 'over-time') {
      const subject = { dataset, options, split };
      const rotated = (['small', 'large'] as const).map((rotations) => ({ ...choices, rotations }));
      choices = yield* settle(trainChoices(subject, rotated, { steps }));
      if (isDepthTried(family, split, rounds.at(-1)!.best) && allowsOverTime(dataset, options)) {
        const families = [choices, { ...choices, family: 'over-time' as const }];
        const enough = family === 'both' ? 1 : GOOD_ENOUGH;
        const whole = { steps: FAMILY_STEPS * steps, isWholeAlone: true, enough };
        choices = yield* settle(trainChoices(subject, families, whole));
      }
    }
  }
  if (family === 'over-time') choices = { ...choices, family };
  const steps = rounds.some(({ best }) => isEasy(best)) ? { steps: EASY_STEPS } : {};
  yield { type: 'chosen', recipe: recipeOf(dataset, { ...steps, ...options, choices }), choices, rounds };

  async function* settle(
    tried: AsyncIterable<Trial> | Iterable<Trial>,
    margin?: number,
  ): AsyncGenerator<SearchEvent, Choices> {
    const trials: Trial[] = [];
    for await (const trial of tried) {
      trials.push(trial);
      yield { type: 'trial', trial };
    }
    const best = bestOf(trials, margin);
    rounds.push({ trials, best });
    return best.choices;
  }
}

/** The recipe of what of a search's options an automatic recipe has, and of choices. */
function recipeOf(dataset: Dataset, { name, data, split, seed, steps, choices }: AutomaticOptions): Recipe {
  return automaticRecipe(dataset, definedOnly({ name, data, split, seed, steps, choices }));
}

/** Whether short trainings learned all that there is. */
function isEasy(trial: Trial): boolean {
  return trial.judge === 'training' && trial.total >= EASY_ANSWERS && trial.correct === trial.total;
}

function isDepthTried(family: SearchOptions['family'], { train }: Split, oneBlock: Trial): boolean {
  if (family === 'one-block' || isEasy(oneBlock)) return false;
  return family === 'both' || (train.length >= ENOUGH_FOR_DEPTH && oneBlock.accuracy < GOOD_ENOUGH);
}

/** The mirror is the plane that x is square to: where a body is turned, it is its own; else it is the camera's. */
function hasMirror({ layout }: Dataset): boolean {
  return layout.mirror.some((image, joint) => image !== joint);
}

function judgedParts(dataset: Dataset, split: Split): Split[] {
  const kept = everySo(split.train, MOST_JUDGED);
  return Array.from({ length: VALIDATION_PARTS }, (_, i) => {
    const part = selectSplit(dataset, validationName(split.name, i + 1));
    const keep = (indices: readonly number[]) => indices.filter((index) => kept.has(index));
    return { ...part, train: keep(part.train), test: keep(part.test) };
  });
}

function* judgeFrames(dataset: Dataset, options: SearchOptions, parts: readonly Split[]): Generator<Trial> {
  for (const choices of choicesFor(dataset, options)) {
    const recipe = recipeOf(dataset, { ...options, choices });
    yield trialOf({ choices, judge: 'kernel', steps: 0, hits: judgeInputs(recipe, dataset, parts) });
  }
}

function* judgeMirrors(
  dataset: Dataset,
  options: SearchOptions,
  choices: Choices,
  parts: readonly Split[],
): Generator<Trial> {
  const recipe = recipeOf(dataset, { ...options, choices });
  const { classes, plain, mirrored } = judgeMirror(recipe, dataset, parts);
  yield trialOf({ choices: { ...choices, mirror: classes }, judge: 'kernel', steps: 0, hits: mirrored });
  yield trialOf({ choices, judge: 'kernel', steps: 0, hits: plain });
}

/** At most so many of the indices, evenly. */
function everySo(indices: readonly number[], most: number): Set<number> {
  const stride = Math.max(1, indices.length / most);
  return new Set(indices.filter((_, i) => Math.floor(i / stride) !== Math.floor((i - 1) / stride)));
}

/** What choices are trained on: validation parts of a split of a data set. */
interface Subject {
  readonly dataset: Dataset;
  readonly options: SearchOptions;
  readonly split: Split;
}

/** How choices are trained: `isWholeAlone` trains whole networks alone, and judges them at rate 0. */
interface Trained {
  /** Optimiser steps of each part. */
  readonly steps: number;
  readonly isWholeAlone?: boolean;
  /** Share of right answers after which nothing further is tried. */
  readonly enough?: number;
}

/** Trains each of some choices, unless one before it was right often enough: there is too little that it could do better. */
async function* trainChoices(
  { dataset, options, split }: Subject,
  tried: readonly Choices[],
  { steps, isWholeAlone = false, enough = 1 }: Trained,
): AsyncGenerator<Trial> {
  const run = options.runTrials ?? ((all) => trainEach(all, dataset, options));
  for (const choices of tried) {
    const recipes = Array.from({ length: TRAINED_PARTS }, (_, i) => {
      const recipe = recipeOf(dataset, { ...options, choices, steps, split: validationName(split.name, i + 1) });
      return isWholeAlone ? { ...recipe, pruning: { ...recipe.pruning, ...WHOLE_ALONE } } : recipe;
    });
    const hits: boolean[] = [];
    for await (const some of run(recipes)) hits.push(...(isWholeAlone ? some.slice(0, some.length / 2) : some));
    const trial = trialOf({ choices, judge: 'training', steps: steps * TRAINED_PARTS, hits });
    yield trial;
    if (trial.accuracy >= enough) return;
  }
}

/** Where nobody else does it: here, one after the other. */
async function* trainEach(
  recipes: readonly Recipe[],
  dataset: Dataset,
  options: SearchOptions,
): AsyncGenerator<boolean[]> {
  for (const recipe of recipes) yield await judgeTraining(recipe, dataset, options);
}
