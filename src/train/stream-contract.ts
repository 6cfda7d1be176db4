import type { Dataset, Sample } from '../data/dataset.js';
import type { StreamContract } from '../runtime/file/header.js';
import { MOST_FRAMES_A_SECOND, MOST_SECONDS } from '../runtime/file/limits.js';
import { FRAMES_PER_SECOND } from '../runtime/stream/options.js';
import type { Recipe } from './recipe/recipe.js';

/** What a stream should know of the recordings that a network is trained on: see docs/format.md. */
export function streamContractOf({ augmentation }: Recipe, dataset: Dataset, train: readonly number[]): StreamContract {
  const { layout, classes, nothing } = dataset;
  const samples = train.map((index) => dataset.samples[index]);
  const rates = samples.flatMap(frameRateOf);
  const renamed = augmentation.find((step) => step.step === 'mirror')?.classes ?? {};
  const partners = classes.map((name) => classes.indexOf(renamed[name] ?? name));
  const isOneSided = partners.every((partner, label) => partner === label);
  return {
    seconds: Math.min(rounded(median(samples.map(secondsOf))), MOST_SECONDS),
    ...(rates.length > 0 && { framesPerSecond: Math.min(rounded(median(rates)), MOST_FRAMES_A_SECOND) }),
    mirror: { joints: layout.mirror, ...(!isOneSided && { classes: partners }) },
    ...(nothing && nothing.length > 0 && { nothing }),
  };
}

/** How long a recording lasts, its last frame too; without time stamps, at 30 frames a second. */
function secondsOf(sample: Sample): number {
  const { frames, recordedFrames = frames } = sample;
  const [rate] = frameRateOf(sample);
  return rate === undefined ? recordedFrames / FRAMES_PER_SECOND : frames / rate;
}

/** The mean frame rate, if there are time stamps that rise. */
function frameRateOf({ frames, seconds }: Sample): number[] {
  const span = seconds === undefined ? 0 : seconds[frames - 1] - seconds[0];
  return span > 0 ? [(frames - 1) / span] : [];
}

/** The upper one of two. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

/** To three digits after the point, and more than 0. */
function rounded(value: number): number {
  return Math.max(Math.round(value * 1000), 1) / 1000;
}
