import { InputError } from '../../core/errors.js';
import type { SkeletonSequence } from '../../runtime/skeleton/sequence.js';
import type { Dataset, Sample, SkippedFile } from '../dataset.js';
import type { RecordingFile } from '../formats/format.js';
import { wholeBytes } from '../formats/format.js';
import { decodeText } from '../formats/text.js';
import type { KeepPositions } from '../positions-elsewhere.js';

/** How one published data set lies on disk. */
export interface PublishedSet {
  readonly name: string;
  readonly title: string;
  /** Where its files are found and what they are called, for error messages. */
  readonly example: string;
  /** Whether a path inside a folder is a sequence file of this set. */
  matches(path: string): boolean;
  /** Reads a whole folder; sets that may be larger than the memory `keep` the positions of what has been read. */
  read(entries: readonly RecordingFile[], keep?: KeepPositions): Promise<Dataset>;
  /** How one sequence file is read by itself, where it is a table of numbers. */
  readonly table?: SequenceTable;
}

/** A sequence file that is a table of numbers, a line a frame. */
export interface SequenceTable {
  /** Numbers on a line. */
  readonly columns: number;
  /** Reads the text of one file. */
  parse(text: string, source: string): SkeletonSequence;
}

/** A published set of such files. */
export type TableSet = PublishedSet & { readonly table: SequenceTable };

/** What the path of a sequence file tells about it. */
export interface Identity {
  readonly id: string;
  readonly label: number;
  readonly subject: string;
  /** Why the file is left out, if it is. */
  readonly leftOut?: string | undefined;
}

/** Reads the sequence files of a set, in the order of their ids. Text files beside them under other names are skipped. */
export async function readSamples(
  format: TableSet,
  entries: readonly RecordingFile[],
  identify: (path: string) => Identity,
  isLeftOut: (text: string) => string | undefined = () => undefined,
): Promise<{ samples: Sample[]; skipped: SkippedFile[] }> {
  const samples: Sample[] = [];
  const skipped = misnamed(format, entries);
  for (const { entry, identity } of identifyAll(format, entries, identify)) {
    const { id, label, subject } = identity;
    const text = identity.leftOut === undefined ? decodeText(await wholeBytes(entry)) : '';
    const reason = identity.leftOut ?? isLeftOut(text);
    if (reason !== undefined) skipped.push({ id, reason });
    else samples.push({ id, label, subject, ...format.table.parse(text, entry.path) });
  }
  return { samples, skipped };
}

function misnamed(format: PublishedSet, entries: readonly RecordingFile[]): SkippedFile[] {
  const folders = new Set(entries.filter(({ path }) => format.matches(path)).map(({ path }) => folderOf(path)));
  const reason = `not named as ${format.example.slice(folderOf(format.example).length)}`;
  return entries
    .filter(({ path }) => path.endsWith('.txt') && !format.matches(path) && folders.has(folderOf(path)))
    .map(({ path }) => ({ id: path, reason }));
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

interface IdentifiedEntry {
  readonly entry: RecordingFile;
  readonly identity: Identity;
}

/** Sequence files with what their paths tell, in the order of their ids. */
export function identifyAll(
  format: PublishedSet,
  entries: readonly RecordingFile[],
  identify: (path: string) => Identity,
): IdentifiedEntry[] {
  const identified = entries
    .filter(({ path }) => format.matches(path))
    .map((entry) => ({ entry, identity: identify(entry.path) }))
    .sort((a, b) => compareCodeUnits(a.identity.id, b.identity.id));
  for (let i = 1; i < identified.length; i++) {
    if (identified[i].identity.id === identified[i - 1].identity.id) throw duplicate(identified[i - 1], identified[i]);
  }
  return identified;
}

function duplicate(first: IdentifiedEntry, second: IdentifiedEntry): InputError {
  return new InputError({
    source: second.entry.path,
    expected: 'every sequence once',
    found: `the same sequence as ${first.entry.path}`,
    mend: 'Give a folder that holds one copy of the data set.',
  });
}

/** Orders strings by their code units: the same order on every machine and in every locale. */
export function compareCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The number of a class, counted from 0, that a path writes from `first` on; `place` says where. */
export function classIndex(
  classes: readonly string[],
  { written, first }: { readonly written: string; readonly first: number },
  source: string,
  place: string,
): number {
  const index = Number(written) - first;
  if (Number.isInteger(index) && index >= 0 && index < classes.length) return index;
  throw new InputError({
    source,
    place,
    expected: `one of the ${classes.length} classes, ${first} to ${first + classes.length - 1}`,
    found: written,
    mend: 'Rename the file as the data set documents it, or leave it out.',
  });
}
