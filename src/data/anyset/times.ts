/** Time stamps in an .anyset file, to the microsecond. */
import { damaged } from '../../core/bytes.js';
import type { SkeletonSequence } from '../../runtime/skeleton/sequence.js';
import type { StoredTimes } from './header.js';

const MICROSECOND = 1e-6;

/** The time stamps of each recording, null of one without; nothing where no recording has any. */
export function timesOfAll(sequences: readonly SkeletonSequence[]): (StoredTimes | null)[] | undefined {
  if (sequences.every(({ seconds }) => seconds === undefined)) return undefined;
  return sequences.map(({ seconds }) => (seconds === undefined ? null : timesOf(seconds)));
}

function timesOf(seconds: Float64Array): StoredTimes {
  const [start, last] = [seconds[0], seconds[seconds.length - 1]];
  const step = seconds.length > 1 ? (last - start) / (seconds.length - 1) : 0;
  const isEven = seconds.every((time, i) => Math.abs(time - (start + i * step)) < MICROSECOND / 2);
  if (isEven) return { start, step };
  const ticks = Array.from(seconds, (time) => Math.round((time - start) / MICROSECOND));
  return { start, microseconds: ticks.slice(1).map((tick, i) => Math.max(0, tick - ticks[i])) };
}

/** @throws InputError on another number of time stamps than frames */
export function restoreTimes(
  stored: StoredTimes | null,
  { frames }: Pick<SkeletonSequence, 'frames'>,
  source: string,
): Float64Array | undefined {
  if (stored === null) return undefined;
  if ('step' in stored) {
    const times = Float64Array.from({ length: frames }, (_, i) => stored.start + i * stored.step);
    if (Number.isFinite(times[frames - 1])) return times;
    throw damaged(source, 'samples.seconds', 'finite times', 'infinite ones');
  }
  const { start, microseconds } = stored;
  if (microseconds.length !== frames - 1) {
    throw damaged(source, 'samples.seconds', `${frames - 1} distances of frames`, `${microseconds.length}`);
  }
  let ticks = 0;
  return Float64Array.from({ length: frames }, (_, i) => {
    if (i > 0) ticks += microseconds[i - 1];
    return start + ticks * MICROSECOND;
  });
}
