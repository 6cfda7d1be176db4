import { InputError } from '../core/errors.js';
import type { Dataset } from './dataset.js';
import type { RecordingFile } from './formats/format.js';
import type { PublishedSet } from './published/published-set.js';
import { publishedSets } from './published/published-sets.js';

const ARCHIVE = /\.(zip|tar|tar\.\w+|tgz|7z|rar)$/i;

/** Reads a folder in whichever format its file names show; `source` is the folder's name, for error messages. */
export async function readFolder(entries: readonly RecordingFile[], source: string): Promise<Dataset> {
  const dataset = await recognise(entries, source).read(entries);
  for (const { id, frames } of dataset.samples) if (frames < 2) throw tooShort(id, frames, source);
  return dataset;
}

/** Decides by its paths which data set a folder holds. */
export function recognise(entries: readonly RecordingFile[], source: string): PublishedSet {
  const found = publishedSets.filter((format) => entries.some(({ path }) => format.matches(path)));
  if (found.length === 1) return found[0];
  throw found.length === 0 ? unrecognised(entries, source) : ambiguous(found, source);
}

/** Whether a path ends like an archive that has to be unpacked first. */
export function isArchive(path: string): boolean {
  return ARCHIVE.test(path);
}

function unrecognised(entries: readonly RecordingFile[], source: string): InputError {
  const archive = entries.find(({ path }) => isArchive(path));
  return new InputError({
    source,
    expected: `a data set folder: ${publishedSets.map(({ name, example }) => `${name} (${example})`).join(', ')}`,
    found: entries.length === 0 ? 'no files' : `${entries.length} files such as ${entries[0].path}`,
    mend: archive === undefined ? 'Check the path.' : `Unpack ${archive.path} first.`,
  });
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
