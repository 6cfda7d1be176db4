import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { InputError } from '../../core/errors.js';
import { readBytes } from '../../core/node/read.js';
import { suggest } from '../../core/suggest.js';
import { decodeAnyset } from '../anyset/anyset.js';
import { isAnyset } from '../anyset/container.js';
import { type BuiltinName, builtinFile, builtinNames, isBuiltin } from '../builtin.js';
import type { Dataset } from '../dataset.js';
import { readRecordingFolder } from '../folder/read-folder.js';
import { readHead, recogniseFormat } from '../formats/open.js';
import { publishedSets } from '../published/published-sets.js';
import { readFolder } from '../recognise.js';
import { fileAt, listFolder } from './folder.js';

/** The package with the included data sets; a workspace of this repository, installed apart from `anyrate` elsewhere. */
const DATA_PACKAGE = 'anyrate-data';

/** Loads a built-in data set by its name, a folder of recordings, an .anyset file, or a file of several recordings. */
export async function loadDataset(nameOrPath: string): Promise<Dataset> {
  if (isBuiltin(nameOrPath)) return loadBuiltin(nameOrPath);
  if (!existsSync(nameOrPath)) throw unknown(nameOrPath);
  if (statSync(nameOrPath).isFile()) return loadFile(nameOrPath);
  return readFolder(listFolder(nameOrPath), nameOrPath);
}

/** An .anyset file by its content, or a file of several recordings that say their classes. */
async function loadFile(path: string): Promise<Dataset> {
  const file = fileAt(path, basename(path));
  const head = await readHead(file);
  if (path.endsWith('.anyset') || isAnyset(head.bytes)) return decodeAnyset(readBytes(path), path);
  return (await recogniseFormat(head)) ? readRecordingFolder([file], path) : readFolder(listFolder(path), path);
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

const NOT_INCLUDED = 'This data set is not included: give --data the folder of your copy.';

function unknown(nameOrPath: string): InputError {
  const isNotIncluded = publishedSets.some(({ name }) => name === nameOrPath);
  return new InputError({
    source: 'data set',
    expected: `a built-in name (${builtinNames.join(', ')}) or the path of a folder`,
    found: `"${nameOrPath}", which is neither`,
    mend: suggest(nameOrPath, builtinNames) ?? (isNotIncluded ? NOT_INCLUDED : 'Check the name or the path.'),
  });
}
