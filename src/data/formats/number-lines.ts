import { badFile } from './format.js';
import { type Line, linesOf, numberOf } from './text.js';

const MEND = 'Check that the file is complete and in this format.';

/** The numbers of a line, between commas or white space. */
export function numbersOfLine({ number, text }: Line, source: string): number[] {
  return text
    .trim()
    .split(/\s*[,;\s]\s*/)
    .filter((cell) => cell !== '')
    .map((cell, i) => {
      const value = numberOf(cell);
      if (value !== undefined) return value;
      throw badFile(source, `line ${number}, number ${i + 1}`, 'a number', `"${cell.slice(0, 40)}"`, MEND);
    });
}

/** Rows of `columns` numbers. */
export function* numberRows(text: string, source: string, columns: number, meaning: string): Generator<number[]> {
  for (const line of linesOf(text)) {
    const numbers = numbersOfLine(line, source);
    if (numbers.length !== columns) {
      throw badFile(source, `line ${line.number}`, `${columns} numbers (${meaning})`, `${numbers.length}`, MEND);
    }
    yield numbers;
  }
}

/** Number of cells that are numbers in each of the first lines of a text; NaN for lines with other cells. */
export function widthsOf(text: string, lines: number): readonly number[] {
  const widths: number[] = [];
  for (const line of linesOf(text)) {
    const cells = line.text.trim().split(/\s*[,;\s]\s*/);
    widths.push(
      cells.every((cell) => cell === '' || numberOf(cell) !== undefined) ? cells.filter(Boolean).length : Number.NaN,
    );
    if (widths.length === lines) break;
  }
  return widths;
}
