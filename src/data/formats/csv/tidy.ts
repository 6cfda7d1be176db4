import { badFile, MOST_JOINTS } from '../format.js';
import type { Recording } from '../recording.js';
import type { RowCollector } from './collect.js';
import type { Columns } from './columns.js';
import { type Dialect, type Row, rowsOf } from './dialect.js';
import { finish, keyOf, newCollector, orderOf, readJoint, stampOf, type Table } from './rows.js';

/** Whether a table has a row for each joint: columns x, y (z), one that names the joint and one that counts frames or time. */
export function isTidy({ joints, jointNames }: Columns): boolean {
  return joints.length === 1 && joints[0].name === '' && jointNames.length > 0;
}

/**
 * The recordings of a table with a row for each joint. Rows of a frame are together; joints are numbered in the order in
 * which they first occur in the table.
 */
export function* recordingsOfJoints(
  text: string,
  first: number,
  columns: Columns,
  dialect: Dialect,
  source: string,
): Generator<Recording> {
  if (columns.frame === undefined && columns.time === undefined) {
    const mend = 'Add a column named frame.';
    throw badFile(source, 'line 1', 'a column that counts frames or time', 'rows of joints without one', mend);
  }
  const [point] = columns.joints;
  const names = namesOf(dataRows(text, first, dialect), columns, source);
  const joints = [...names.keys()].map((name) => ({ ...point, name }));
  const table: Table = {
    columns: { ...columns, joints, isNamed: [...names.keys()].some((name) => /\D/.test(name)) },
    dialect,
    source,
  };
  const collectors = new Map<string, { collector: RowCollector; frame: string; rows: Map<string, number> }>();
  for (const row of dataRows(text, first, dialect)) {
    const key = keyOf(row, columns);
    const name = JSON.stringify(key);
    const frame = `${orderOf(row, table)}`;
    const person = columns.person === undefined ? '' : (row.cells[columns.person] ?? '').trim();
    const open = collectors.get(name) ?? {
      collector: newCollector(key, row, table),
      frame: '',
      rows: new Map<string, number>(),
    };
    collectors.set(name, open);
    if (open.frame !== frame) Object.assign(open, { frame, rows: new Map<string, number>() });
    const at = open.rows.get(person) ?? open.collector.add(frame, person, stampOf(row, table), row.line);
    open.rows.set(person, at);
    const joint = names.get(jointName(row, columns))!;
    readJoint(row, point, open.collector.joint(at, joint), table);
  }
  for (const { collector } of collectors.values()) yield finish(collector, table, false);
}

function namesOf(rows: Iterable<Row>, columns: Columns, source: string): Map<string, number> {
  const names = new Map<string, number>();
  for (const row of rows) {
    const name = jointName(row, columns);
    if (names.has(name)) continue;
    names.set(name, names.size);
    if (names.size > MOST_JOINTS) {
      const mend = 'Leave out rows that belong to no joint.';
      throw badFile(source, `line ${row.line}`, `at most ${MOST_JOINTS} joints`, 'one more', mend);
    }
  }
  return names;
}

function jointName({ cells }: Row, { jointNames }: Columns): string {
  return jointNames.map((column) => (cells[column] ?? '').trim()).join('_');
}

function* dataRows(text: string, first: number, dialect: Dialect): Generator<Row> {
  for (const row of rowsOf(text, dialect)) if (row.line > first) yield row;
}
