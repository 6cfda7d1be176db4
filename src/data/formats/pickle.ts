import { isLabelFile } from './arrays/labels.js';
import { arrayRecordings } from './arrays/recordings.js';
import type { FileHead, RecordingFile, RecordingFormat } from './format.js';
import { badFile } from './format.js';
import { annotated, annotationsOf } from './pickle/annotations.js';
import { openArray } from './pickle/arrays.js';
import { readPickle } from './pickle/read-pickle.js';
import { itemsOf, type Value } from './pickle/values.js';
import type { Recording } from './recording.js';

/** Python's pickles of arrays, read without running anything. */
export const format: RecordingFormat = {
  name: 'pickle',
  title: 'Python pickle: PYSKL and mmaction2 annotations, {pose, label} of DD-Net, arrays',
  recognise,
  read,
};

/** Protocols 2 to 5 begin with their number; the older ones are text, and are told by the name as well. */
function recognise({ bytes, path }: FileHead): boolean {
  if (bytes[0] === 0x80) return bytes[1] >= 2 && bytes[1] <= 5;
  return /\.(?:pkl|pickle|p)$/i.test(path) && /^[(\]}lcd]/.test(String.fromCharCode(bytes[0] ?? 0));
}

async function* read(file: RecordingFile): AsyncGenerator<Recording> {
  if (await isLabelFile(file)) return;
  const value = await readPickle(file);
  const annotations = annotationsOf(value);
  if (annotations !== undefined) yield* annotated(value, annotations, file);
  else if (value instanceof Map && itemsOf(value.get('pose')) !== undefined) yield* posesAndLabels(value, file);
  else yield* plainArrays(value, file);
}

/** DD-Net's pickles: {pose: [frames x joints x 2 or 3], label: [class]}. */
async function* posesAndLabels(value: ReadonlyMap<string | number, Value>, file: RecordingFile) {
  const poses = itemsOf(value.get('pose'))!;
  const labels = itemsOf(value.get('label')) ?? itemsOf(value.get('coarse_label'));
  if (labels !== undefined && labels.length !== poses.length) {
    const expected = `${poses.length} labels, as many as poses`;
    throw badFile(file.path, 'label', expected, `${labels.length}`, 'Give each recording a label.');
  }
  for (const [i, pose] of poses.entries()) {
    const label = labels?.[i];
    const isLabel = typeof label === 'string' || typeof label === 'number';
    yield* recordingsAt(pose, `pose[${i}]`, file, isLabel ? String(label) : undefined);
  }
}

/** An array, or a list or dictionary of arrays. */
async function* plainArrays(value: Value, file: RecordingFile) {
  const items = value instanceof Map ? [...value] : (itemsOf(value) ?? [value]).map((item, i) => [i, item] as const);
  const isOne = items.length === 1 && !(value instanceof Map);
  if (items.length === 0) throw notRecordings(file, '');
  for (const [key, item] of items) yield* recordingsAt(item, isOne ? '' : `[${key}]`, file, undefined);
}

async function* recordingsAt(value: Value, name: string, file: RecordingFile, label: string | undefined) {
  const array = openArray(value, file, name);
  if (array === undefined) throw notRecordings(file, name);
  const layout = isJhmdb(array.shape) ? { layout: 'jhmdb-15' } : {};
  for await (const recording of arrayRecordings(array, file.path, { name })) {
    yield { ...recording, ...layout, ...(label !== undefined && { label }) };
  }
}

/** DD-Net keeps JHMDB so; no other layout has 15 joints in pictures. */
function isJhmdb(shape: readonly number[]): boolean {
  return shape.length === 3 && shape[1] === 15 && shape[2] === 2;
}

function notRecordings(file: RecordingFile, place: string): Error {
  const expected = 'PYSKL annotations, {pose, label}, or arrays of numbers';
  return badFile(file.path, place, expected, 'other values', 'Save the recordings as arrays, with numpy.save.');
}
