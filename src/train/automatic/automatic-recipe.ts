import * as v from 'valibot';
import { aDataset, checkArguments, optionsOf } from '../../core/arguments.js';
import type { Dataset, Sample } from '../../data/dataset.js';
import { selectSplit } from '../../data/splits.js';
import { augmentationsSchema } from '../../skeleton/augmentation.js';
import { parseRecipe } from '../recipe/parse-recipe.js';
import type { Family, Recipe } from '../recipe/recipe.js';
import { sequencesOfEach } from '../samples/windows.js';
import { type DataFacts, factsOf } from './facts.js';
import { mirrorStep } from './mirror-classes.js';
import { channelsOverTime, networkOverTime, pruningOverTime, STEPS_OVER_TIME, trainingOverTime } from './over-time.js';

/** What the data alone does not tell: rules have a first guess, and `searchRecipe` tries the others. */
export interface Choices {
  /** `heading`: turned once by its first frames; `body`: turned by its mean pose; `recorded`: as the camera stood. */
  readonly direction: 'heading' | 'body' | 'recorded';
  /** `moving`: each person's root is the origin of every frame; `fixed`: the mean root is, and the path is seen. */
  readonly origin: 'moving' | 'fixed';
  /** Parts of the time that have a mean each: few see less noise, many see more of a fast movement. */
  readonly chunks: 4 | 8;
  /** Rotations in training, in radians. */
  readonly rotations: 'small' | 'large';
  /** Sequences are mirrored in training: the class that a mirrored one becomes, by name; classes not named stay. */
  readonly mirror?: Readonly<Record<string, string>> | undefined;
  /** By default `one-block`. */
  readonly family?: Family | undefined;
}

/** What an automatic recipe is made for. */
export interface AutomaticOptions {
  /** Name of the recipe; by default `automatic`. */
  readonly name?: string;
  /** What the recipe has as `data`; by default the data set's name. */
  readonly data?: string;
  /** Its training part alone is looked at; by default the data set's first. */
  readonly split?: string;
  readonly seed?: number;
  /** Optimiser steps of the training; by default 3,000, and 2,000 of a network over time, whose steps take many times as long. */
  readonly steps?: number;
  /** Instead of the rules' first guesses. */
  readonly choices?: Partial<Choices>;
}

const anyAutomaticOptions = optionsOf<AutomaticOptions>({
  name: true,
  data: true,
  split: true,
  seed: true,
  steps: true,
  choices: true,
});

/**
 * A recipe by rules that depend on the training sequences alone, and not on the name of a data set. Of recordings of one frame
 * no network over time is made.
 * @throws InputError on a split that does not exist
 */
export function automaticRecipe(dataset: Dataset, options: AutomaticOptions = {}): Recipe {
  checkArguments('automaticRecipe', { dataset: [aDataset, dataset], options: [anyAutomaticOptions, options] });
  const { name = 'automatic', data = dataset.name, seed, choices } = options;
  const samples = trainingSamples(dataset, options);
  const facts = measured(dataset, samples);
  const chosen = { ...guesses(dataset, facts)[0], ...choices };
  const isOverTime = chosen.family === 'over-time' && !facts.isStill;
  const { steps = isOverTime ? STEPS_OVER_TIME : STEPS } = options;
  const changes = v.parse(augmentationsSchema, augmentation(dataset, facts, chosen));
  const recipe = {
    name,
    data,
    split: selectSplit(dataset, options.split).name,
    seed,
    preprocessing: {
      ...preprocessing(dataset, facts, chosen),
      ...(isOverTime && { channels: channelsOverTime }),
    },
    augmentation: changes,
    network: isOverTime ? networkOverTime : NETWORK,
    training: {
      ...training(samples.length * sequencesOfEach(changes), steps, facts),
      ...(isOverTime && trainingOverTime),
    },
    pruning: { ...PRUNING, ...(isOverTime && pruningOverTime) },
  };
  return parseRecipe(JSON.parse(JSON.stringify(recipe)), 'automatic recipe');
}

/** The choices that make sense for the training sequences of a split: the first is what rules alone take. */
export function choicesFor(dataset: Dataset, options: Pick<AutomaticOptions, 'split'> = {}): Choices[] {
  return guesses(dataset, measured(dataset, trainingSamples(dataset, options)));
}

/** Whether a network over time can be made for the training sequences of a split: not of recordings of one frame. */
export function allowsOverTime(dataset: Dataset, options: Pick<AutomaticOptions, 'split'> = {}): boolean {
  return !measured(dataset, trainingSamples(dataset, options)).isStill;
}

function trainingSamples(dataset: Dataset, { split }: Pick<AutomaticOptions, 'split'>): Sample[] {
  return selectSplit(dataset, split).train.map((index) => dataset.samples[index]);
}

function measured({ layout, classes, nothing = [] }: Dataset, samples: readonly Sample[]): DataFacts {
  const labels = nothing.map((name) => classes.indexOf(name));
  return factsOf(samples, layout, labels);
}

