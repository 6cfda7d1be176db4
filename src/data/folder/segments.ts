/** Long recordings with a table that says what happens when: each segment is as good as a file. */
import { InputError } from '../../core/errors.js';
import { type Finding, finding } from '../check/finding.js';
import { cutSegment } from '../cut-segments.js';
import type { Recording } from '../formats/recording.js';
import { DESCRIPTION_FILE, type Description, type FolderDescription } from './description.js';
import type { FoundRecording } from './resolve-layout.js';
import type { Table } from './table.js';

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
  const { table, unit } = segments;
  const recordings = new Map([
    ...found.map((one) => [withoutExtension(one.source), one] as const),
    ...found.map((one) => [one.source, one] as const),
  ]);
  const warnings: Finding[] = [];
  const parts = rowsOf(tables[table], table).map((row) => {
    const whole = recordings.get(row.file);
    if (whole === undefined)
      throw segmentFault(table, `${row.place}, file`, 'a recording of the folder', `"${row.file}"`);
    const { recording, source } = whole;
    const clock = unit === 'frames' ? frameNumbers(recording) : timesOf(recording, description, source);
    const { isBeyond, part } = cutRow(recording, clock, row, table);
    if (isBeyond) {
      const what = `${table}, ${row.place}: ${row.span.first} to ${row.span.last} ${unit}, where the recording ends at ${lastOf(clock.times)}`;
      warnings.push(finding('warning', 'segment-end', { set, recording: source }, what));
    }
    const named = { ...part, part: `${row.span.first}-${row.span.last}`, label: row.label };
    return { source, recording: row.subject === undefined ? named : { ...named, subject: row.subject } };
  });
  return { found: parts, warnings };
}

/** When each frame is, in frames or in seconds, and how far two are apart. */
interface Clock {
  readonly times: readonly number[];
  readonly step: number;
  /** Ends of segments that lie no farther outside are still at the recording's ends: its last frame lasts a step. */
  readonly slack: number;
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

function lastOf(times: Clock['times']): number {
  return Number(times.at(-1)!.toFixed(3));
}

interface SegmentRow {
  readonly file: string;
  /** Both ends belong to it. */
  readonly span: { readonly first: number; readonly last: number };
  readonly label: string;
  readonly subject: string | undefined;
  readonly place: string;
}

function rowsOf(table: Table, source: string): SegmentRow[] {
  return table.map((row, index) => {
    const place = `line ${index + 2}`;
    const lacking = ['file', 'start', 'end', 'class'].find((column) => row[column] === undefined || row[column] === '');
    if (lacking !== undefined) throw segmentFault(source, place, `a value for "${lacking}"`, 'nothing');
    const span = { first: Number(row.start), last: Number(row.end) };
    if (!(span.first <= span.last)) {
      throw segmentFault(source, place, 'a start, and an end that is not before it', `"${row.start}" and "${row.end}"`);
    }
    return {
      file: row.file.replaceAll('\\', '/'),
      span,
      label: row.class,
      subject: row.subject || undefined,
      place,
    };
  });
}

function frameNumbers({ frames }: Recording): Clock {
  return { times: Array.from({ length: frames }, (_, frame) => frame), step: 1, slack: 0 };
}

/** Seconds since the first frame. */
function timesOf(recording: Recording, description: Description, source: string): Clock {
  const { frames, seconds, framesPerSecond = description.framesPerSecond } = recording;
  if (seconds !== undefined) {
    const times = Array.from(seconds, (time) => time - seconds[0]);
    const step = times[frames - 1] / Math.max(frames - 1, 1);
    return { times, step, slack: step };
  }
  if (framesPerSecond === undefined) throw timeless(source);
  const step = 1 / framesPerSecond;
  return { times: Array.from({ length: frames }, (_, frame) => frame * step), step, slack: step };
}

function withoutExtension(path: string): string {
  return path.replace(/\.[^./]+$/, '');
}

function timeless(source: string): InputError {
  return new InputError({
    source,
    expected: 'time stamps, since the table of segments is in seconds',
    found: 'none',
    mend: `Say "framesPerSecond" in ${DESCRIPTION_FILE}.`,
  });
}

function segmentFault(source: string, place: string, expected: string, found: string): InputError {
  return new InputError({
    source,
    place,
    expected,
    found,
    mend: 'A table of segments has the columns file, start, end, class.',
  });
}
