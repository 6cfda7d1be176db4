/** Long recordings with what happens in them, whole: what a stream is tried on. */
import { InputError } from '../../core/errors.js';
import type { SkeletonSequence } from '../../runtime/skeleton/sequence.js';
import type { Layout } from '../../skeleton/layouts/layout.js';
import type { RecordingFile } from '../formats/format.js';
import { type FolderDescription, readDescription } from './description.js';
import { DESCRIPTION_FILE } from './file-names.js';
import { readFiles } from './read-files.js';
import { isRecording } from './read-folder.js';
import { type FoundRecording, inLayout } from './resolve-layout.js';
import { type Clock, clockOf, rowsOf, type SegmentRow, segmentFault, withoutExtension } from './segment-rows.js';
import type { Table } from './table.js';
import { toPositions } from './to-positions.js';

/** What happens in a stream, in seconds from its first frame. */
export interface NamedSegment {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** A whole recording; time stamps from 0. */
export interface RecordedStream {
  readonly id: string;
  readonly sequence: SkeletonSequence & { readonly seconds: Float64Array };
  /** Undefined without a table that says. */
  readonly segments: readonly NamedSegment[] | undefined;
}

/** What recordings become streams for. */
export interface StreamShape {
  readonly layout: Layout;
  readonly persons: number;
  /** Where neither a recording nor its folder says. */
  readonly framesPerSecond: number;
}

/** A table of segments and the unit of its spans. */
export interface SegmentTable {
  readonly table: Table;
  /** Its path, for messages. */
  readonly source: string;
  readonly unit: 'frames' | 'seconds';
}

/**
 * The recordings of a folder that a table of segments names, in the order of their paths.
 * @param given the table; by default the one that dataset.json names
 * @throws InputError where there is no table, or where it names what is no recording or no time of it
 */
export async function readStreams(
  files: readonly RecordingFile[],
  source: string,
  shape: StreamShape,
  given?: SegmentTable,
): Promise<RecordedStream[]> {
  const described = await readDescription(files, source);
  const segments = given ?? tableOf(described, source);
  const { found } = await readFiles(
    files.filter((file) => file.path !== segments.source && isRecording(file.path, described)),
  );
  const rows = rowsOf(segments.table, segments.source);
  for (const row of rows) {
    if (!found.some((one) => isNamed(one.source, row.file)))
      throw segmentFault(segments.source, `${row.place}, file`, 'a recording of the folder', `"${row.file}"`);
  }
  return found
    .map((one) => ({ one, rows: rows.filter(({ file }) => isNamed(one.source, file)) }))
    .filter((stream) => stream.rows.length > 0)
    .map((stream) => toStream(stream.one, { rows: stream.rows, segments, described, shape }));
}

/** A recording that is read already; of a table, those rows that name it. @throws InputError as readStreams */
export function streamOf(
  id: string,
  sequence: SkeletonSequence,
  framesPerSecond: number,
  given: SegmentTable | undefined,
): RecordedStream {
  const seconds = sequence.seconds ?? Float64Array.from({ length: sequence.frames }, (_, i) => i / framesPerSecond);
  const clock = { times: Array.from(seconds, (time) => time - seconds[0]), step: 1 / framesPerSecond };
  const rows = given && rowsOf(given.table, given.source).filter(({ file }) => isNamed(id, file));
  if (rows?.length === 0) throw segmentFault(given!.source, 'file', `rows of ${id}`, 'none');
  const segments = rows?.map((row) => toSegment(row, given!, clock));
  return { id, sequence: { ...sequence, seconds: Float64Array.from(clock.times) }, segments };
}

function tableOf({ description, tables }: FolderDescription, source: string): SegmentTable {
  const { segments } = description;
  if (segments !== undefined) return { table: tables[segments.table], source: segments.table, unit: segments.unit };
  throw new InputError({
    source,
    expected: `"segments" in its ${DESCRIPTION_FILE}, or --segments`,
    found: 'neither',
    mend: 'Pass --segments with a table of what happens when: file, start, end, class.',
  });
}

/** With or without its extension and the folders around it. */
function isNamed(source: string, file: string): boolean {
  return [source, withoutExtension(source)].some(
    (path) => path === file || path.endsWith(`/${file}`) || file.endsWith(`/${path}`),
  );
}

interface StreamContext {
  readonly rows: readonly SegmentRow[];
  readonly segments: SegmentTable;
  readonly described: FolderDescription;
  readonly shape: StreamShape;
}

function toStream(one: FoundRecording, { rows, segments, described, shape }: StreamContext): RecordedStream {
  const { recording, source } = one;
  const { framesPerSecond = shape.framesPerSecond } = described.description;
  const description = { ...described.description, framesPerSecond };
  const { layout, persons } = shape;
  const positions = toPositions({ positions: inLayout(one, layout), recording, layout, persons, description });
  const { times, step } = clockOf(recording, 'seconds', description, source);
  const seconds = Float64Array.from(times);
  return {
    id: source,
    sequence: { frames: recording.frames, persons, joints: layout.joints.length, positions, seconds },
    segments: rows.map((row) => toSegment(row, segments, { times, step })),
  };
}

function toSegment(
  { label: name, span, place }: SegmentRow,
  { source, unit }: SegmentTable,
  { times, step }: Pick<Clock, 'times' | 'step'>,
): NamedSegment {
  const end = times[times.length - 1];
  if (unit === 'seconds') {
    if (span.first <= end && span.last >= 0) return { name, start: span.first, end: span.last };
    throw segmentFault(source, place, `seconds of the recording, which are 0 to ${end.toFixed(3)}`, describe(span));
  }
  const isInside = span.first >= 0 && span.first < times.length;
  if (!isInside) throw segmentFault(source, place, `frames 0 to ${times.length - 1}`, describe(span));
  const last = Math.min(Math.ceil(span.last), times.length - 1);
  return { name, start: times[Math.floor(span.first)], end: times[last] + step };
}

function describe({ first, last }: SegmentRow['span']): string {
  return `${first} to ${last}`;
}
