/** Class, performer and sitting of a recording, from where its file lies and from tables. */
import { InputError } from '../../core/errors.js';
import type { Recording } from '../formats/recording.js';
import { type FolderDescription, MOST_NAME, type Place } from './description.js';
import type { Table } from './table.js';

/** What is known of a recording apart from its positions. */
export interface Identity {
  readonly label: string;
  /** Empty where nothing says who performs. */
  readonly subject: string;
  /** Empty where nothing tells sittings apart. */
  readonly sitting: string;
}

/** Reads one fact of a file from its path. */
type Finder = (path: string) => string | undefined;

/**
 * How class, performer and sitting of recordings are found: as dataset.json says, else by what the file itself says, else
 * the class by the first folder, the performer by the second where its names come back in several classes, and the sitting
 * by the folder that holds the file.
 * @param paths of all recordings
 * @throws InputError where a pattern is no regular expression with a group, or a table lacks a column
 */
export async function createIdentifier(
  { description, tables }: FolderDescription,
  paths: readonly string[],
  source: string,
): Promise<(path: string, recording: Recording) => Identity> {
  const finder = async (fact: 'class' | 'subject' | 'sitting', otherwise: Place | undefined): Promise<Finder> => {
    const place = description[fact] ?? otherwise;
    return place === undefined ? () => undefined : finderOf(place, fact, tables, source);
  };
  const findClass = await finder('class', { folder: 1 });
  const findSubject = await finder('subject', namesComeBack(paths) ? { folder: 2 } : undefined);
  const findSitting = await finder('sitting', { folder: -1 });
  return (path, { label, subject }) => {
    const sitting = findSitting(path) ?? '';
    const name = (description.class === undefined ? label : undefined) ?? findClass(path) ?? label;
    if (name === undefined) throw nameless(path);
    return {
      label: checkName(name, 'class', path),
      subject: checkName(
        (description.subject === undefined ? subject : undefined) ?? findSubject(path) ?? subject ?? '',
        'subject',
        path,
      ),
      sitting: sitting === name ? '' : sitting,
    };
  };
}

/** @throws InputError if a class has no name, or a name would fill a page */
function checkName(name: string, fact: 'class' | 'subject', source: string): string {
  const isClass = fact === 'class';
  if (name.length <= MOST_NAME && !(isClass && name === '')) return name;
  throw new InputError({
    source,
    place: fact,
    expected: `a name of ${isClass ? '1' : '0'} to ${MOST_NAME} characters`,
    found: name === '' ? 'an empty one' : `${name.length}, "${name.slice(0, 20)}…"`,
    mend: 'Give it a name in a word or two.',
  });
}

/** Whether the second level of folders holds people: the same names in more than one folder of the first. */
export function namesComeBack(paths: readonly string[]): boolean {
  const folders = new Map<string, Set<string>>();
  for (const path of paths) {
    const [first, second] = [folderAt(path, 1), folderAt(path, 2)];
    if (first === undefined || second === undefined) return false;
    folders.set(second, (folders.get(second) ?? new Set()).add(first));
  }
  return [...folders.values()].some(({ size }) => size > 1);
}

function nameless(path: string): InputError {
  return new InputError({
    source: path,
    expected: 'a class: a folder around the file, or what dataset.json says',
    found: 'a file at the top of the folder',
    mend: 'Put each recording into a folder named after its class.',
  });
}

/** A finder for a place; `fact` is the column of a table unless another is named. */
async function finderOf(
  place: Place,
  fact: string,
  tables: Readonly<Record<string, Table>>,
  source: string,
): Promise<Finder> {
  if ('folder' in place) return (path) => folderAt(path, place.folder);
  if ('pattern' in place) return patternFinder(place.pattern, fact, source);
  return tableFinder(tables[place.table], place.column ?? fact, place.table);
}

/** The name of a folder on the way to a file; 1 is the outermost, −1 the one that holds the file. */
function folderAt(path: string, level: number): string | undefined {
  const folders = path.split('/').slice(0, -1);
  return level > 0 ? folders[level - 1] : folders.at(level);
}

/** An expression of RE2's syntax: whatever stands in it, a path is searched in a time that grows with its length alone. */
async function patternFinder(pattern: string, fact: string, source: string): Promise<Finder> {
  const { RE2JS } = await import('re2js');
  const expression = orMalformed(() => RE2JS.compile(pattern), pattern, fact, source);
  return (path) => {
    const match = expression.matcher(path);
    return match.find() ? (match.group(1) ?? undefined) : undefined;
  };
}

function orMalformed<T extends { groupCount(): number }>(
  compile: () => T,
  pattern: string,
  fact: string,
  source: string,
): T {
  try {
    const expression = compile();
    if (expression.groupCount() > 0) return expression;
  } catch {
    // The same advice serves.
  }
  throw new InputError({
    source,
    place: `${fact}.pattern`,
    expected: 'a regular expression with a group, such as ^(\\w+)_, and without (?=, (?<= and \\1',
    found: `"${pattern}"`,
    mend: 'Put the part that names it in parentheses.',
  });
}

function tableFinder(table: Table, column: string, source: string): Finder {
  for (const needed of ['file', column]) {
    if (table.some((row) => row[needed] === undefined)) throw missingColumn(source, needed, table);
  }
  const found = new Map(table.map((row) => [row.file.replaceAll('\\', '/').replace(/^\.\//, ''), row[column]]));
  return (path) =>
    found.get(path) ?? found.get(path.slice(path.lastIndexOf('/') + 1)) ?? found.get(withoutExtension(path));
}

function withoutExtension(path: string): string {
  return path.replace(/\.[^./]+$/, '');
}

function missingColumn(source: string, column: string, table: Table): InputError {
  return new InputError({
    source,
    expected: `a column "${column}"`,
    found: `the columns ${Object.keys(table[0] ?? {}).join(', ') || '(none)'}`,
    mend: 'Name the columns in the first line of the table.',
  });
}
