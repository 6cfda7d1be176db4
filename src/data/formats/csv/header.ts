import type { Unit } from '../recording.js';
import { cellNumber, type Dialect, type Row, widthOf } from './dialect.js';
import { isAxis, unitIn } from './names.js';

/** The names of a table's columns, from one row or from several. */
export interface Header {
  readonly names: readonly string[];
  /** Number of the last line that belongs to it. */
  readonly lastLine: number;
  readonly unit?: Unit;
  readonly framesPerSecond?: number;
}

/** The most rows that a header may have. */
const MOST_ROWS = 8;

/** Characters of a name that are looked at. */
const MOST_NAME = 100;

/** The header of a table; a number that is alone above the names is Vicon's frames a second. Undefined if it has none. */
export function headerOf(rows: readonly Row[], dialect: Dialect): Header | undefined {
  const count = rows.slice(0, MOST_ROWS).findLastIndex(({ cells }) => isWordy(cells, dialect)) + 1;
  const widest = Math.max(0, ...rows.slice(count, count + 1).map(({ cells }) => cells.length));
  const header = rows
    .slice(0, count)
    .map(({ cells }) => cells.slice(0, widthOf(cells)).map((cell) => cell.slice(0, MOST_NAME)));
  const wide = header.filter((cells) => cells.length > 1 || widest < 2);
  if (wide.length === 0) return undefined;
  const units = wide.filter(isUnits);
  const naming = wide.filter((cells) => !isUnits(cells) && (wide.length === 1 || !isOneWord(cells)));
  const names = joinNames(naming);
  const unit =
    units[0]?.map(unitIn).find((found) => found !== undefined) ??
    names.map(unitIn).find((found) => found !== undefined);
  const framesPerSecond = header.filter((cells) => cells.length === 1).map(([cell]) => cellNumber(cell, dialect));
  const rate = framesPerSecond.find((value) => value !== undefined && value > 0);
  return {
    names,
    lastLine: rows[count - 1].line,
    ...(unit !== undefined && { unit }),
    ...(rate !== undefined && { framesPerSecond: rate }),
  };
}

/** Whether more of its cells are words than numbers; blank cells count for neither. */
function isWordy(cells: readonly string[], dialect: Dialect): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '');
  const words = filled.filter((cell) => cellNumber(cell, dialect) === undefined).length;
  return words * 2 > filled.length;
}

function isUnits(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '');
  return filled.length > 0 && filled.every((cell) => unitIn(cell) !== undefined && !/[[(]/.test(cell));
}

/** Whether all cells but the first, which names the row, are the same: the scorer of DeepLabCut. */
function isOneWord(cells: readonly string[]): boolean {
  return cells.length > 2 && new Set(cells.slice(1)).size === 1;
}

/** Lays the rows of a header over one another: in all but the last, a blank cell repeats the one before. */
function joinNames(rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(...rows.map(({ length }) => length));
  const last = rows.findLastIndex((cells) => cells.filter(isAxis).length * 2 >= cells.length - 3);
  const filled = rows.map((cells, r) => (r === last || rows.length === 1 ? cells : repeatOverBlanks(cells, width)));
  return Array.from({ length: width }, (_, column) => {
    const parts = filled.map((cells) => (cells[column] ?? '').trim()).filter((part) => part !== '');
    return parts.length > 1 && column === 0 && !isAxis(parts[parts.length - 1])
      ? parts[parts.length - 1]
      : parts.join('_');
  });
}

function repeatOverBlanks(cells: readonly string[], width: number): string[] {
  let previous = '';
  return Array.from({ length: width }, (_, column) => {
    const cell = cells[column]?.trim() ?? '';
    if (cell !== '') previous = cell;
    return previous;
  });
}
