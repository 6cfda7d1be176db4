import { InputError } from '../../core/errors.js';
import { cellText, dialectOf, rowsOf } from '../formats/csv/dialect.js';

/** Rows of a table by the names of the columns, in lower case. */
export type Table = readonly Readonly<Record<string, string>>[];

/**
 * Reads a small table with a header, written as CSV recordings may be: comma, semicolon or tab between the cells, which may be
 * in quotation marks; numbers with a decimal comma get a point.
 * @throws InputError that names the line if a row has another number of cells
 */
export function parseTable(text: string, source: string): Table {
  const told = dialectOf(text);
  const dialect = { ...told, separator: told.separator === ' ' ? (',' as const) : told.separator };
  const [head, ...rows] = [...rowsOf(text, dialect)];
  if (head === undefined) throw tableFault(source, 'line 1', 'a header and rows', 'an empty file');
  const columns = head.cells.map((cell) => cell.trim().toLowerCase());
  return rows.map(({ line, cells }) => {
    if (cells.length === columns.length)
      return Object.fromEntries(columns.map((column, i) => [column, cellText(cells[i], dialect)]));
    throw tableFault(source, `line ${line}`, `${columns.length} cells`, String(cells.length));
  });
}

function tableFault(source: string, place: string, expected: string, found: string): InputError {
  return new InputError({
    source,
    place,
    expected,
    found,
    mend: 'Write one line per file, with the columns of the first line.',
  });
}
