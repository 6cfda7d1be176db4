import { parseDecimal } from '../../core/format.js';
import { badFile, MOST_WHOLE_BYTES, type RecordingFile, wholeBytes } from './format.js';

/** UTF-8, or UTF-16 by its byte order mark; the mark is dropped. Bytes that are no text become U+FFFD. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder().decode(bytes);
}

/**
 * The text of a file that is read whole.
 * @param mostBytes the largest file that the format reads
 * @throws InputError that names the file if it is larger or empty
 */
export async function readText(file: RecordingFile, mostBytes: number = MOST_WHOLE_BYTES): Promise<string> {
  const text = decodeText(await wholeBytes(file, mostBytes));
  if (/\S/.test(text)) return text;
  const found = text === '' ? 'an empty file' : 'only white space';
  throw badFile(file.path, '', 'a recording', found, 'Copy the file again from its source, or leave it out.');
}

/** A line of a text with its number, counted from 1. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/** The lines of a text that are not blank, without their ends (LF, CRLF or CR), one at a time. */
export function* linesOf(text: string): Generator<Line> {
  const end = /\r\n|\n|\r/g;
  for (let start = 0, number = 1; start < text.length; number++) {
    end.lastIndex = start;
    const found = end.exec(text);
    const line = text.slice(start, found?.index ?? text.length);
    if (line.trim() !== '') yield { number, text: line };
    start = found === null ? text.length : end.lastIndex;
  }
}

const LOST = /^(?:|[+-]?nan|null|none|n\/a|na|-|[+-]?inf(?:inity)?|-?1?\.#.*)$/i;

/** The number that a cell holds: NaN where it says that there is none, undefined where it holds something else. */
export function numberOf(cell: string): number | undefined {
  const value = parseDecimal(cell);
  if (value !== undefined) return Number.isFinite(Math.fround(value)) ? value : undefined;
  return LOST.test(cell.trim()) ? Number.NaN : undefined;
}
