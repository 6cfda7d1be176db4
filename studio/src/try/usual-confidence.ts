import type { View } from 'anyrate/runtime';
import { type Clip, keptPart } from '../clip.js';

/** Of the probability that recordings have in the middle: how much a stream must have, in which movements are cut anywhere. */
const CONFIDENT = 0.6;
/** Recordings that are looked at for it. */
const MOST_JUDGED = 40;

/** A least probability from whole recordings alone. */
export function usualConfidence(view: View, clips: readonly Clip[]): number {
  const probabilities = clips.slice(0, MOST_JUDGED).map((clip) => view.predict(keptPart(clip)).probability);
  const middle = probabilities.toSorted((a, b) => a - b)[probabilities.length >> 1] ?? 1;
  return Math.round(CONFIDENT * middle * 100) / 100;
}
