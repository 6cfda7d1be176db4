import { aFile, aText, checkArguments, listOf } from '../core/arguments.js';
import { InputError } from '../core/errors.js';
import { formatCounted } from '../core/format.js';
import { type Finding, finding } from './check/finding.js';
import type { Dataset } from './dataset.js';
import { DESCRIPTION_FILE, isNoRecording } from './folder/file-names.js';
import { anyKnownBefore, type KnownBefore } from './folder/known-before.js';
import type { RecordingFile } from './formats/format.js';
import { type KeepPositions, keepInMemory } from './positions-elsewhere.js';
import type { PublishedSet } from './published/published-set.js';

const ARCHIVE = /\.(zip|tar|tar\.\w+|tgz|7z|rar)$/i;

/**
 * Reads a folder: a published set by its paths, else recordings of one's own, <class>/<any name>.
 * @param source the folder's name, for error messages
 * @param before of recordings of one's own alone
 * @param keep where positions are kept that have been read; by default in memory
 * @throws InputError where files are broken, or nothing in the folder is a recording
 */
export async function readFolder(
  entries: readonly RecordingFile[],
  source: string,
  before: KnownBefore = {},
  keep: KeepPositions = keepInMemory,
): Promise<Dataset> {
  checkArguments('readFolder', {
    entries: [listOf('files, as memoryFile gives them', aFile), entries],
    source: [aText, source],
    before: [anyKnownBefore, before],
  });
  const published = await recognise(entries, source);
  if (published === undefined) {
    const { readRecordingFolder } = await import('./folder/read-folder.js');
    return readRecordingFolder(withoutArchives(entries, source), source, before, keep);
  }
  const dataset = await published.read(entries, keep);
  for (const { id, frames } of dataset.samples) if (frames < 2) throw tooShort(id, frames, source);
  return { ...dataset, warnings: otherFiles(published, entries) };
}

/** A warning where most of a folder is not of the published set that it is taken for. */
function otherFiles({ name, matches }: PublishedSet, entries: readonly RecordingFile[]): Finding[] {
  const others = entries.filter(({ path }) => !matches(path) && !isNoRecording(path));
  const read = entries.filter(({ path }) => matches(path)).length;
  if (others.length <= read) return [];
  const what = `${formatCounted(read, 'file')} read as ${name}, ${others.length} others left, such as ${others[0].path}`;
  return [finding('warning', 'other-files', { set: name }, what)];
}

/** The published data set that a folder holds by its paths; none if it describes itself, or has other files. */
export async function recognise(entries: readonly RecordingFile[], source: string): Promise<PublishedSet | undefined> {
  if (entries.some(({ path }) => path === DESCRIPTION_FILE)) return undefined;
  const { publishedSets } = await import('./published/published-sets.js');
  const found = publishedSets.filter((set) => entries.some(({ path }) => set.matches(path)));
  if (found.length > 1) throw ambiguous(found, source);
  return found[0];
}

/** Whether a path ends like an archive that has to be unpacked first. */
export function isArchive(path: string): boolean {
  return ARCHIVE.test(path);
}

/** @throws InputError if all there is are archives */
function withoutArchives(entries: readonly RecordingFile[], source: string): RecordingFile[] {
  const files = entries.filter(({ path }) => !isArchive(path) || path.endsWith('.npz'));
  if (files.length > 0 || entries.length === 0) return files;
  const mend = `Unpack ${entries[0].path} first.`;
  throw new InputError({ source, expected: 'recordings', found: 'an archive', mend });
}

function tooShort(id: string, frames: number, source: string): InputError {
  return new InputError({
    source,
    place: `sequence ${id}`,
    expected: 'at least 2 frames',
    found: `${frames} frame`,
    mend: 'A single pose shows no movement: leave the file out.',
  });
}

function ambiguous(found: readonly PublishedSet[], source: string): InputError {
  return new InputError({
    source,
    expected: 'one data set',
    found: `files of ${found.map(({ name }) => name).join(' and ')}`,
    mend: 'Give the folder of one of them.',
  });
}
