/** Class, performer and sitting of a recording, from where its file lies and from tables. */
import { InputError } from '../../core/errors.js';
import { type Finding, finding } from '../check/finding.js';
import type { Recording } from '../formats/recording.js';
import { type FolderDescription, MOST_NAME, type Place } from './description.js';
import { areParts } from './parts.js';
import type { Table } from './table.js';

/** What is known of a recording apart from its positions. */
export interface Identity {
  readonly label: string;
  /** Empty where nothing says who performs. */
  readonly subject: string;
  /** Empty where nothing tells sittings apart. */
  readonly sitting: string;
}

/** Identifies recordings one by one; `warnings` name those that dataset.json forgets. */
export interface Identifier {
  readonly identify: (path: string, recording: Recording) => Identity;
  readonly warnings: readonly Finding[];
}

/** Whose recordings are identified. */
interface IdentifierPlace {
  readonly set: string;
  readonly source: string;
  /** The class of those that nothing gives one; without it they are refused. */
  readonly unnamed?: string | undefined;
}

type Fact = 'class' | 'subject' | 'sitting';

/** Reads one fact of a file from its path. */
type Finder = (path: string) => string | undefined;

/**
 * How class, performer and sitting of recordings are found: as dataset.json says, else by what the file itself says, else
 * the class by the first folder, the performer by the second where its names come back in several classes, and the sitting
 * by the folder that holds the file, or, of segments cut out of files of one folder, by the file. Folders called train and test around all others are passed over.
 * @param paths of all recordings
 * @throws InputError where a pattern is no regular expression with a group, a table lacks a column, or a place that
 * dataset.json names tells nothing of any recording
 */
export async function createIdentifier(
  { description, tables }: FolderDescription,
  paths: readonly string[],
  { set, source, unnamed }: IdentifierPlace,
): Promise<Identifier> {
  const warnings: Finding[] = [];
  const finder = async (fact: Fact, otherwise: Place | undefined): Promise<Finder> => {
    const place = description[fact] ?? otherwise;
    if (place === undefined) return () => undefined;
    const find = await finderOf(place, fact, tables, source);
    if (description[fact] !== undefined) warnings.push(...untold(paths, find, { fact, place, set, source }));
    return find;
  };
  const parts = areParts(paths) ? 1 : 0;
  const findClass = await finder('class', { folder: 1 + parts });
  const inside = parts === 0 ? paths : paths.map((path) => path.slice(path.indexOf('/') + 1));
  const findSubject = await finder('subject', namesComeBack(inside) ? { folder: 2 + parts } : undefined);
  const isCut = description.segments !== undefined && new Set(paths.map((path) => folderAt(path, -1))).size === 1;
  const findSitting =
    isCut && description.sitting === undefined ? (path: string) => path : await finder('sitting', { folder: -1 });
  const identify = (path: string, { label, subject }: Recording): Identity => {
    const sitting = findSitting(path) ?? '';
    const name = (description.class === undefined ? label : undefined) ?? findClass(path) ?? label ?? unnamed;
    if (name === undefined) throw nameless(path, description.class);
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
  return { identify, warnings };
}

interface NamedPlace {
  readonly fact: Fact;
  readonly place: Place;
  readonly set: string;
  readonly source: string;
}

/** Recordings that a warning names. */
const LISTED = 5;

/** A warning where dataset.json tells a fact of some recordings only. @throws InputError where it tells it of none */
function untold(paths: readonly string[], find: Finder, { fact, place, set, source }: NamedPlace): Finding[] {
  const files = [...new Set(paths)];
  const without = files.filter((path) => find(path) === undefined);
  if (without.length === 0) return [];
  const list = `${without.slice(0, LISTED).join(', ')}${without.length > LISTED ? ', …' : ''}`;
  if (without.length < files.length) {
    const what = `"${fact}" tells nothing of ${without.length} of ${files.length} files: ${list}`;
    return [finding('warning', 'unnamed', { set }, what)];
  }
  throw new InputError({
    source,
    place: fact,
    expected: 'a place that tells it of the recordings',
    found: `${JSON.stringify(place)}, which tells it of none of ${files.length}: ${list}`,
    mend: 'Correct it, or remove the key.',
  });
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

function nameless(path: string, place: Place | undefined): InputError {
  return new InputError({
    source: path,
    expected: 'a class: a folder around the file, or what dataset.json says',
    found:
      place === undefined ? 'a file at the top of the folder' : `a file of which ${JSON.stringify(place)} tells none`,
    mend:
      place === undefined
        ? 'Put each recording into a folder named after its class.'
        : 'Correct "class" in dataset.json, rename the file, or leave it out with "leaveOut".',
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
