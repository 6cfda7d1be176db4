import { aText, checkArguments, objectWith } from '../core/arguments.js';
import { InputError } from '../core/errors.js';
import { formatCounted } from '../core/format.js';
import type { SkeletonSequence } from '../runtime/skeleton/sequence.js';
import { countColumns, parseNumberTable } from './published/number-table.js';
import { publishedSets } from './published/published-sets.js';
import { parseSequenceJson } from './sequence-json.js';

/** What a model expects of a sequence. */
export interface SequenceShape {
  readonly persons: number;
  readonly joints: number;
  /** Name of the data set it was trained on; its files are read as that data set writes them. */
  readonly format?: string;
}

/**
 * Reads one sequence: a file of the model's data set, or one line of persons x joints x 3 numbers per frame (commas or
 * white space between), or JSON `{"frames": [[[x, y, z], ...], ...]}`.
 */
export function parseSequence(text: string, source: string, shape: SequenceShape): SkeletonSequence {
  checkArguments('parseSequence', {
    text: [aText, text],
    source: [aText, source],
    shape: [objectWith('persons and joints', 'persons', 'joints'), shape],
  });
  if (text.trim() === '') throw emptyFile(source);
  if (/^\s*[{[]/.test(text)) return parseSequenceJson(text.trim(), source, shape);
  const table = publishedSets.find(({ name }) => name === shape.format)?.table;
  if (table?.columns === countColumns(text)) return table.parse(text, source);
  const { persons, joints } = shape;
  const meaning = `${formatCounted(persons, 'person')} x ${joints} joints x 3`;
  const { rows, values } = parseNumberTable(text, source, persons * joints * 3, meaning);
  return { frames: rows, persons, joints, positions: values };
}

function emptyFile(source: string): InputError {
  return new InputError({
    source,
    expected: 'a sequence of at least one frame',
    found: 'an empty file',
    mend: 'Record the sequence again, or copy the file again.',
  });
}
