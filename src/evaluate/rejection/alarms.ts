/** False alarms in recordings of background, which hold no movement of the classes. */
import { cutSegment } from '../../data/cut-segments.js';
import type { Model } from '../../model/model.js';
import type { Rejection } from '../../runtime/file/header.js';
import type { SkeletonSequence } from '../../runtime/skeleton/sequence.js';
import { FRAMES_PER_SECOND } from '../../runtime/stream/one-euro.js';
import { WINDOW } from '../../runtime/stream/options.js';
import { runCuts } from '../evaluate.js';
import { scoresOf } from './scores.js';

/** Windows that begin during one. */
const STRIDES = 4;

/** What a model answers to the windows of a recording, one after the other. */
interface Track {
  /** At each rate, [rate][window]. */
  readonly scores: readonly (readonly number[])[];
  readonly minutes: number;
}

/** Counts false alarms: `perMinute` of a threshold at each rate. */
export interface AlarmCounter {
  readonly minutes: number;
  perMinute(thresholds: readonly number[]): number;
}

/**
 * Slides a window over recordings of background, at each rate; undefined where no recording is as long as a window.
 * An alarm is where the model is as sure as the threshold, however long it stays there.
 */
export function countAlarms(
  model: Model,
  background: readonly SkeletonSequence[],
  rates: readonly number[],
  means?: Rejection['means'],
): AlarmCounter | undefined {
  const tracks = background.flatMap((recording) => trackOf(model, recording, rates, means));
  const minutes = tracks.reduce((sum, track) => sum + track.minutes, 0);
  if (minutes === 0) return undefined;
  const perMinute = (thresholds: readonly number[]) => {
    const counts = tracks.flatMap(({ scores }) => scores.map((row, i) => rises(row, thresholds[i])));
    return counts.reduce((sum, count) => sum + count, 0) / (minutes * rates.length);
  };
  return { minutes, perMinute };
}

function trackOf(
  model: Model,
  recording: SkeletonSequence,
  rates: readonly number[],
  means: Rejection['means'],
): Track[] {
  const { seconds: window = WINDOW, framesPerSecond = FRAMES_PER_SECOND } = model.description.stream ?? {};
  const times = recording.seconds ?? Float64Array.from({ length: recording.frames }, (_, i) => i / framesPerSecond);
  const [first, last] = [times[0], times[recording.frames - 1]];
  const count = Math.floor(((last - first - window) / window) * STRIDES) + 1;
  const windows = Array.from({ length: Math.max(count, 0) }, (_, i) => first + (i * window) / STRIDES).flatMap(
    (start) => {
      const part = cutSegment(recording, times, { first: start, last: start + window });
      return part === undefined || part.frames < 2 ? [] : [part];
    },
  );
  if (windows.length === 0) return [];
  const scores = runCuts(model, windows, rates).map((outputs) => scoresOf(model, outputs, means));
  return [{ scores, minutes: (last - first) / 60 }];
}

/** How often scores reach a threshold from below, or begin above it. */
function rises(scores: readonly number[], threshold: number): number {
  return scores.filter((score, i) => score >= threshold && !(i > 0 && scores[i - 1] >= threshold)).length;
}
