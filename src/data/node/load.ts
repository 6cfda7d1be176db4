import { existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { aText, checkArguments, objectWith } from '../../core/arguments.js';
import { InputError } from '../../core/errors.js';
import { orUnreadable, readBytes, readText } from '../../core/node/read.js';
import { suggest } from '../../core/suggest.js';
import type { SkeletonSequence } from '../../runtime/skeleton/sequence.js';
import { decodeAnyset } from '../anyset/anyset.js';
import { isAnyset } from '../anyset/container.js';
import { isPacked, openPacked } from '../anyset/packed.js';
import type { Dataset } from '../dataset.js';
import { parseDescription } from '../folder/description.js';
import { DESCRIPTION_FILE } from '../folder/file-names.js';
import { anyKnownBefore, type KnownBefore } from '../folder/known-before.js';
import { readRecordingFolder } from '../folder/read-folder.js';
import { readArchive } from '../formats/archive.js';
import { readHead, recogniseFormat } from '../formats/open.js';
import { publishedSets } from '../published/published-sets.js';
import { type ModelShape, readSequence, type Writing } from '../read-sequence.js';
import { isArchive, readFolder } from '../recognise.js';
import { parseSequence, type SequenceShape } from '../sequence-file.js';
import { fileAt, listFolder } from './folder.js';
import { spillBeyond } from './spill.js';

/** Data sets that the package `anyrate-data` holds. */
export const builtinNames = ['irds', 'ui-prmd'] as const;

export type BuiltinName = (typeof builtinNames)[number];

export function isBuiltin(name: string): name is BuiltinName {
  return (builtinNames as readonly string[]).includes(name);
}

/** File of a built-in set inside that package. */
export function builtinFile(name: BuiltinName): string {
  return `${name}.anyset`;
}

/** The package with the included data sets; a workspace of this repository, installed apart from `anyrate` elsewhere. */
const DATA_PACKAGE = 'anyrate-data';

/**
 * Loads a built-in data set by its name, a folder of recordings or a zip of one, an .anyset file, or a file of several recordings.
 * @param before what is known of recordings that do not say it themselves
 * @example
 * const dataset = await loadDataset('irds');
 * console.log(dataset.classes, dataset.samples.length);
 */
export async function loadDataset(nameOrPath: string, before: KnownBefore = {}): Promise<Dataset> {
  checkArguments('loadDataset', { nameOrPath: [aText, nameOrPath], before: [anyKnownBefore, before] });
  if (isBuiltin(nameOrPath)) return loadBuiltin(nameOrPath);
  if (!existsSync(nameOrPath)) throw unknown(nameOrPath);
  if (statSync(nameOrPath).isFile()) return loadFile(nameOrPath, before);
  return readFolder(listFolder(nameOrPath), nameOrPath, before, spillBeyond());
}

/** An .anyset file by its content, a zip, or a file of several recordings that say their classes. */
async function loadFile(path: string, before: KnownBefore): Promise<Dataset> {
  const file = fileAt(path, basename(path));
  if (path.endsWith('.zip')) return readFolder(await readArchive(file), path, before, spillBeyond());
  const head = await readHead(file);
  if (isPacked(head.bytes)) return openPackedFile(path);
  if (path.endsWith('.anyset') || isAnyset(head.bytes)) return decodeAnyset(readBytes(path), path);
  if (await recogniseFormat(head)) return readRecordingFolder([file], path, before, spillBeyond());
  return readFolder(listFolder(path), path, before);
}

/** A packed file stays open until the process ends. */
function openPackedFile(path: string): Dataset {
  return orUnreadable(path, 'a readable file', () => {
    const file = openSync(path, 'r');
    const read = (start: number, end: number): Uint8Array => {
      const bytes = new Uint8Array(Math.max(0, end - start));
      return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, start));
    };
    return openPacked({ bytes: fstatSync(file).size, read }, path);
  });
}

function loadBuiltin(name: BuiltinName): Dataset {
  const file = builtinFile(name);
  return decodeAnyset(readBytes(pathInDataPackage(file, name)), `${DATA_PACKAGE}/${file}`);
}

function pathInDataPackage(file: string, name: string): string {
  try {
    return createRequire(import.meta.url).resolve(`${DATA_PACKAGE}/${file}`);
  } catch {
    throw new InputError({
      source: `data set ${name}`,
      expected: `the package ${DATA_PACKAGE}, which holds it`,
      found: 'that it is not installed',
      mend: `Run: npm install ${DATA_PACKAGE}`,
    });
  }
}

const NOT_INCLUDED = 'This data set is not included: pass --data with the folder of your copy.';

function unknown(nameOrPath: string): InputError {
  const isNotIncluded = publishedSets.some(({ name }) => name === nameOrPath);
  return new InputError({
    source: 'data set',
    expected: `a built-in name (${builtinNames.join(', ')}) or the path of a folder`,
    found: `"${nameOrPath}", which is neither`,
    mend: suggest(nameOrPath, builtinNames) ?? (isNotIncluded ? NOT_INCLUDED : 'Check the name or the path.'),
  });
}

/**
 * Reads the one sequence of a file. With the layout in `shape`, it may be in any format of recordings, and the nearest
 * dataset.json around it says how it is written; without, it is plain numbers.
 */
export async function loadSequence(path: string, shape: SequenceShape | ModelShape): Promise<SkeletonSequence> {
  checkArguments('loadSequence', {
    path: [aText, path],
    shape: [objectWith('persons, and joints or a layout', 'persons'), shape],
  });
  if (existsSync(path) && statSync(path).isDirectory())
    throw notSequence(path, 'a folder', 'Give one of the files in it.');
  if (isArchive(path)) throw notSequence(path, 'an archive', 'Unpack it and give one of its files.');
  if ('layout' in shape && existsSync(path)) return readSequence(fileAt(path), shape, await writingAround(path));
  return parseSequence(readText(path), path, shape);
}

/** Folders around a file that are looked into for a dataset.json. */
const MOST_AROUND = 5;

async function writingAround(path: string): Promise<Writing | undefined> {
  let folder = dirname(resolve(path));
  for (let level = 0; level < MOST_AROUND && folder !== dirname(folder); level++, folder = dirname(folder)) {
    const file = join(folder, DESCRIPTION_FILE);
    if (!existsSync(file)) continue;
    const { zeroIsLost, mirrored, aspect, unit, framesPerSecond } = parseDescription(readText(file), file);
    return { zeroIsLost, mirrored, aspect, unit, framesPerSecond };
  }
  return undefined;
}

function notSequence(source: string, found: string, mend: string): InputError {
  return new InputError({ source, expected: 'a sequence file', found, mend });
}
