import { badFile } from './format.js';
import { numberOf } from './text.js';

export type TimeUnit = 's' | 'ms' | 'us' | 'ns';

const SECONDS: Readonly<Record<TimeUnit, number>> = { s: 1, ms: 1e-3, us: 1e-6, ns: 1e-9 };

const TIME =
  /^(?:time_?stamps?|time|t|ts)?_?(?:in_)?(s|secs?|seconds?|ms|msecs?|millis|milliseconds?|us|usecs?|micros|microseconds?|ns|nsecs?|nanos|nanoseconds?)?$/;

/** What a column or key of this name says of time; undefined if it is none, `unit` absent if the name does not tell. */
export function timeNamed(name: string): { readonly unit?: TimeUnit } | undefined {
  const plain = name
    .trim()
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z]+/g, '_')
    .replace(/^_|_$/g, '');
  const found = TIME.exec(plain);
  if (found === null || plain === '' || plain === 's') return undefined;
  const unit = found[1];
  if (unit === undefined) return {};
  return {
    unit: unit[0] === 's' ? 's' : unit.startsWith('mi') ? (unit[2] === 'c' ? 'us' : 'ms') : (`${unit[0]}s` as TimeUnit),
  };
}

/** A point in time as files write it: a number, hh:mm:ss, or a date; undefined if it is neither. */
export function timeOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const number = numberOf(value);
  if (number !== undefined) return Number.isNaN(number) ? undefined : number;
  const clock = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(value.trim());
  if (clock !== null) return Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
  const date = /^\d{4}-\d\d-\d\d/.test(value.trim()) ? Date.parse(value.trim()) / 1000 : Number.NaN;
  return Number.isNaN(date) ? undefined : date;
}

/**
 * Seconds of time stamps whose unit the file may not tell: then it is the one in which the middle step between frames is
 * below 2 s and not below 2 ms.
 * @throws InputError if time runs backwards; `placeOf` names the place of a frame
 */
export function toSeconds(
  stamps: readonly number[],
  unit: TimeUnit | undefined,
  source: string,
  placeOf: (frame: number) => string,
): Float64Array {
  const factor = SECONDS[unit ?? likelyUnit(stamps)];
  for (let frame = 1; frame < stamps.length; frame++) {
    if (stamps[frame] >= stamps[frame - 1]) continue;
    const expected = `a time not before ${stamps[frame - 1]}, that of the frame before`;
    throw badFile(source, placeOf(frame), expected, `${stamps[frame]}`, 'Sort the frames, or split the recordings.');
  }
  return Float64Array.from(stamps, (stamp) => stamp * factor);
}

function likelyUnit(stamps: readonly number[]): TimeUnit {
  const steps = stamps.slice(1).map((stamp, frame) => stamp - stamps[frame]);
  const step = steps.sort((a, b) => a - b)[steps.length >> 1] ?? 0;
  return step < 2 ? 's' : step < 2e3 ? 'ms' : step < 2e6 ? 'us' : 'ns';
}
