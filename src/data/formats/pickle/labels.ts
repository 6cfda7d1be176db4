import type { RecordingFile } from '../format.js';
import { badFile } from '../format.js';
import { numbersOf } from './arrays.js';
import { readPickle } from './read-pickle.js';
import { itemsOf, type Value } from './values.js';

/**
 * The classes in ST-GCN's file of labels: a pair of names and numbers, or the numbers alone.
 * @throws InputError if it holds anything else
 */
export async function readLabelPickle(file: RecordingFile): Promise<string[]> {
  const value = await readPickle(file);
  const labels = (await numbersOf(labelsOf(value), file, 'labels')) ?? (await numbersOf(value, file, 'labels'));
  if (labels !== undefined) return labels.map(String);
  const expected = 'the labels of the data beside it: (names, numbers)';
  throw badFile(file.path, '', expected, 'other values', 'Use the label file that belongs to the data.');
}

/** The numbers of a pair of names and numbers. */
export function labelsOf(value: Value): Value | undefined {
  const items = itemsOf(value);
  return items?.length === 2 && itemsOf(items[0])?.every((name) => typeof name === 'string') ? items[1] : undefined;
}
