import { InputError } from '../../core/errors.js';
import { parseDecimal } from '../../core/format.js';

/** Rows of numbers, all of the same width; row-major. */
export interface NumberTable {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

/**
 * Reads one row of numbers per line, separated by commas or by white space; blank lines are passed over.
 * @param meaning what the columns are, for the error message: `25 joints x 3`
 */
export function parseNumberTable(text: string, source: string, columns: number, meaning: string): NumberTable {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  const values = new Float32Array((text.length + 1) >> 1); // a number and its separator take two characters or more
  let rows = 0;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const cells = splitCells(line);
    if (cells.length !== columns) throw wrongWidth(source, index, columns, meaning, cells.length);
    for (let column = 0; column < columns; column++) {
      values[rows * columns + column] = parseCell(cells[column], source, index, column);
    }
    rows++;
  }
  if (rows === 0) throw noFrames(source, text);
  return { rows, columns, values: values.slice(0, rows * columns) };
}

/** Number of cells in the first line that is not blank; 0 without one. */
export function countColumns(text: string): number {
  const line = /^[^\S\n]*\S.*$/m.exec(text.replace(/^\uFEFF/, ''));
  return line === null ? 0 : splitCells(line[0]).length;
}

function splitCells(line: string): string[] {
  return line.includes(',') ? line.split(',') : line.trim().split(/\s+/);
}

function parseCell(cell: string, source: string, line: number, column: number): number {
  const value = Math.fround(parseDecimal(cell) ?? Number.NaN);
  if (Number.isFinite(value)) return value;
  throw new InputError({
    source,
    place: `line ${line + 1}, column ${column + 1}`,
    expected: 'a finite number',
    found: cell.trim() === '' ? 'nothing' : `"${cell.trim().slice(0, 40)}"`,
    mend: 'Remove header lines, and correct or leave out frames with missing coordinates.',
  });
}

function wrongWidth(source: string, line: number, columns: number, meaning: string, found: number): InputError {
  return new InputError({
    source,
    place: `line ${line + 1}`,
    expected: `${columns} numbers (${meaning})`,
    found: `${found}`,
    mend: 'Check that the file is complete and in this format.',
  });
}

function noFrames(source: string, text: string): InputError {
  return new InputError({
    source,
    expected: 'at least one frame (a line of numbers)',
    found: text === '' ? 'an empty file' : 'only blank lines',
    mend: 'Copy the file again from its source, or leave it out.',
  });
}
