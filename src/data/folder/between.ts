/** What lies between the segments of long recordings: nothing that a class stands for. */
import { cutSegment } from '../cut-segments.js';
import type { Part } from './segment-rows.js';

/** A stretch that is shorter than this share of the median segment is left out: it would be stretched into another movement. */
const LEAST = 0.5;

/**
 * The stretches of recordings outside of all segments, in pieces about as long as the median segment.
 * @param label the class that they are given
 */
export function stretchesBetween(parts: readonly Part[], label: string): Part[] {
  const lengths = parts.map(({ part }) => part.frames).toSorted((a, b) => a - b);
  const median = lengths[lengths.length >> 1];
  const files = [...new Set(parts.map(({ whole }) => whole))];
  return files.flatMap((whole) => {
    const among = parts.filter((part) => part.whole === whole);
    return freeStretches(among)
      .filter(([start, end]) => end - start >= LEAST * median)
      .flatMap((stretch) => inPieces(stretch, median))
      .map(([start, end]) => pieceOf(among[0], start, end, label));
  });
}

/** From a frame up to before another. */
type Stretch = readonly [start: number, end: number];

function freeStretches(parts: readonly Part[]): Stretch[] {
  const { times } = parts[0].clock;
  const isFree = times.map((time) => parts.every(({ row: { span } }) => time < span.first || time > span.last));
  const starts = [...isFree.keys()].filter((frame) => isFree[frame] && !isFree[frame - 1]);
  return starts.map((start) => {
    const end = isFree.indexOf(false, start);
    return [start, end < 0 ? times.length : end];
  });
}

function inPieces([start, end]: Stretch, length: number): Stretch[] {
  const count = Math.max(1, Math.round((end - start) / length));
  const edge = (piece: number) => start + Math.round(((end - start) * piece) / count);
  return Array.from({ length: count }, (_, piece) => [edge(piece), edge(piece + 1)]);
}

function pieceOf({ row, whole, clock }: Part, start: number, end: number, label: string): Part {
  const { times } = clock;
  // To the millisecond, since the recording's name has them.
  const span = { first: Math.floor(times[start] * 1000) / 1000, last: Math.ceil(times[end - 1] * 1000) / 1000 };
  const part = cutSegment(whole.recording, times, span)!;
  return { row: { ...row, label, span }, whole, clock, part };
}
