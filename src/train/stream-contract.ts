import type { Dataset } from '../data/dataset.js';
import { frameRateOf, isTimed, median } from '../data/durations.js';
import type { StreamContract } from '../runtime/file/header.js';
import { MOST_FRAMES_A_SECOND, MOST_SECONDS } from '../runtime/file/limits.js';
import type { Recipe } from './recipe/recipe.js';
import { windowSeconds, windowStepOf } from './samples/windows.js';

/** What a stream should know of the recordings that a network is trained on: see docs/format.md. */
export function streamContractOf(
  { augmentation, oneEuro, stream }: Recipe,
  dataset: Dataset,
  train: readonly number[],
): StreamContract {
  const { layout, classes, nothing } = dataset;
  const { alarms: _, ...stated } = stream ?? {};
  const samples = train.map((index) => dataset.samples[index]);
  const rates = samples.filter(isTimed).map(frameRateOf);
  const { length = 1 } = windowStepOf(augmentation) ?? {};
  const renamed = new Map(Object.entries(augmentation.find((step) => step.step === 'mirror')?.classes ?? {}));
  const partners = classes.map((name) => classes.indexOf(renamed.get(name) ?? name));
  const isOneSided = partners.every((partner, label) => partner === label);
  return {
    seconds: Math.min(rounded(windowSeconds(dataset, train, length)), MOST_SECONDS),
    ...(rates.length > 0 && { framesPerSecond: Math.min(rounded(median(rates)), MOST_FRAMES_A_SECOND) }),
    mirror: { joints: layout.mirror, ...(!isOneSided && { classes: partners }) },
    ...(nothing && nothing.length > 0 && { nothing }),
    ...(oneEuro && { oneEuro }),
    ...stated,
  };
}

/** To three digits after the point, and more than 0. */
function rounded(value: number): number {
  return Math.max(Math.round(value * 1000), 1) / 1000;
}
