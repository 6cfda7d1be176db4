import { type Columns, columnsOf } from './csv/columns.js';
import {
  cellNumber,
  DECIMAL_COMMA_MEND,
  type Dialect,
  dialectOf,
  mayBeDecimalCommas,
  type Row,
  rowsOf,
  sampleRows,
  widthOf,
} from './csv/dialect.js';
import { type Header, headerOf } from './csv/header.js';
import { headlessColumns } from './csv/headless.js';
import { recordingsOfRows } from './csv/rows.js';
import { isTidy, recordingsOfJoints } from './csv/tidy.js';
import type { FileHead, RecordingFile, RecordingFormat } from './format.js';
import { badFile } from './format.js';
import { beginsAsJson } from './json.js';
import type { Recording } from './recording.js';
import { readText } from './text.js';

/** Numbers a row from which a text is taken for a table. */
const LEAST_NUMBERS = 4;

/**
 * Tables of text: comma, semicolon, tab or white space between the cells, decimal points or commas, with a header or without;
 * a row a frame (and person), or a row a joint.
 */
export const format: RecordingFormat = {
  name: 'csv',
  title: 'CSV, TSV and other tables of numbers, with a header or without',
  recognise: (head: FileHead) => !beginsAsJson(head) && !head.text.includes('\0') && isTable(head),
  async *read(file: RecordingFile) {
    const text = withoutComments(await readText(file));
    const dialect = dialectOf(text);
    const sample = sampleRows(text, dialect);
    const header = headerOf(sample, dialect);
    const first = header?.lastLine ?? 0;
    const data = sample.filter(({ line }) => line > first);
    if (data.length === 0)
      throw badFile(file.path, '', 'rows of numbers', 'only a header', 'Record again, or leave the file out.');
    const columns = header === undefined ? headlessColumns(data, dialect, file.path) : columnsOf(header, file.path);
    const recordings = isTidy(columns)
      ? recordingsOfJoints(text, first, columns, dialect, file.path)
      : recordingsOfRows(checkedRows(text, dialect, header, columns, file.path), {
          columns,
          dialect,
          source: file.path,
        });
    yield* withoutLonePart(recordings);
  },
};

/** A recording that is the only one of its file needs no name in it. */
function* withoutLonePart(recordings: Generator<Recording>): Generator<Recording> {
  let first: Recording | undefined;
  let count = 0;
  for (const recording of recordings) {
    if (count === 0) first = recording;
    if (count === 1) yield first!;
    if (count > 0) yield recording;
    count++;
  }
  if (count === 1) yield { ...first!, part: '' };
}

/** Whether most of the rows after the header are mostly numbers. */
function isTable({ text }: FileHead): boolean {
  const dialect = dialectOf(withoutComments(text));
  const rows = sampleRows(withoutComments(text), dialect);
  const header = headerOf(rows, dialect);
  const data = rows.filter(({ line }) => line > (header?.lastLine ?? 0));
  const numeric = data.filter(({ cells }) => countNumbers(cells, dialect) * 2 >= cells.length);
  const least = header === undefined ? LEAST_NUMBERS : 2;
  const isWide = data.some(({ cells }) => countNumbers(cells, dialect) >= least);
  return data.length > 0 && isWide && numeric.length * 2 > data.length;
}

function countNumbers(cells: readonly string[], dialect: Dialect): number {
  return cells.filter((cell) => cellNumber(cell, dialect) !== undefined).length;
}

/** Drops the sign before the lines that numpy and others mark as comments: they may be the header. */
function withoutComments(text: string): string {
  return text.startsWith('#') ? text.replace(/^#+[^\S\n]*/, '') : text;
}

/** The rows of data, each as wide as the columns want. */
function* checkedRows(
  text: string,
  dialect: Dialect,
  header: Header | undefined,
  columns: Columns,
  source: string,
): Generator<Row> {
  const most = header?.names.length ?? lastColumn(columns);
  for (const row of rowsOf(text, dialect)) {
    if (row.line <= (header?.lastLine ?? 0)) continue;
    const width = widthOf(row.cells);
    if (width === 0 && header !== undefined) continue;
    if (width > most || row.cells.length < most) {
      throw wrongWidth(row, most, { dialect, header, source });
    }
    yield row;
  }
}

function wrongWidth(
  row: Row,
  most: number,
  { dialect, header, source }: { dialect: Dialect; header: Header | undefined; source: string },
) {
  const expected = `${most} columns${header === undefined ? '' : ' as in the header'}`;
  const isDecimal = mayBeDecimalCommas([row], dialect, most);
  const found = `${row.cells.length}${isDecimal ? ', as if decimal commas stood between commas' : ''}`;
  const mend = isDecimal ? DECIMAL_COMMA_MEND : 'Check that the file is complete.';
  return badFile(source, `line ${row.line}`, expected, found, mend);
}

/** The width of rows that have no header: up to the last column of a joint. */
function lastColumn({ joints }: Columns): number {
  return joints.reduce((most, { x, y, z = 0, confidences }) => {
    return Math.max(most, x + 1, y + 1, z + 1, ...confidences.map(({ column }) => column + 1));
  }, 0);
}
