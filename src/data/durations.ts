/** How long recordings last, whose time stamps may be absent. */

import { FRAMES_PER_SECOND } from '../runtime/stream/one-euro.js';
import type { Sample } from './dataset.js';

type Timed = Pick<Sample, 'frames' | 'recordedFrames' | 'seconds'>;

/** Whether there are time stamps that rise. */
export function isTimed(sample: Timed): boolean {
  return spanOf(sample) > 0;
}

/** Frames a second: the mean of the time stamps or, without them, 30 of those that were recorded. */
export function frameRateOf(sample: Timed): number {
  const { frames, recordedFrames = frames } = sample;
  return isTimed(sample) ? (frames - 1) / spanOf(sample) : (FRAMES_PER_SECOND * frames) / recordedFrames;
}

/** How long a recording lasts, its last frame too. */
export function secondsOf(sample: Timed): number {
  return sample.frames / frameRateOf(sample);
}

/** The upper one of two. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

function spanOf({ frames, seconds }: Timed): number {
  return seconds === undefined ? 0 : seconds[frames - 1] - seconds[0];
}
