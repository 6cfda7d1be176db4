import { badFile } from '../format.js';
import type { Recording } from '../recording.js';
import { timeOf } from '../time-stamps.js';
import { RowCollector } from './collect.js';
import { type Columns, type Joint, LEAST } from './columns.js';
import { cellNumber, type Dialect, type Row } from './dialect.js';

/** A table whose columns are known. */
export interface Table {
  readonly columns: Columns;
  readonly dialect: Dialect;
  readonly source: string;
}

/** Where a row belongs. */
interface Key {
  readonly recording: string | undefined;
  readonly label: string | undefined;
  readonly subject: string | undefined;
}

/**
 * The recordings of a table with a row for each frame (and person). A new one begins where the table says so, or where the
 * class, the performer or the order of time changes; of a table that tells a class but no time, each row is one.
 */
export function* recordingsOfRows(rows: Iterable<Row>, table: Table): Generator<Recording> {
  const { columns } = table;
  const named = new Map<string, RowCollector>();
  const isStill =
    columns.label !== undefined && (columns.recording ?? columns.frame ?? columns.time?.column) === undefined;
  let current: { key: Key; collector: RowCollector; order: number } | undefined;
  for (const row of rows) {
    const key = keyOf(row, columns);
    const order = orderOf(row, table);
    if (columns.recording !== undefined) {
      const name = JSON.stringify(key);
      const collector = named.get(name) ?? newCollector(key, row, table);
      named.set(name, collector);
      addRow(collector, row, table);
      continue;
    }
    if (current !== undefined && (isStill || !isSameKey(current.key, key) || order < current.order)) {
      yield finish(current.collector, table, isStill);
      current = undefined;
    }
    current ??= { key, collector: newCollector(key, row, table), order };
    current.order = order;
    addRow(current.collector, row, table);
  }
  for (const collector of named.values()) yield finish(collector, table, false);
  if (current !== undefined) yield finish(current.collector, table, isStill);
}

export function finish(collector: RowCollector, { columns }: Table, isStill: boolean): Recording {
  const { joints, dimensions, isNamed, layout, unit, framesPerSecond, time, notes } = columns;
  const facts = {
    dimensions,
    ...(layout !== undefined && { layout }),
    ...(isNamed && { jointNames: joints.map(({ name }) => name) }),
    ...(unit !== undefined && { unit }),
    ...(framesPerSecond !== undefined && time === undefined && { framesPerSecond }),
    notes: isStill ? [...notes, 'no column gives the time: each row is a recording of one frame'] : notes,
  };
  return collector.finish(facts, joints.length, time?.unit);
}

export function keyOf({ cells }: Row, { recording, label, subject }: Columns): Key {
  const text = (column: number | undefined) => (column === undefined ? undefined : (cells[column] ?? '').trim());
  return { recording: text(recording)?.replaceAll('\\', '/'), label: text(label), subject: text(subject) };
}

export function newCollector(key: Key, { line }: Row, { columns, source }: Table): RowCollector {
  const part = key.recording ?? `line ${line}`;
  return new RowCollector({ part, label: key.label, subject: key.subject }, columns.joints.length, source);
}

/** The number by which the frames of a recording are ordered; throws where it is no number. */
export function orderOf(row: Row, table: Table): number {
  const { columns } = table;
  if (columns.frame !== undefined) return frameNumber(row, columns.frame, table);
  return stampOf(row, table) ?? 0;
}

export function stampOf({ cells, line }: Row, { columns: { time }, dialect, source }: Table): number | undefined {
  if (time === undefined) return undefined;
  const cell = cells[time.column] ?? '';
  const stamp = cellNumber(cell, dialect) ?? timeOf(cell);
  if (stamp !== undefined && !Number.isNaN(stamp)) return stamp;
  throw badFile(
    source,
    `line ${line}, column ${time.column + 1}`,
    'a time',
    describeCell(cell),
    'Give a time in every row, or in none.',
  );
}

function frameNumber({ cells, line }: Row, column: number, { dialect, source }: Table): number {
  const cell = cells[column] ?? '';
  const number = cellNumber(cell, dialect) ?? Number(/\d+(?=\D*$)/.exec(cell)?.[0] ?? Number.NaN);
  if (!Number.isNaN(number)) return number;
  throw badFile(
    source,
    `line ${line}, column ${column + 1}`,
    'the number of a frame',
    describeCell(cell),
    'Write the number of the frame in every row.',
  );
}

function addRow(collector: RowCollector, row: Row, table: Table): void {
  const { columns } = table;
  const person = columns.person === undefined ? undefined : (row.cells[columns.person] ?? '').trim();
  const frame = person === undefined ? undefined : `${orderOf(row, table)}`;
  const at = collector.add(frame, person, stampOf(row, table), row.line);
  const isTold = tellsVisibility(row, table);
  for (const [i, joint] of columns.joints.entries()) readJoint(row, joint, collector.joint(at, i), table, isTold);
}

/** False where every visibility is 0, as MediaPipe's Tasks write it of hands, which have none. */
function tellsVisibility(row: Row, table: Table): boolean {
  const all = table.columns.joints.flatMap(({ confidences }) => confidences);
  return all.some(({ column, least }) => least !== LEAST.visibility || readCell(row, column, table) !== 0);
}

/**
 * Reads a joint into its place, which is left at NaN where it was lost.
 * @param isTold false where visibilities tell nothing: then a joint at (0, 0, 0) is lost
 */
export function readJoint(
  row: Row,
  { x, y, z, confidences }: Joint,
  target: Float32Array,
  table: Table,
  isTold = true,
): void {
  const point = [readCell(row, x, table), readCell(row, y, table), z === undefined ? 0 : readCell(row, z, table)];
  const isUnsure = isTold && confidences.some(({ column, least }) => readCell(row, column, table) < least);
  const isZeroLost = table.columns.isZeroLost === true || (!isTold && confidences.length > 0);
  const isZero = isZeroLost && point.every((value) => value === 0);
  if (!isUnsure && !isZero && !point.some(Number.isNaN)) target.set(point);
}

function readCell({ cells, line }: Row, column: number, { dialect, source }: Table): number {
  const number = cellNumber(cells[column], dialect);
  if (number !== undefined) return number;
  const found = describeCell(cells[column]);
  const mend = 'Write numbers, and leave the cell empty or write NaN where a joint was lost.';
  throw badFile(source, `line ${line}, column ${column + 1}`, 'a number', found, mend);
}

function describeCell(cell: string): string {
  return cell.trim() === '' ? 'nothing' : `"${cell.trim().slice(0, 40)}"`;
}

function isSameKey(a: Key, b: Key): boolean {
  return a.label === b.label && a.subject === b.subject;
}
