import type { RecordingFile } from '../format.js';
import { badFile } from '../format.js';
import { readLabelPickle } from '../pickle/labels.js';
import { elementsOf, type NdArray, readElements } from './ndarray.js';
import { openNpy } from './npy-array.js';

/**
 * The classes of an array of labels: numbers, or a row of zeros with a one for each recording.
 * @throws InputError if it is neither
 */
export async function labelNames(array: NdArray, source: string, place: string): Promise<string[]> {
  const { shape, isFortran } = array;
  const [count = 0, classes = 1] = shape;
  if (shape.length > 2 || shape.length === 0) {
    throw badFile(
      source,
      place,
      'a label per recording',
      `the shape (${shape.join(', ')})`,
      'Save labels as (recordings).',
    );
  }
  const values = await readElements(array, 0, elementsOf(shape), source, place);
  if (classes === 1) return Array.from(values, String);
  return Array.from({ length: count }, (_, n) => {
    const row = Array.from({ length: classes }, (_, k) => values[isFortran ? k * count + n : n * classes + k]);
    const hot = row.findIndex((value) => value > 0);
    if (hot >= 0) return String(hot);
    throw badFile(source, `${place}[${n}]`, 'a 1 among zeros', 'zeros only', 'Give each recording a label.');
  });
}

/** Names that the file of labels of a file of data may have: ST-GCN's `train_label.pkl` of `train_data.npy`. */
function labelFiles(path: string): string[] {
  const name = nameOf(path);
  if (/data/i.test(name)) {
    const label = name.replace(/data/i, 'label');
    return [label.replace(/(?:_joint|_bone)?\.npy$/i, '.pkl'), label];
  }
  return X_OF_PAIR.test(name) ? [name.replace(X_OF_PAIR, 'y')] : [];
}

const X_OF_PAIR = /(?<=^|_)x(?=[_.])/i;
const Y_OF_PAIR = /(?<=^|_)y(?=[_.])/i;

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether a file holds the labels of a file of data beside it, with which it is read. */
export async function isLabelFile(file: RecordingFile): Promise<boolean> {
  const name = nameOf(file.path);
  const data = name
    .replace(/label/i, 'data')
    .replace(Y_OF_PAIR, 'x')
    .replace(/\.pkl$/i, '.npy');
  const candidates = [data, data.replace(/\.npy$/, '_joint.npy')].filter((candidate) => candidate !== name);
  if (!/label/i.test(name) && !Y_OF_PAIR.test(name)) return false;
  for (const candidate of candidates) if ((await file.beside?.(candidate)) !== undefined) return true;
  return false;
}

/** The labels of a file of many recordings, from the file beside it; undefined where there is none. */
export async function labelsBeside(file: RecordingFile): Promise<string[] | undefined> {
  for (const name of labelFiles(file.path)) {
    const labels = await file.beside?.(name);
    if (labels === undefined) continue;
    if (name.endsWith('.pkl')) return readLabelPickle(labels);
    return labelNames(await openNpy(labels, labels.path, ''), labels.path, '');
  }
  return undefined;
}
