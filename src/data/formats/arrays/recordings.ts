import { badFile } from '../format.js';
import type { Recording } from '../recording.js';
import { type Axes, axesOf } from './axes.js';
import type { Numbers } from './dtype.js';
import { extract, type Grid, gridOf, stridesOf, withoutPadding } from './grid.js';
import { holisticRows } from './holistic-rows.js';
import { markLosses, usedFrames } from './losses.js';
import { elementsOf, type NdArray, readElements } from './ndarray.js';

/** What is known of the recordings of an array beside its numbers. */
export interface ArrayFacts {
  /** Name of the array within its file; empty where the file is the array. */
  readonly name: string;
  /** Name of the class of each recording. */
  readonly labels?: readonly string[];
  readonly split?: Readonly<Record<string, 'train' | 'test'>>;
}

/**
 * The recordings of an array: one, or many one after the other.
 * @throws InputError if the shape of the array is that of no recording
 */
export async function* arrayRecordings(array: NdArray, source: string, facts: ArrayFacts): AsyncGenerator<Recording> {
  const axes = axesOf(array.shape, source, facts.name);
  const { labels } = facts;
  const count = axes.startsWith('N') ? array.shape[0] : 1;
  if (labels !== undefined && labels.length !== count) {
    throw badFile(
      source,
      facts.name,
      `${labels.length} recordings, as many as labels`,
      `${count}`,
      'Give the labels of these recordings.',
    );
  }
  const whole =
    array.isFortran && count > 1
      ? await readElements(array, 0, elementsOf(array.shape), source, facts.name)
      : undefined;
  for (let n = 0; n < count; n++) {
    const part = count === 1 ? facts.name : `${facts.name}[${n}]`;
    const grid = await gridAt(array, axes, n, whole, source, part);
    yield { ...recordingOf(grid, axes, source, part), ...known(facts, n) };
  }
}

/** Facts that an array's file tells of one of its recordings. */
function known({ labels, split }: ArrayFacts, n: number): Partial<Recording> {
  return { ...(labels !== undefined && { label: labels[n] }), ...(split !== undefined && { splits: split }) };
}

async function gridAt(
  array: NdArray,
  axes: Axes,
  n: number,
  whole: Numbers | undefined,
  source: string,
  part: string,
): Promise<Grid> {
  const { shape, isFortran } = array;
  const strides = stridesOf(shape, isFortran);
  if (!axes.startsWith('N')) {
    const values = await readElements(array, 0, elementsOf(shape), source, part);
    return gridOf(values, 0, axes, shape, strides);
  }
  const [inner, innerShape, innerStrides] = [axes.slice(1), shape.slice(1), strides.slice(1)];
  if (whole !== undefined) return gridOf(whole, n * strides[0], inner, innerShape, innerStrides);
  const size = elementsOf(innerShape);
  const values = await readElements(array, n * size, (n + 1) * size, source, part);
  return gridOf(values, 0, inner, innerShape, stridesOf(innerShape, isFortran));
}

/** Kinetics-skeleton as ST-GCN packs it: OpenPose's 18 keypoints with their score in place of a depth. */
const KINETICS_JOINTS = 18;

function recordingOf(grid: Grid, axes: Axes, source: string, part: string): Recording {
  if (grid.sizes.F !== undefined) {
    const rows = holisticRows(grid, source, part);
    return { part, ...rows, layout: 'mediapipe-holistic', unit: 'image' };
  }
  const isPadded = axes.startsWith('N') || axes.endsWith('CTVM');
  const isKinetics = axes.endsWith('CTVM') && grid.sizes.V === KINETICS_JOINTS;
  const used = isPadded && grid.sizes.V > 1 ? withoutPadding(grid) : grid; // a person of one joint may be at zero
  const { extracted, notes } = markLosses(extract(used, source, part), isKinetics);
  const frames = isPadded ? usedFrames(extracted) : extracted.frames;
  const { persons, joints, dimensions, positions } = extracted;
  const isNtu = axes.endsWith('F') && persons === 2 && joints === 25;
  return {
    part,
    frames,
    persons,
    joints,
    dimensions,
    positions: frames === extracted.frames ? positions : positions.slice(0, frames * persons * joints * 3),
    ...(isKinetics && { layout: 'openpose-coco-18' }),
    ...(isNtu && ({ layout: 'kinect-v2', unit: 'metre' } as const)),
    ...(notes.length > 0 && { notes }),
  };
}
