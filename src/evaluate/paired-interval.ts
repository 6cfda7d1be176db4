import { Random } from '../core/random.js';

/** How two classifiers did on the same sequences. */
export interface PairedCounts {
  readonly bothRight: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly neither: number;
}

export function countPairs(first: readonly boolean[], second: readonly boolean[]): PairedCounts {
  const count = (a: boolean, b: boolean) => first.filter((right, i) => right === a && second[i] === b).length;
  return {
    bothRight: count(true, true),
    onlyFirst: count(true, false),
    onlySecond: count(false, true),
    neither: count(false, false),
  };
}

const RESAMPLES = 4000;

/**
 * Interval of the second accuracy as a share of the first: percentile bootstrap over sequences (Efron and Tibshirani,
 * 1993), each drawn with both answers. The same counts give the same interval.
 */
export function ratioInterval(counts: PairedCounts, confidence = 0.95): [low: number, high: number] {
  const random = new Random(1);
  const ratios = Array.from({ length: RESAMPLES }, () => resampledRatio(counts, random)).sort((a, b) => a - b);
  const tail = Math.round(((1 - confidence) / 2) * RESAMPLES);
  return [ratios[tail], ratios[RESAMPLES - 1 - tail]];
}

/** (both + second) / (both + first). */
export function accuracyRatio({ bothRight, onlyFirst, onlySecond }: PairedCounts): number {
  return (bothRight + onlySecond) / Math.max(bothRight + onlyFirst, 1);
}

function resampledRatio({ bothRight, onlyFirst, onlySecond, neither }: PairedCounts, random: Random): number {
  const drawn = [0, 0, 0];
  const sequences = bothRight + onlyFirst + onlySecond + neither;
  for (let i = 0; i < sequences; i++) {
    const at = random.integer(sequences);
    if (at < bothRight) drawn[0]++;
    else if (at < bothRight + onlyFirst) drawn[1]++;
    else if (at < bothRight + onlyFirst + onlySecond) drawn[2]++;
  }
  return accuracyRatio({ bothRight: drawn[0], onlyFirst: drawn[1], onlySecond: drawn[2], neither: 0 });
}
