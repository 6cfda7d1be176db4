import { existsSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Help, Option } from 'commander';
import { InputError } from '../core/errors.js';
import { parseDecimal, withoutControls } from '../core/format.js';
import { checkRate } from '../pruning/cut/budget.js';
import { MOST_RATES } from '../runtime/file/limits.js';

/** Flags that several commands have. */
export const flags = {
  data: () => new Option('--data <name|path>', 'built-in data set, or the path of a folder or .anyset file'),
  split: () => new Option('--split <name>', 'split of the data set into training and test parts'),
  rates: (most = MOST_RATES) =>
    new Option('--rates <list>', 'pruning rates to report, such as 0,0.5,0.9,0.98').argParser(listOfRates(most)),
  epochs: () =>
    new Option('--epochs <n>', 'passes over the training data').argParser(wholeNumber('--epochs', 1, 100000)),
  seeds: () =>
    new Option('--seeds <n>', 'number of seeds, 1 to n, with one training each').argParser(
      wholeNumber('--seeds', 1, 1000),
    ),
  jobs: () =>
    new Option('--jobs <n>', 'trainings to run at the same time, one thread each')
      .argParser(wholeNumber('--jobs', 1, 256))
      .default(availableParallelism()),
  fast: () => new Option('--fast', 'use relaxed SIMD: faster, but results may differ slightly between machines'),
  json: () => new Option('--json', 'print JSON only; progress goes to stderr'),
};

/** `0,0.5,0.9`: at most so many pruning rates, in the order given, each once. */
function listOfRates(most: number): (text: string) => number[] {
  const expected = `up to ${most} pruning rates, separated by commas`;
  return (text) => {
    const given = text
      .split(',')
      .map((part) => checkRate(parseNumber(part, '--rates', expected, meantShare), '--rates'));
    const rates = [...new Set(given)];
    if (rates.length <= most) return rates;
    const found = `${rates.length} of them`;
    throw new InputError({
      source: '--rates',
      expected,
      found,
      mend: 'Give fewer rates, or divide them among several runs.',
    });
  };
}

/** 1 to n. */
export function seedsTo(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}

export function parseRate(text: string): number {
  return checkRate(parseNumber(text, '--rate', 'a pruning rate', meantShare), '--rate');
}

/** A share above 0, up to 1. */
export function parseShare(text: string): number {
  const expected = 'a share above 0, up to 1';
  const share = parseNumber(text, '--keep', expected, meantShare);
  if (share > 0 && share <= 1) return share;
  throw notNumber(text, '--keep', expected);
}

/** A parser of whole numbers from `least` to `most`, for a flag. */
export function wholeNumber(flag: string, least: number, most = 2 ** 31 - 1): (text: string) => number {
  const expected = `a whole number from ${least} to ${most}`;
  return (text) => {
    const value = parseNumber(text, flag, expected);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw notNumber(text, flag, expected);
  };
}

/** A parser of numbers above 0, for a flag. */
export function parsePositive(flag: string): (text: string) => number {
  return (text) => {
    const value = parseNumber(text, flag, 'a number above 0');
    if (value > 0) return value;
    throw notNumber(text, flag, 'a number above 0');
  };
}

/** Refuses what no file can be written to: a folder, and the standard output, where the table goes. */
export function checkFile(path: string): void {
  const isOutput = ['/dev/stdout', '/dev/fd/1'].includes(path);
  if (!isOutput && !(existsSync(path) && statSync(path).isDirectory())) return;
  const found = isOutput ? 'the standard output, which the table is printed to' : 'a folder';
  throw new InputError({ source: path, expected: 'a file name', found, mend: 'Give another path with -o.' });
}

/** @param meant what to give in place of a text that is no number, if that is plain */
function parseNumber(
  text: string,
  flag: string,
  expected: string,
  meant: (text: string) => string | undefined = () => undefined,
): number {
  const value = parseDecimal(text);
  if (value === undefined || !Number.isFinite(value)) throw notNumber(text, flag, expected, meant(text));
  return value;
}

/** The share that is meant by `98%`, `.98%` or `0,98`: above 1 %, percents are taken at their word. */
function meantShare(text: string): string | undefined {
  const [, digits, percent] = /^([\d.,]+)\s*(%?)$/.exec(text.trim()) ?? [];
  const value = parseDecimal((digits ?? '').replace(',', '.'));
  if (value === undefined) return undefined;
  const share = percent && value >= 1 ? Number((value / 100).toPrecision(12)) : value;
  return share <= 1 ? String(share) : undefined;
}

function notNumber(text: string, flag: string, expected: string, meant?: string): InputError {
  const mend = meant === undefined ? 'See --help.' : `Did you mean ${meant}?`;
  return new InputError({ source: flag, expected, found: `"${text}"`, mend });
}

/** Prints JSON, or else lines for a reader. */
export function printResult(json: boolean | undefined, value: unknown, lines: () => string): void {
  console.log(json ? JSON.stringify(value, null, 2) : withoutControls(lines()));
}

/** Columns of help that is not made of flags. */
const HELP_COLUMNS = 80;

/** Help text with names and what each means, as wide as the flags above it. */
export function termsHelp(title: string, rows: readonly (readonly [name: string, meaning: string])[]): string {
  const help = new Help();
  const indent = Math.max(...rows.map(([name]) => name.length)) + 4;
  const lines = rows.flatMap(([name, meaning]) =>
    help
      .boxWrap(meaning, HELP_COLUMNS - indent)
      .split('\n')
      .map((line, i) => (i === 0 ? `  ${name}` : '').padEnd(indent) + line),
  );
  return `\n${title}:\n${lines.join('\n')}`;
}

/** Help text with examples below the flags. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
