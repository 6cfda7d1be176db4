import { InputError } from '../../core/errors.js';
import { linesOf } from '../formats/text.js';

/** Rows of a table by the names of the columns, in lower case. */
export type Table = readonly Readonly<Record<string, string>>[];

/**
 * Reads a small table with a header: comma, semicolon or tab between the cells, which may be in quotation marks.
 * @throws InputError that names the line if a row has another number of cells
 */
export function parseTable(text: string, source: string): Table {
  const [head, ...rows] = [...linesOf(text)];
  if (head === undefined) throw tableFault(source, 'line 1', 'a header and rows', 'an empty file');
  const separator = [',', ';', '\t'].find((mark) => head.text.includes(mark)) ?? ',';
  const columns = cellsOf(head.text, separator).map((cell) => cell.toLowerCase());
  return rows.map(({ number, text: line }) => {
    const cells = cellsOf(line, separator);
    if (cells.length === columns.length) return Object.fromEntries(columns.map((column, i) => [column, cells[i]]));
    throw tableFault(source, `line ${number}`, `${columns.length} cells`, String(cells.length));
  });
}

function cellsOf(line: string, separator: string): string[] {
  const cells: string[] = [''];
  let quoted = false;
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    else if (character === separator && !quoted) cells.push('');
    else cells[cells.length - 1] += character;
  }
  return cells.map((cell) => cell.trim());
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
