/** Long recordings with a table that says what happens when: each segment is as good as a file. */
import { InputError } from '../../core/errors.js';
import { cutSegment } from '../cut-segments.js';
import type { Recording } from '../formats/recording.js';
import type { FolderDescription } from './description.js';
import type { FoundRecording } from './resolve-layout.js';
import type { Table } from './table.js';

/** The recordings that a table of segments cuts out of those found; without a table, the recordings as they are. */
export function cutSegments(
  found: readonly FoundRecording[],
  { description, tables }: FolderDescription,
): FoundRecording[] {
  const { segments } = description;
  if (segments === undefined) return [...found];
  return rowsOf(tables[segments.table], segments.table).map(({ file, span, label, subject, place }) => {
    const whole = found.find(({ source }) => source === file || withoutExtension(source) === file);
    if (whole === undefined)
      throw segmentFault(segments.table, `${place}, file`, 'a recording of the folder', `"${file}"`);
    const { recording, source } = whole;
    const part = cutSegment(recording, segments.unit === 'frames' ? frameNumbers(recording) : timesOf(recording), span);
    if (part === undefined)
      throw segmentFault(
        segments.table,
        place,
        `a span of the recording's ${recording.frames} frames`,
        `${span.first} to ${span.last}`,
      );
    const named = { ...part, part: `${span.first}-${span.last}`, label };
    return { source, recording: subject === undefined ? named : { ...named, subject } };
  });
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

function frameNumbers({ frames }: Recording): number[] {
  return Array.from({ length: frames }, (_, frame) => frame);
}

/** Seconds since the first frame. */
function timesOf({ frames, seconds, framesPerSecond = 30 }: Recording): number[] {
  return Array.from({ length: frames }, (_, frame) =>
    seconds === undefined ? frame / framesPerSecond : seconds[frame] - seconds[0],
  );
}

function withoutExtension(path: string): string {
  return path.replace(/\.[^./]+$/, '');
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
