import { existsSync, statSync } from 'node:fs';
import { InputError } from '../../core/errors.js';
import { readText } from '../../core/node/read.js';
import type { SkeletonSequence } from '../../runtime/skeleton/sequence.js';
import { isArchive } from '../recognise.js';
import { parseSequence, type SequenceShape } from '../sequence-file.js';

/** Reads the one sequence of a file. */
export async function loadSequence(path: string, shape: SequenceShape): Promise<SkeletonSequence> {
  if (existsSync(path) && statSync(path).isDirectory()) throw notSequence(path, 'a folder', 'Give one file of it.');
  if (isArchive(path)) throw notSequence(path, 'an archive', 'Unpack it and give one of its files.');
  return parseSequence(readText(path), path, shape);
}

function notSequence(source: string, found: string, mend: string): InputError {
  return new InputError({ source, expected: 'a sequence file', found, mend });
}
