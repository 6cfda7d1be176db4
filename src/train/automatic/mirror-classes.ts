import { Random } from '../../core/random.js';
import type { Dataset, Split } from '../../data/dataset.js';
import { Pipeline } from '../../runtime/skeleton/pipeline.js';
import type { Clip } from '../../runtime/skeleton/sequence.js';
import { augment } from '../../skeleton/augmentation.js';
import type { Recipe } from '../recipe/recipe.js';
import { standardiseAll } from './judges.js';
import { kernelRidge, squaredDistances } from './kernel-ridge.js';
import { pairsByName } from './mirrored-names.js';

/** Of a class's mirrored sequences, the share that must be taken for another class for it to be that class mirrored. */
const MOST_OF_THEM = 0.5;

/** Mirrored sequences in training, and what validation says of them. */
export interface MirrorTrial {
  /**
   * The class that a mirrored one becomes, by name, for classes that the mirror exchanges; others stay what they are. Two
   * classes whose mirrored validation sequences are mostly taken for each other are a pair. A class that nobody performed
   * on the other side has no such rival.
   */
  readonly classes: Readonly<Record<string, string>>;
  /** Whether each test sequence of each part is answered rightly, without mirrored training sequences. */
  readonly plain: readonly boolean[];
  /** The same with a mirrored copy of each training sequence. */
  readonly mirrored: readonly boolean[];
}

/**
 * Judges mirrored sequences by kernel ridge regression: which classes they exchange, and whether training sequences mirrored
 * so help with validation sequences as they were recorded. Persons who are ordered from left to right are exchanged.
 */
export function judgeMirror({ preprocessing }: Recipe, dataset: Dataset, parts: readonly Split[]): MirrorTrial {
  const { samples, classes } = dataset;
  const indices = [...new Set(parts.flatMap(({ train, test }) => [...train, ...test]))];
  const distances = squaredDistances(withTwins(preprocessing, dataset, indices));
  const places = new Map(indices.map((index, place) => [index, place]));
  const placesOf = (some: readonly number[]) => some.map((index) => places.get(index)!);
  const twinsOf = (some: readonly number[]) => placesOf(some).map((place) => place + indices.length);
  const labels = indices.map((index) => samples[index].label);

  const taken = classes.map(() => classes.map(() => 0));
  for (const { train, test } of parts) {
    const answers = kernelRidge(distances, [...labels, ...labels], placesOf(train), twinsOf(test));
    for (const [i, label] of answers.entries()) taken[samples[test[i]].label][label]++;
  }
  const pairs = pairsOf(taken, classes);
  const twins = labels.map((label) => classes.indexOf(pairs[classes[label]] ?? classes[label]));
  const hitsOf = (trained: (train: readonly number[]) => number[]) =>
    parts.flatMap(({ train, test }) =>
      kernelRidge(distances, [...labels, ...twins], trained(train), placesOf(test)).map(
        (label, i) => label === samples[test[i]].label,
      ),
    );
  return {
    classes: pairs,
    plain: hitsOf(placesOf),
    mirrored: hitsOf((train) => [...placesOf(train), ...twinsOf(train)]),
  };
}

/** Standardised features of sequences, and after them of the same mirrored. */
function withTwins(
  preprocessing: Recipe['preprocessing'],
  { layout, persons, classes, samples }: Dataset,
  indices: readonly number[],
): Float32Array[] {
  const pipeline = new Pipeline(preprocessing, layout, persons);
  const describe = (clip: Clip) => {
    const features = new Float32Array(pipeline.input.nodes * pipeline.channels);
    pipeline.writeFeatures(clip, features);
    return features;
  };
  const clips = indices.map((index) => pipeline.clip(samples[index]));
  const rows = clips.map(describe);
  for (const clip of clips) {
    augment(mirrorStep(persons, {}, 1), clip, 0, new Random(1), { ...layout, classes });
    rows.push(describe(clip));
  }
  standardiseAll(rows);
  return rows;
}

/** How sequences of so many persons are mirrored; several are ordered from left to right. */
export function mirrorStep(persons: number, classes: Readonly<Record<string, string>>, probability = 0.5) {
  return { step: 'mirror', probability, classes, persons: persons > 1 ? 'swap' : 'keep' } as const;
}

/**
 * Pairs of classes that a mirror exchanges: those that their names tell, which few sequences need not show, and those that
 * are each mostly taken for the other; `taken` is [class][the class it was taken for].
 */
export function pairsOf(taken: readonly (readonly number[])[], classes: readonly string[]): Record<string, string> {
  const isTaken = (a: number, b: number) =>
    taken[a][b] > MOST_OF_THEM * taken[a].reduce((sum, count) => sum + count, 0);
  const named = pairsByName(classes);
  const pairs = new Map(named);
  for (const [a, name] of classes.entries()) {
    const b = classes.findIndex((_, other) => other !== a && isTaken(a, other) && isTaken(other, a));
    if (b >= 0 && !named.has(name) && !named.has(classes[b])) pairs.set(name, classes[b]);
  }
  return Object.fromEntries(pairs);
}
