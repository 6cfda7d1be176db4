/** The lines of a table of segments, and the clock that they go by. */
import { InputError } from '../../core/errors.js';
import type { Recording } from '../formats/recording.js';
import type { Description } from './description.js';
import { DESCRIPTION_FILE } from './file-names.js';
import type { FoundRecording } from './resolve-layout.js';
import type { Table } from './table.js';

/** When each frame is, in frames or in seconds, and how far two are apart. */
export interface Clock {
  readonly times: readonly number[];
  readonly step: number;
  /** Ends of segments that lie no farther outside are still at the recording's ends: its last frame lasts a step. */
  readonly slack: number;
}

export function lastOf(times: Clock['times']): number {
  return Number(times.at(-1)!.toFixed(3));
}

/** A line of the table. */
export interface SegmentRow {
  readonly file: string;
  /** Both ends belong to it. */
  readonly span: { readonly first: number; readonly last: number };
  readonly label: string;
  readonly subject: string | undefined;
  readonly place: string;
}

/** A row of the table with the frames that it cuts out. */
export interface Part {
  readonly row: SegmentRow;
  readonly whole: FoundRecording;
  readonly clock: Clock;
  readonly part: Recording;
}

/** @throws InputError on a line that lacks a value, or ends before it starts */
export function rowsOf(table: Table, source: string): SegmentRow[] {
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

/** The clock of a recording in the unit of the table. @throws InputError where seconds are asked for and none are known */
export function clockOf(
  recording: Recording,
  unit: 'frames' | 'seconds',
  description: Pick<Description, 'framesPerSecond'>,
  source: string,
): Clock {
  return unit === 'frames' ? frameNumbers(recording) : timesOf(recording, description, source);
}

function frameNumbers({ frames }: Recording): Clock {
  return { times: Array.from({ length: frames }, (_, frame) => frame), step: 1, slack: 0 };
}

/** Seconds since the first frame. */
function timesOf(recording: Recording, description: Pick<Description, 'framesPerSecond'>, source: string): Clock {
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

export function withoutExtension(path: string): string {
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

export function segmentFault(source: string, place: string, expected: string, found: string): InputError {
  return new InputError({
    source,
    place,
    expected,
    found,
    mend: 'A table of segments has the columns file, start, end, class.',
  });
}
