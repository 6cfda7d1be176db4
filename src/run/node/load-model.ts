import { existsSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { aModel, aText, checkArguments } from '../../core/arguments.js';
import { InputError } from '../../core/errors.js';
import { readBytes } from '../../core/node/read.js';
import { writeWhole } from '../../core/node/write.js';
import { decodeModel, encodeModel } from '../../model/file/file.js';
import type { Model } from '../../model/model.js';
import { holdsRun, RUN_FILES, RunFolder } from './run-folder.js';

/**
 * Loads an .anyrate file, or the model of a run folder.
 * @example
 * saveModel(model, 'model.anyrate');
 * const same = loadModel('model.anyrate');
 */
export function loadModel(path: string): Model {
  checkArguments('loadModel', { path: [aText, path] });
  if (!existsSync(path)) throw missing(path);
  return isFolder(path) ? RunFolder.open(path).model() : decodeModel(readBytes(path), path);
}

function missing(source: string): InputError {
  const mend = 'Check the path; "anyrate train" says where it has written its model.';
  return new InputError({ source, expected: 'an .anyrate file, or the folder of a run', found: 'nothing', mend });
}

/**
 * Writes a model as an .anyrate file, whole or not at all.
 * @example
 * saveModel(cut(model, { rate: 0.98 }), 'small.anyrate');
 */
export function saveModel(model: Model, path: string): void {
  checkArguments('saveModel', { model: [aModel, model], path: [aText, path] });
  writeWhole(path, encodeModel(model));
}

/** The run that a path is, or whose model file it is. */
export function runOf(path: string): RunFolder | undefined {
  if (isFolder(path)) return RunFolder.open(path);
  const folder = dirname(path);
  return basename(path) === RUN_FILES.model && holdsRun(folder) ? RunFolder.open(folder) : undefined;
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
