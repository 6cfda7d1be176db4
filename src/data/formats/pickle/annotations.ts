/** PYSKL's and mmaction2's pickles: {split: {name: [frame_dir]}, annotations: [{frame_dir, label, keypoint, ...}]}. */

import { extract, gridOf, stridesOf } from '../arrays/grid.js';
import { markLosses } from '../arrays/losses.js';
import type { NdArray } from '../arrays/ndarray.js';
import { elementsOf, readElements } from '../arrays/ndarray.js';
import type { RecordingFile } from '../format.js';
import { badFile } from '../format.js';
import type { Recording } from '../recording.js';
import { openArray } from './arrays.js';
import { itemsOf, type Value } from './values.js';

type Annotation = ReadonlyMap<string | number, Value>;

/** The annotations of a pickle of this kind; undefined of other kinds. */
export function annotationsOf(value: Value): readonly Value[] | undefined {
  const items = value instanceof Map ? itemsOf(value.get('annotations')) : itemsOf(value);
  const isThis =
    value instanceof Map || (items?.[0] instanceof Map && (items[0].has('keypoint') || items[0].has('frame_dir')));
  return isThis ? items : undefined;
}

/** Reads the recordings of the annotations one after the other. */
export async function* annotated(
  value: Value,
  items: readonly Value[],
  file: RecordingFile,
): AsyncGenerator<Recording> {
  const splits = splitsOf(value);
  for (const [i, item] of items.entries()) {
    const part = `annotations[${i}]`;
    if (!(item instanceof Map)) throw badFile(file.path, part, 'a dictionary', 'another value', 'Leave the entry out.');
    yield await recordingOf(item, part, splits, file);
  }
}

async function recordingOf(
  annotation: Annotation,
  part: string,
  splits: ReadonlyMap<string, Recording['splits']>,
  file: RecordingFile,
): Promise<Recording> {
  const keypoints = openArray(annotation.get('keypoint'), file, `${part}, keypoint`);
  if (keypoints === undefined) throw withoutKeypoints(annotation, part, file);
  const { shape } = keypoints;
  if (shape.length !== 4 || shape[3] < 2 || shape[3] > 3) throw wrongShape(shape, part, file);
  const values = await readElements(keypoints, 0, elementsOf(shape), file.path, part);
  const grid = gridOf(values, 0, 'MTVC', shape, stridesOf(shape, keypoints.isFortran));
  const extracted = extract(grid, file.path, part);
  await loseUnscored(extracted.positions, openArray(annotation.get('keypoint_score'), file, part), shape, file, part);
  const found = markLosses(extracted, false);
  const name = annotation.get('frame_dir');
  const ofSplits = typeof name === 'string' ? splits.get(name) : undefined;
  return {
    part: typeof name === 'string' && name !== '' ? name : part,
    ...found.extracted,
    ...layoutOf(shape),
    ...pictureOf(annotation, shape),
    ...labelOf(annotation),
    ...subjectOf(name),
    ...(ofSplits !== undefined && { splits: ofSplits }),
    ...(found.notes.length > 0 && { notes: found.notes }),
  };
}

/** Keypoints with a score of 0 were not found. */
async function loseUnscored(
  positions: Float32Array,
  scores: NdArray | undefined,
  [persons, frames, joints]: readonly number[],
  file: RecordingFile,
  part: string,
): Promise<void> {
  if (scores === undefined || elementsOf(scores.shape) !== persons * frames * joints) return;
  const values = await readElements(scores, 0, elementsOf(scores.shape), file.path, part);
  const [person, frame, joint] = stridesOf(scores.shape.slice(0, 3), scores.isFortran);
  for (let node = 0; node < values.length; node++) {
    const [t, m, v] = [Math.floor(node / (persons * joints)), Math.floor(node / joints) % persons, node % joints];
    if (!(values[m * person + t * frame + v * joint] > 0)) positions.fill(Number.NaN, node * 3, node * 3 + 3);
  }
}

/** What PYSKL has in its files: 17 keypoints of COCO in pictures, or 25 joints of NTU RGB+D in metres. */
function layoutOf([, , joints, axes]: readonly number[]): Partial<Recording> {
  if (joints === 17 && axes === 2) return { layout: 'coco-17' };
  return joints === 25 && axes === 3 ? { layout: 'kinect-v2', unit: 'metre' } : {};
}

function pictureOf(annotation: Annotation, [, , , axes]: readonly number[]): Partial<Recording> {
  if (axes === 3) return {};
  const [height, width] = itemsOf(annotation.get('img_shape')) ?? [];
  const isKnown = typeof height === 'number' && typeof width === 'number' && height > 0 && width > 0;
  return { unit: 'pixel', ...(isKnown && { aspect: width / height }) };
}

function labelOf(annotation: Annotation): Partial<Recording> {
  const label = annotation.get('label');
  return typeof label === 'number' || typeof label === 'string' ? { label: String(label) } : {};
}

/** NTU RGB+D writes the performer into the name: S001C001P003R001A001. */
function subjectOf(name: Value | undefined): Partial<Recording> {
  const subject = typeof name === 'string' ? /S\d{3}C\d{3}(P\d{3})R\d{3}A\d{3}/.exec(name)?.[1] : undefined;
  return subject === undefined ? {} : { subject };
}

/** For each recording, its part of each split: `xsub_train` and `xsub_val` are the parts of `xsub`. */
function splitsOf(value: Value): ReadonlyMap<string, Recording['splits']> {
  const parts = new Map<string, Record<string, 'train' | 'test'>>();
  const split = value instanceof Map ? value.get('split') : undefined;
  for (const [key, names] of split instanceof Map ? split : []) {
    const [, prefix, part, number] = /^(?:(.+?)_)?(train|val|test)(\d*)$/.exec(String(key)) ?? [];
    if (part === undefined) continue;
    const name = prefix ?? (number === '' ? 'published' : `split${number}`);
    for (const recording of itemsOf(names) ?? []) {
      if (typeof recording !== 'string') continue;
      const known = parts.get(recording) ?? {};
      known[name] = part === 'train' ? 'train' : 'test';
      parts.set(recording, known);
    }
  }
  return parts;
}

function withoutKeypoints(annotation: Annotation, part: string, file: RecordingFile): Error {
  const found = `${[...annotation.keys()].join(', ')} and no keypoints`;
  const mend = 'This PYSKL or mmaction2 pickle names files that hold the keypoints: give one that has them inside.';
  return badFile(file.path, part, 'an array "keypoint" (persons, frames, joints, 2 or 3)', found, mend);
}

function wrongShape(shape: readonly number[], part: string, file: RecordingFile): Error {
  const expected = 'a shape of (persons, frames, joints, 2 or 3)';
  return badFile(
    file.path,
    `${part}, keypoint`,
    expected,
    `(${shape.join(', ')})`,
    'Save it in the shape that PYSKL documents.',
  );
}
