import type { Dataset } from '../dataset.js';
import { withoutGaps } from './lost.js';

/** Steps that a skeleton is divided into. */
const STEPS_PER_SKELETON = 5000;
/** Of fewer, movements become alike. */
const LEAST_STEPS_PER_SKELETON = 50;
/** Differences from frame to frame, and the first one from 0, are below so many steps. */
const MOST_STEPS = 16000;

/** Differences in steps are below 2 to the power of 15, also where both ends are rounded. */
const MOST_DIFFERENCE = 32766;

/** A step for `encodeAnyset`: fine beside a skeleton, and coarse enough for the farthest position. 1, 2 or 5 times a power of 10. */
export function fittingStep({ samples }: Dataset): number {
  let far = 0;
  for (const { positions } of samples) for (const value of positions) if (Math.abs(value) > far) far = Math.abs(value);
  return roundUp(Math.max(sizeOf(samples) / STEPS_PER_SKELETON, far / MOST_STEPS, Number.MIN_VALUE));
}

/** The coarsest step that leaves a skeleton its form: a 50th of its longest side. Infinite where none has any. */
export function coarsestStep({ samples }: Dataset): number {
  const size = sizeOf(samples);
  return size === 0 ? Infinity : roundUp(size / LEAST_STEPS_PER_SKELETON);
}

/** The longest side of all first skeletons; 0 where none is seen. */
function sizeOf(samples: Dataset['samples']): number {
  return samples.reduce((most, { positions, joints }) => {
    return Math.max(most, extentOf(positions.subarray(0, joints * 3)));
  }, 0);
}

/** The smallest step with which no difference from frame to frame, and no first position, exceeds 16 bits. */
export function smallestStep({ samples }: Dataset): number {
  let most = 0;
  for (const sample of samples) {
    const { frames, positions } = withoutGaps(sample);
    const width = positions.length / frames;
    for (let at = 0; at < positions.length; at++) {
      const difference = Math.abs(at < width ? positions[at] : positions[at] - positions[at - width]);
      if (difference > most) most = difference;
    }
  }
  return roundUp(Math.max(most / MOST_DIFFERENCE, Number.MIN_VALUE));
}

/** Longest side of the box around the first skeleton. */
export function extentOf(pose: Float32Array): number {
  let most = 0;
  for (let axis = 0; axis < 3; axis++) {
    let [low, high] = [Infinity, -Infinity];
    for (let at = axis; at < pose.length; at += 3) {
      if (pose[at] < low) low = pose[at];
      if (pose[at] > high) high = pose[at];
    }
    most = Math.max(most, high - low);
  }
  return most;
}

function roundUp(value: number): number {
  const exponent = Math.floor(Math.log10(value));
  const factor = [1, 2, 5, 10].find((one) => one * 10 ** exponent >= value) ?? 10;
  return Number(`${factor}e${exponent}`);
}
