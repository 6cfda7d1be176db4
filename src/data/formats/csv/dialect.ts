import { linesOf, numberOf } from '../text.js';

/** How a table of text divides its cells and writes its numbers. */
export interface Dialect {
  /** A blank stands for white space of any length. */
  readonly separator: ',' | ';' | '\t' | ' ';
  readonly hasDecimalComma: boolean;
}

/** A row with the number of its line. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Rows from which a dialect and the kind of a table are told. */
const SAMPLE_ROWS = 200;

const DECIMAL_COMMA = /^[+-]?\d+,\d+(?:e[+-]?\d+)?$/i;

const QUOTED = /"[^"]*"/g;

/** The dialect of a text by its first lines. */
export function dialectOf(text: string): Dialect {
  const lines: string[] = [];
  const quoted: string[] = [];
  for (const line of linesOf(text)) {
    quoted.push(...(line.text.match(QUOTED) ?? []).map((cell) => cell.slice(1, -1)));
    if (lines.push(line.text.replace(QUOTED, '')) >= SAMPLE_ROWS) break;
  }
  const data = lines.slice(-Math.ceil(lines.length / 2));
  const has = (separator: string) => data.filter((line) => line.includes(separator)).length * 2 > data.length;
  for (const separator of ['\t', ';'] as const) {
    if (has(separator)) return { separator, hasDecimalComma: data.some((line) => hasCommas(line.split(separator))) };
  }
  const words = data.map((line) => line.trim().split(/\s+/));
  const isBlankWithCommas = words.every((cells) => cells.length > 1 && cells.every((cell) => DECIMAL_COMMA.test(cell)));
  if (isBlankWithCommas) return { separator: ' ', hasDecimalComma: true };
  const isComma = has(',');
  return { separator: isComma ? ',' : ' ', hasDecimalComma: isComma && hasCommas(quoted) };
}

/** How to write what `mayBeDecimalCommas` finds. */
export const DECIMAL_COMMA_MEND = 'Write decimal points, or semicolons between the cells: 0.5,1.25 or 0,5;1,25.';

/**
 * Whether decimal commas stand between commas, as in 0,05,1,25: whole numbers alone, and more than there should be, or where
 * nobody says how many, such as no number is written: 05.
 */
export function mayBeDecimalCommas(rows: readonly Row[], { separator }: Dialect, expected?: number): boolean {
  const all = rows.flatMap(({ cells }) => cells.map((cell) => cell.trim()));
  if (separator !== ',' || !all.every((cell) => /^[+-]?\d*$/.test(cell))) return false;
  if (expected === undefined) return all.some((cell) => /^0\d/.test(cell));
  return rows.every(({ cells }) => cells.length > expected && cells.length <= 2 * expected);
}

function hasCommas(cells: readonly string[]): boolean {
  return cells.some((cell) => DECIMAL_COMMA.test(cell.trim()));
}

/** The cells of a line without their quotes. */
export function cellsOf(line: string, { separator }: Dialect): string[] {
  return line.includes('"') ? quotedCells(line, separator) : splitPlain(line, separator);
}

/** Number of cells up to the last that is not blank. */
export function widthOf(cells: readonly string[]): number {
  return cells.findLastIndex((cell) => cell.trim() !== '') + 1;
}

/** The rows of a table, one at a time. */
export function* rowsOf(text: string, dialect: Dialect): Generator<Row> {
  for (const { number, text: line } of linesOf(text)) yield { line: number, cells: cellsOf(line, dialect) };
}

/** The first rows of a table. */
export function sampleRows(text: string, dialect: Dialect): readonly Row[] {
  const rows: Row[] = [];
  for (const row of rowsOf(text, dialect)) if (rows.push(row) >= SAMPLE_ROWS) break;
  return rows;
}

/** The number in a cell: NaN where it is blank or says that there is none, undefined where it holds something else. */
export function cellNumber(cell: string | undefined, { hasDecimalComma }: Dialect): number | undefined {
  if (cell === undefined) return Number.NaN;
  return numberOf(hasDecimalComma ? cell.replace(',', '.') : cell);
}

/** What a cell says; a number in it with a decimal point. */
export function cellText(cell: string, { hasDecimalComma }: Dialect): string {
  const text = cell.trim();
  return hasDecimalComma && DECIMAL_COMMA.test(text) ? text.replace(',', '.') : text;
}

function splitPlain(line: string, separator: string): string[] {
  return separator === ' ' ? line.trim().split(/\s+/) : line.split(separator);
}

function quotedCells(line: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (const sign of line) {
    if (sign === '"') isQuoted = !isQuoted;
    else if (isQuoted || (separator === ' ' ? !/\s/.test(sign) : sign !== separator)) cell += sign;
    else {
      if (separator !== ' ' || cell !== '') cells.push(cell);
      cell = '';
    }
  }
  return [...cells, cell];
}
