/** Long recordings with a table that says what happens when: each segment is as good as a file. */
import { type Finding, finding } from '../check/finding.js';
import { cutSegment, framesWithin } from '../cut-segments.js';
import type { Recording } from '../formats/recording.js';
import { stretchesBetween } from './between.js';
import type { FolderDescription } from './description.js';
import type { FoundRecording } from './resolve-layout.js';
import {
  type Clock,
  clockOf,
  lastOf,
  type Part,
  rowsOf,
  type SegmentRow,
  segmentFault,
  withoutExtension,
} from './segment-rows.js';

/** Recordings, and what is odd about the table that cut them. */
export interface Segments {
  readonly found: readonly FoundRecording[];
  readonly warnings: readonly Finding[];
}

/**
 * The recordings that a table of segments cuts out of those found; without a table, the recordings as they are.
 * @param set name of the data set
 * @throws InputError on a segment of no recording, or one of which less than half is inside its recording
 */
export function cutSegments(
  found: readonly FoundRecording[],
  { description, tables }: FolderDescription,
  set: string,
): Segments {
  const { segments } = description;
  if (segments === undefined) return { found, warnings: [] };
  const { table, unit, between } = segments;
  const recordings = new Map([
    ...found.map((one) => [withoutExtension(one.source), one] as const),
    ...found.map((one) => [one.source, one] as const),
  ]);
  const warnings: Finding[] = [];
  const clocks = new Map<string, Clock>();
  const parts = rowsOf(tables[table], table).map((row): Part => {
    const whole = recordings.get(row.file);
    if (whole === undefined)
      throw segmentFault(table, `${row.place}, file`, 'a recording of the folder', `"${row.file}"`);
    const { recording, source } = whole;
    const clock = clocks.get(source) ?? clockOf(recording, unit, description, source);
    clocks.set(source, clock);
    const { isBeyond, part } = cutRow(recording, clock, row, table);
    if (isBeyond) {
      const what = `${table}, ${row.place}: ${row.span.first} to ${row.span.last} ${unit}, where the recording ends at ${lastOf(clock.times)}`;
      warnings.push(finding('warning', 'segment-end', { set, recording: source }, what));
    }
    return { row, whole, clock, part };
  });
  const all = between === undefined ? parts : [...parts, ...stretchesBetween(parts, between)];
  const longest = Math.max(...parts.map(({ part }) => part.frames));
  return { found: all.map((part) => foundPart(part, longest)), warnings };
}

/** A part as good as a file, with what was recorded in up to so many frames before and after it. */
function foundPart({ row, whole: { recording, source }, clock, part }: Part, context: number): FoundRecording {
  const named = { ...part, part: `${row.span.first}-${row.span.last}`, label: row.label };
  const [start, end] = framesWithin(clock.times, row.span);
  const from = Math.max(0, start - context);
  const numbers = clock.times.map((_, frame) => frame);
  const around = cutSegment(recording, numbers, { first: from, last: end - 1 + context })!;
  const within = { recording: around, first: start - from, from };
  return { source, within, recording: row.subject === undefined ? named : { ...named, subject: row.subject } };
}

/** The frames of a row, and whether it goes on before or after the recording. */
function cutRow(recording: Recording, { times, step, slack }: Clock, { span, place }: SegmentRow, table: string) {
  const part = cutSegment(recording, times, span);
  const inside = Math.min(span.last, times.at(-1)!) - Math.max(span.first, times[0]) + step;
  if (part === undefined || inside < (span.last - span.first + step) / 2) {
    const ends = `${times[0]} to ${lastOf(times)}`;
    throw segmentFault(
      table,
      place,
      `a span of the recording's ${recording.frames} frames, which are ${ends}`,
      `${span.first} to ${span.last}`,
    );
  }
  const isBeyond = span.first < times[0] - slack || span.last > times.at(-1)! + slack;
  return { part, isBeyond };
}