function guesses({ persons }: Dataset, { up, isStill }: DataFacts): Choices[] {
  const ways = persons > 1 ? (up ? SEVERAL_UPRIGHT : SEVERAL) : up ? UPRIGHT : ANY;
  return (isStill ? CHUNKS.slice(0, 1) : CHUNKS).flatMap((chunks) =>
    ways.map(([direction, origin]) => ({ direction, origin, chunks, rotations: 'small' }) as const),
  );
}

type Way = readonly [Choices['direction'], Choices['origin']];

/** A body that stands is turned by its heading. */
const UPRIGHT: readonly Way[] = [
  ['heading', 'moving'],
  ['heading', 'fixed'],
  ['recorded', 'moving'],
  ['recorded', 'fixed'],
  ['body', 'moving'],
];

/** What has no vertical, a hand or a flat picture, keeps its path. */
const ANY: readonly Way[] = [
  ['recorded', 'fixed'],
  ['recorded', 'moving'],
  ['body', 'moving'],
];

/** Several persons keep their places to one another, and are ordered as the camera sees them. */
const SEVERAL_UPRIGHT: readonly Way[] = [
  ['recorded', 'fixed'],
  ['heading', 'fixed'],
];
const SEVERAL: readonly Way[] = [['recorded', 'fixed']];

const FRAMES = 32;
const CHUNKS = [4, 8] as const;

function preprocessing(
  { persons }: Dataset,
  { up, extremities, isFlat, isStill }: DataFacts,
  { direction, origin, chunks }: Choices,
): object {
  const center = { step: 'center', persons: origin === 'moving' ? 'each' : 'all', scale: 'spine' };
  return {
    pose: [
      ...(persons > 1 ? [{ step: 'order-persons' }] : []),
      { step: 'resample', frames: FRAMES },
      ...(direction === 'heading' ? [{ step: 'heading', up }] : []),
      direction === 'body' ? { step: 'body-frame', up } : center,
    ],
    channels: isStill
      ? [{ step: 'positions', chunks: 1 }]
      : [
          { step: 'positions', chunks },
          { step: 'velocities', chunks },
          { step: 'statistics' },
          { step: 'bone-statistics' },
          { step: 'distances', joints: extremities, chunks },
        ],
    ...(isFlat && { dimensions: 2 }),
  };
}

/** How much sequences are changed in training; lengths are parts of the spine, or of the palm, which every pose is divided by. */
const USUAL = {
  crop: 0.1,
  bend: 0.2,
  least: 0.8,
  most: 1.2,
  angle: 0.15,
  scale: 0.1,
  body: 0,
  jitter: 0.02,
  loss: 0.1,
};

/** The same where a class has few sequences. */
const STRONGER = {
  crop: 0.2,
  bend: 0.4,
  least: 0.6,
  most: 1.5,
  angle: 0.3,
  scale: 0.2,
  body: 0.05,
  jitter: 0.04,
  loss: 0.2,
};

function augmentation(
  { persons }: Dataset,
  { isFlat, isStill, isFew, isSegmented, up }: DataFacts,
  { direction, rotations, mirror }: Choices,
): object[] {
  const { crop, bend, least, most, scale, body, jitter, loss, ...small } = isFew ? STRONGER : USUAL;
  const vertical = direction === 'recorded' ? up : 'y';
  const angle = rotations === 'large' ? 0.5 : small.angle;
  return [
    ...(isSegmented ? [{ step: 'windows' }] : []), // who marks segments means to find them in a stream
    ...(mirror === undefined ? [] : [mirrorStep(persons, mirror)]),
    ...(isStill ? [] : [{ step: 'time-warp', crop, bend }]),
    ...(isStill ? [] : [{ step: 'amplitude', least, most }]),
    ...(rotations === 'large' && vertical !== undefined ? [{ step: 'rotate', angle, axis: vertical }] : []),
    ...(isFlat ? [{ step: 'rotate', angle, axis: 'z' }] : [{ step: 'rotate', angle: vertical ? small.angle : angle }]),
    { step: 'scale', amount: scale },
    // What would give depth to flat data is left out.
    ...(isFlat || body === 0 ? [] : [{ step: 'body', deviation: body }]),
    ...(isFlat ? [] : [{ step: 'jitter', deviation: jitter }]),
    ...(isStill ? [] : [{ step: 'lose', joints: loss, frames: loss }]), // one frame has none around it to fill it from
  ];
}

const NETWORK = [{ kind: 'graph-convolution', heads: 8, filters: 32, combine: 'concatenate', dropout: 0.3 }];

/** From so many training sequences on, a step has twice as many. */
const MANY = 600;
const STEPS = 3000;

function training(sequences: number, steps: number, { isUneven }: DataFacts): object {
  const batch = sequences < MANY ? 32 : 64;
  const stepsPerEpoch = Math.max(1, Math.floor(sequences / batch));
  return {
    epochs: Math.ceil(steps / stepsPerEpoch),
    batch,
    balance: isUneven,
    mixup: 0.2,
    learningRate: 0.03,
  };
}

const PRUNING = {
  rates: { draw: 'sandwich', largest: 0.995, between: 3 },
  divergence: { weight: 0 },
  regulariser: { kind: 'l1', weight: 30 },
  crispnessOf: 'threshold',
};
