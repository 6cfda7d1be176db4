/** What no training and no file can do with: recordings of another shape, numbers that are none, labels of no class. */
import type { Dataset, Sample } from '../dataset.js';
import { type Finding, finding } from './finding.js';

/** The first fault of each recording that has one. */
export function recordingFaults(dataset: Dataset): Finding[] {
  return dataset.samples.flatMap((sample) => recordingFault(sample, sample.positions, dataset) ?? []);
}

/** The first recording with a fault; nothing is looked at after it. */
export function firstRecordingFault(dataset: Dataset): Finding | undefined {
  for (const sample of dataset.samples) {
    const fault = recordingFault(sample, sample.positions, dataset);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** The first fault of a recording. @param positions its own, which the caller has read, as they may lie in a file */
export function recordingFault(sample: Sample, positions: Float32Array, dataset: Dataset): Finding | undefined {
  const place = { set: dataset.name, recording: sample.id };
  const shape = shapeFault(sample, positions, dataset);
  if (shape !== undefined) return finding('error', 'shape', place, shape);
  const { label } = sample;
  if (!Number.isInteger(label) || label < 0 || label >= dataset.classes.length) {
    return finding('error', 'label', place, `${label}, where there are ${dataset.classes.length} classes`);
  }
  return coordinateFault(sample, positions, dataset);
}

function shapeFault(
  { frames, persons, joints, seconds }: Sample,
  positions: Float32Array,
  dataset: Dataset,
): string | undefined {
  const { layout } = dataset;
  if (joints !== layout.joints.length) return `${joints} joints, where ${layout.name} has ${layout.joints.length}`;
  if (persons !== dataset.persons) return `${persons} persons, where the data set has ${dataset.persons}`;
  if (!Number.isInteger(frames) || frames < 1) return `${frames} frames`;
  const wanted = frames * persons * joints * 3;
  if (positions.length !== wanted) return `${positions.length} numbers for ${frames} frames, which have ${wanted}`;
  if (seconds === undefined || seconds.length === frames) return undefined;
  return `${seconds.length} time stamps for ${frames} frames`;
}

/** A coordinate that is not finite and no lost joint; or nothing seen at all. */
function coordinateFault(
  { id }: Sample,
  positions: Float32Array,
  { name, layout, persons }: Dataset,
): Finding | undefined {
  let seen = false;
  for (let at = 0; at < positions.length; at += 3) {
    const sum = positions[at] + positions[at + 1] + positions[at + 2];
    if (sum - sum === 0) {
      seen = true;
      continue;
    }
    const what = oddCoordinates(positions, at);
    if (what === undefined) continue;
    const node = at / 3;
    const pose = Math.floor(node / layout.joints.length);
    const place = {
      set: name,
      recording: id,
      frame: Math.floor(pose / persons),
      person: persons > 1 ? pose % persons : undefined,
      joint: layout.joints[node % layout.joints.length],
    };
    return finding('error', 'not-finite', place, what);
  }
  if (seen) return undefined;
  return finding('error', 'never-seen', { set: name, recording: id }, 'every joint lost in every frame');
}

/** What is wrong with three coordinates whose sum is not finite; nothing, of a lost joint and of large numbers. */
function oddCoordinates(positions: Float32Array, at: number): string | undefined {
  const [x, y, z] = [positions[at], positions[at + 1], positions[at + 2]];
  if (Number.isNaN(x) && Number.isNaN(y) && Number.isNaN(z)) return undefined;
  const values = [x, y, z];
  if (values.every(Number.isFinite)) return undefined;
  return `(${values.map((value) => Number(value.toPrecision(4))).join(', ')})`;
}
