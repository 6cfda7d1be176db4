import type { Dataset } from '../../data/dataset.js';
import { selectSplit } from '../../data/splits.js';
import { parseRecipe } from '../recipe/parse-recipe.js';
import type { Recipe } from '../recipe/recipe.js';
import { type DataFacts, factsOf } from './facts.js';

/** What the data alone does not tell: rules have a first guess, and `searchRecipe` tries the others. */
export interface Choices {
  /** `heading`: turned once by its first frames; `body`: turned by its mean pose; `recorded`: as the camera stood. */
  readonly direction: 'heading' | 'body' | 'recorded';
  /** `moving`: each person's root is the origin of every frame; `fixed`: the mean root is, and the path is seen. */
  readonly origin: 'moving' | 'fixed';
  /** Rotations in training, in radians. */
  readonly rotations: 'small' | 'large';
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
  /** Instead of the rules' first guesses. */
  readonly choices?: Partial<Choices>;
}

/**
 * A recipe by rules that depend on the training sequences alone, and not on the name of a data set.
 * @throws InputError on a split that does not exist
 */
export function automaticRecipe(dataset: Dataset, options: AutomaticOptions = {}): Recipe {
  const { name = 'automatic', data = dataset.name, seed, choices } = options;
  const split = selectSplit(dataset, options.split);
  const samples = split.train.map((index) => dataset.samples[index]);
  const facts = factsOf(samples, dataset.layout);
  const chosen = { ...firstChoices(dataset, facts), ...choices };
  const recipe = {
    name,
    data,
    split: split.name,
    seed,
    preprocessing: preprocessing(dataset, facts, chosen),
    augmentation: augmentation(facts, chosen),
    network: NETWORK,
    training: training(samples.length, facts),
    pruning: PRUNING,
  };
  return parseRecipe(JSON.parse(JSON.stringify(recipe)), 'automatic recipe');
}

/** What the rules choose: bodies that stand are turned by their heading; what has no vertical keeps its path. */
export function firstChoices({ persons }: Dataset, { up }: DataFacts): Choices {
  const isUpright = up !== undefined;
  return {
    direction: isUpright ? 'heading' : 'recorded',
    origin: isUpright && persons === 1 ? 'moving' : 'fixed',
    rotations: 'small',
  };
}

const FRAMES = 32;
const CHUNKS = 8;

function preprocessing({ persons }: Dataset, { up, extremities }: DataFacts, { direction, origin }: Choices): object {
  const center = { step: 'center', persons: origin === 'moving' ? 'each' : 'all', scale: 'spine' };
  return {
    pose: [
      ...(persons > 1 ? [{ step: 'order-persons' }] : []),
      { step: 'resample', frames: FRAMES },
      ...(direction === 'heading' ? [{ step: 'heading', up }] : []),
      direction === 'body' ? { step: 'body-frame', up } : center,
    ],
    channels: [
      { step: 'positions', chunks: CHUNKS },
      { step: 'velocities', chunks: CHUNKS },
      { step: 'statistics' },
      { step: 'bone-statistics' },
      { step: 'distances', joints: extremities, chunks: CHUNKS },
    ],
  };
}

/** Amounts are parts of the spine, or of the palm, which every pose is divided by. */
function augmentation({ isFlat, up }: DataFacts, { direction, rotations }: Choices): object[] {
  const vertical = direction === 'recorded' ? up : 'y';
  const angle = rotations === 'large' ? 0.5 : 0.15;
  return [
    { step: 'time-warp', crop: 0.1, bend: 0.2 },
    { step: 'amplitude', least: 0.8, most: 1.2 },
    ...(rotations === 'large' && vertical !== undefined ? [{ step: 'rotate', angle, axis: vertical }] : []),
    ...(isFlat ? [{ step: 'rotate', angle, axis: 'z' }] : [{ step: 'rotate', angle: vertical ? 0.15 : angle }]),
    { step: 'scale', amount: 0.1 },
    ...(isFlat ? [] : [{ step: 'jitter', deviation: 0.02 }]), // it would give depth to what has none
  ];
}

const NETWORK = [{ kind: 'graph-convolution', heads: 8, filters: 32, combine: 'concatenate', dropout: 0.3 }];

/** From so many training sequences on, a step has twice as many. */
const MANY = 600;
const STEPS = 3000;

function training(sequences: number, { isUneven }: DataFacts): object {
  const batch = sequences < MANY ? 32 : 64;
  const stepsPerEpoch = Math.max(1, Math.floor(sequences / batch));
  return {
    epochs: Math.ceil(STEPS / stepsPerEpoch),
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
};
