import type { FileHead, RecordingFile } from './format.js';
import { badFile } from './format.js';
import { linesOf, readText } from './text.js';

/** The largest JSON file that is read; the values of such a text take several times its size. */
export const MOST_JSON_BYTES = 1 << 26;

/** How deep lists and objects may lie inside one another. */
const MOST_DEPTH = 64;

/** Whether a file begins as a JSON list or object does. */
export function beginsAsJson({ text }: FileHead): boolean {
  return /^\s*[{[]/.test(text);
}

/**
 * The JSON values of a file: one, or one a line (JSON lines). Python's NaN and Infinity are read as null.
 * @throws InputError if the file is no JSON, is nested deeper than 64 levels, or is larger than 64 MiB
 */
export async function readJson(file: RecordingFile): Promise<readonly unknown[]> {
  const text = await readText(file, MOST_JSON_BYTES);
  checkDepth(text, file.path);
  return isJsonLines(text) ? parseLines(text, file.path) : [parse(text, file.path, '')];
}

/** An object, or undefined for anything else. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

/** A list, or undefined for anything else. */
export function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

function isJsonLines(text: string): boolean {
  const [first, second] = linesOf(text);
  return second !== undefined && /^\s*[{[]/.test(second.text) && tryParse(first.text) !== undefined;
}

function parseLines(text: string, source: string): readonly unknown[] {
  return text
    .split(/\r?\n/)
    .flatMap((line, index) => (line.trim() === '' ? [] : [parse(line, source, `line ${index + 1}`)]));
}

function parse(text: string, source: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const value = tryParse(withoutNaN(text));
    if (value !== undefined) return value;
    const at = /position (\d+)/.exec((error as Error).message)?.[1];
    const found = at === undefined ? 'text that is cut off' : `text that is not valid at character ${Number(at) + 1}`;
    throw badFile(source, place, 'JSON', found, 'Export it again, or copy the whole file again.');
  }
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function withoutNaN(text: string): string {
  return text.replace(/(?<=[[,:\s])(?:NaN|-?Infinity)(?=[\],}\s])/g, 'null');
}

/** Counts brackets outside strings, before anything is built from them. */
function checkDepth(text: string, source: string): void {
  let depth = 0;
  let isString = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === QUOTE) isString = !isString;
    else if (isString) at += sign === BACKSLASH ? 1 : 0;
    else if (sign === LIST || sign === OBJECT) depth++;
    else if (sign === LIST + 2 || sign === OBJECT + 2) depth--;
    if (depth > MOST_DEPTH) throw tooDeep(source, at);
  }
}

// Characters by their codes; a closing bracket is two after its opening one.
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LIST = 0x5b;
const OBJECT = 0x7b;

function tooDeep(source: string, at: number): Error {
  const expected = `lists and objects at most ${MOST_DEPTH} levels deep`;
  return badFile(source, `character ${at + 1}`, expected, 'more', 'The file is not a recording: leave it out.');
}
