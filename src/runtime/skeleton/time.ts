import type { SkeletonSequence } from './sequence.js';

/** Time stamps that differ from equal distances by less than this part of one are equally far apart. */
const TOLERANCE = 1e-3;

/** A sequence without its time stamps if they are equally far apart: then they change nothing, to the bit. */
export function withoutEvenTimes(sequence: SkeletonSequence): SkeletonSequence {
  const { seconds, ...untimed } = sequence;
  if (!seconds) return sequence;
  const first = seconds[0];
  const step = (seconds[seconds.length - 1] - first) / (seconds.length - 1);
  const isUneven = seconds.some((time, i) => Math.abs(time - first - i * step) > step * TOLERANCE);
  return isUneven ? sequence : untimed;
}

/** Where each frame begins, in seconds from the first, and the last ends: midway to its neighbours. */
export function frameEdges(seconds: Float64Array): Float64Array {
  const last = seconds.length - 1;
  return Float64Array.from({ length: seconds.length + 1 }, (_, i) => {
    if (i === 0) return (seconds[0] - seconds[1]) / 2;
    const next = i > last ? 2 * seconds[last] - seconds[last - 1] : seconds[i];
    return (seconds[i - 1] + next) / 2 - seconds[0];
  });
}
