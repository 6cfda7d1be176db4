/** Which movements of a stream are those that truly happened. */
import type { Movement } from '../../runtime/stream/spotter.js';

/** A movement that truly happened, in seconds of the stream. */
export interface TrueSegment {
  /** Index of its class. */
  readonly label: number;
  readonly start: number;
  readonly end: number;
}

/**
 * When a movement of the right class finds a segment. Each segment is found once, and each movement finds one.
 *
 * `overlap`: they share more than half of the segment, and the movement is at most twice as long (SHREC 2022).
 * `start`: the movement starts inside the segment, or up to a second before (SFINGE 3D: 20 frames at 20 frames a second).
 */
export type Protocol = 'overlap' | 'start';

export const PROTOCOLS: readonly Protocol[] = ['overlap', 'start'];

const LEAST_SHARE = 0.5;
const LONGEST = 2;
const EARLY = 1;

/** A stream with what truly happened in it and what was answered. */
export interface AnsweredStream {
  /** Length in seconds. */
  readonly seconds: number;
  readonly segments: readonly TrueSegment[];
  readonly movements: readonly Movement[];
}

/** For each movement the segment that it finds, as an index; −1 for a false one. */
export function matchMovements(
  { segments, movements }: Pick<AnsweredStream, 'segments' | 'movements'>,
  protocol: Protocol,
): number[] {
  const found = new Set<number>();
  return movements.map((movement) => {
    const open = [...segments.keys()].filter((i) => !found.has(i) && finds(movement, segments[i], protocol));
    const best =
      open.toSorted((a, b) => sharedTime(movement, segments[b]) - sharedTime(movement, segments[a]))[0] ?? -1;
    if (best >= 0) found.add(best);
    return best;
  });
}

function finds(movement: Movement, segment: TrueSegment, protocol: Protocol): boolean {
  if (movement.label !== segment.label) return false;
  if (protocol === 'start') return movement.start >= segment.start - EARLY && movement.start <= segment.end;
  const length = segment.end - segment.start;
  const isLong = movement.end - movement.start > LONGEST * length;
  return !isLong && sharedTime(movement, segment) > LEAST_SHARE * length;
}

/** A span of time. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** Seconds that two spans share. */
export function sharedTime(a: Span, b: Span): number {
  return Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));
}

/** Seconds that spans cover together: where they overlap, once. */
export function coveredTime(spans: readonly Span[]): number {
  let covered = 0;
  let last = -Infinity;
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    covered += Math.max(0, end - Math.max(start, last));
    last = Math.max(last, end);
  }
  return covered;
}
