/** Class, performer and sitting of a recording, from where its file lies and from tables. */
import { InputError } from '../../core/errors.js';
import type { Recording } from '../formats/recording.js';
import type { FolderDescription, Place } from './description.js';
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
export function createIdentifier(
  { description, tables }: FolderDescription,
  paths: readonly string[],
  source: string,
): (path: string, recording: Recording) => Identity {
  const finder = (fact: 'class' | 'subject' | 'sitting', otherwise: Place | undefined): Finder => {
    const place = description[fact] ?? otherwise;
    return place === undefined ? () => undefined : finderOf(place, fact, tables, source);
  };
  const findClass = finder('class', { folder: 1 });
  const findSubject = finder('subject', namesComeBack(paths) ? { folder: 2 } : undefined);
  const findSitting = finder('sitting', { folder: -1 });
  return (path, { label, subject }) => {
    const sitting = findSitting(path) ?? '';
    const name = (description.class === undefined ? label : undefined) ?? findClass(path) ?? label;
    if (name === undefined) throw nameless(path);
    return {
      label: name,
      subject: (description.subject === undefined ? subject : undefined) ?? findSubject(path) ?? subject ?? '',
      sitting: sitting === name ? '' : sitting,
    };
  };
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
function finderOf(place: Place, fact: string, tables: Readonly<Record<string, Table>>, source: string): Finder {
  if ('folder' in place) return (path) => folderAt(path, place.folder);
  if ('pattern' in place) return patternFinder(place.pattern, fact, source);
  return tableFinder(tables[place.table], place.column ?? fact, place.table);
}

/** The name of a folder on the way to a file; 1 is the outermost, −1 the one that holds the file. */
function folderAt(path: string, level: number): string | undefined {
  const folders = path.split('/').slice(0, -1);
  return level > 0 ? folders[level - 1] : folders.at(level);
}

function patternFinder(pattern: string, fact: string, source: string): Finder {
  const expression = compile(pattern, fact, source);
  return (path) => expression.exec(path)?.[1];
}

function compile(pattern: string, fact: string, source: string): RegExp {
  try {
    const expression = new RegExp(pattern);
    if (new RegExp(`${pattern}|`).exec('')!.length > 1) return expression;
  } catch {
    // The same advice serves.
  }
  throw new InputError({
    source,
    place: `${fact}.pattern`,
    expected: 'a regular expression with a group, such as ^(\\w+)_',
    found: `"${pattern}"`,
    mend: 'Put what names it into parentheses.',
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
