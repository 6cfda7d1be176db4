import { Random } from '../../core/random.js';
import type { Dataset, Split } from '../../data/dataset.js';
import { Pipeline } from '../../runtime/skeleton/pipeline.js';
import { augment } from '../../skeleton/augmentation.js';
import type { Recipe } from '../recipe/recipe.js';
import { standardiseAll } from './judges.js';
import { kernelRidge, squaredDistances } from './kernel-ridge.js';

/** Of a class's mirrored sequences, the share that must be taken for another class for it to be that class mirrored. */
const MOST_OF_THEM = 0.5;

/**
 * The class that a mirrored one becomes, by name, for classes that the mirror exchanges; others stay what they are. Mirrored
 * validation sequences are classified by kernel ridge regression on the others as recorded: two classes whose mirrored
 * sequences are mostly taken for each other are a pair. A class that nobody performed on the other side has no such rival.
 */
export function mirrorClasses(
  { preprocessing }: Recipe,
  dataset: Dataset,
  parts: readonly Split[],
): Record<string, string> {
  const { layout, persons, classes, samples } = dataset;
  const pipeline = new Pipeline(preprocessing, layout, persons);
  const indices = [...new Set(parts.flatMap(({ train, test }) => [...train, ...test]))];
  const clips = indices.map((index) => pipeline.clip(samples[index]));
  const describe = (clip: (typeof clips)[number]) => {
    const features = new Float32Array(pipeline.nodes * pipeline.channels);
    pipeline.writeFeatures(clip, features);
    return features;
  };
  const rows = clips.map(describe);
  const context = { ...layout, classes };
  for (const clip of clips) {
    augment(MIRROR, clip, 0, new Random(1), context);
    rows.push(describe(clip));
  }
  standardiseAll(rows);
  const distances = squaredDistances(rows);
  const places = new Map(indices.map((index, place) => [index, place]));
  const labels = [...indices, ...indices].map((index) => samples[index].label);
  const taken = classes.map(() => classes.map(() => 0));
  for (const { train, test } of parts) {
    const mirrored = test.map((index) => places.get(index)! + indices.length);
    const trained = train.map((index) => places.get(index)!);
    for (const [i, label] of kernelRidge(distances, labels, trained, mirrored).entries())
      taken[labels[mirrored[i]]][label]++;
  }
  return pairsOf(taken, classes);
}

const MIRROR = { step: 'mirror', probability: 1, classes: {}, persons: 'keep' } as const;

/** Pairs of classes that are each mostly taken for the other; `taken` is [class][the class it was taken for]. */
export function pairsOf(taken: readonly (readonly number[])[], classes: readonly string[]): Record<string, string> {
  const isTaken = (a: number, b: number) =>
    taken[a][b] > MOST_OF_THEM * taken[a].reduce((sum, count) => sum + count, 0);
  const pairs: Record<string, string> = {};
  for (const [a, name] of classes.entries()) {
    const b = classes.findIndex((_, other) => other !== a && isTaken(a, other) && isTaken(other, a));
    if (b >= 0) pairs[name] = classes[b];
  }
  return pairs;
}
