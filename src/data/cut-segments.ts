import type { SkeletonSequence } from '../runtime/skeleton/sequence.js';

/** A span of a long recording that holds one movement, in the recording's own numbers of frames. */
export interface Segment {
  readonly label: string;
  readonly first: number;
  /** The last frame that still belongs to it. */
  readonly last: number;
}

/**
 * The frames of a recording whose numbers lie in a segment; undefined if it has none of them.
 * @param numbers the number, or the time in seconds, of each frame, not decreasing; numbers may be missing where frames were lost
 */
export function cutSegment<S extends SkeletonSequence>(
  sequence: S,
  numbers: ArrayLike<number>,
  { first, last }: Omit<Segment, 'label'> & Partial<Segment>,
): S | undefined {
  const [start, end] = framesWithin(numbers, { first, last });
  if (start === end) return undefined;
  const width = sequence.persons * sequence.joints * 3;
  const part = { ...sequence, frames: end - start, positions: sequence.positions.slice(start * width, end * width) };
  return sequence.seconds === undefined ? part : { ...part, seconds: sequence.seconds.slice(start, end) };
}

/** From which frame up to before which other the numbers lie in a span. */
export function framesWithin(
  numbers: ArrayLike<number>,
  { first, last }: Omit<Segment, 'label'>,
): [start: number, end: number] {
  let start = 0;
  while (start < numbers.length && numbers[start] < first) start++;
  let end = start;
  while (end < numbers.length && numbers[end] <= last) end++;
  return [start, end];
}
