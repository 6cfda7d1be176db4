import { InputError } from '../../core/errors.js';

/** Contents of `data_split_action_recognition.txt`; sequences are named `Subject_1/open_juice_bottle/2`. */
export interface OfficialSplit {
  /** Action names; the position is the label. */
  readonly classes: readonly string[];
  readonly train: readonly string[];
  readonly test: readonly string[];
}

/** Reads `Training 600`, its 600 lines `<sequence> <label>`, `Test 575`, its 575 lines. */
export function parseOfficialSplit(text: string, source: string): OfficialSplit {
  const lines = text.split('\n').map((line) => line.trim());
  const classes: string[] = [];
  const train = parseSection(lines, 0, 'Training', classes, source);
  const test = parseSection(lines, train.length + 1, 'Test', classes, source);
  for (let label = 0; label < classes.length; label++) {
    if (classes[label] === undefined) throw fault(source, undefined, `a sequence of class ${label}`, 'none');
  }
  return { classes, train, test };
}

function parseSection(lines: string[], start: number, title: string, classes: string[], source: string): string[] {
  const count = new RegExp(`^${title} (\\d+)$`).exec(lines[start] ?? '')?.[1];
  if (count === undefined) throw fault(source, start, `"${title} <count>"`, lines[start]);
  return Array.from({ length: Math.min(Number(count), lines.length) }, (_, i) => {
    return parseLine(lines, start + 1 + i, classes, source);
  });
}

function parseLine(lines: string[], index: number, classes: string[], source: string): string {
  const match = /^(Subject_\d+\/([^/]+)\/\d+) (\d{1,3})$/.exec(lines[index] ?? '');
  if (match === null) throw fault(source, index, '"Subject_1/open_juice_bottle/2 0"', lines[index]);
  const [, sequence, action, label] = match;
  classes[Number(label)] ??= action;
  if (classes[Number(label)] !== action) {
    throw fault(source, index, `class ${label} to be "${classes[Number(label)]}" throughout`, `"${action}"`);
  }
  return sequence;
}

function fault(source: string, line: number | undefined, expected: string, found: string | undefined): InputError {
  return new InputError({
    source,
    ...(line === undefined ? {} : { place: `line ${line + 1}` }),
    expected,
    found: found === undefined ? 'the end of the file' : found === 'none' ? found : `"${found.slice(0, 60)}"`,
    mend: 'Use the file as the data set publishes it.',
  });
}
