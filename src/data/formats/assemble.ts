import { badFile, MOST_JOINTS, MOST_PERSONS, MOST_VALUES } from './format.js';
import type { Recording } from './recording.js';

/** One person in one frame: x, y, z of each joint, NaN where it was lost. */
export type Pose = Float32Array;

/** The persons of one frame in their slots; undefined for one who is not there. */
export type PoseFrame = readonly (Pose | undefined)[];

/** All of a recording but its shape and positions. */
export type Facts = Omit<Recording, 'frames' | 'persons' | 'joints' | 'positions'>;

/**
 * Lays the frames of a recording end to end. Absent persons become NaN.
 * @throws InputError if there is no frame or too much in them
 */
export function assemble(frames: readonly PoseFrame[], joints: number, facts: Facts, source: string): Recording {
  const persons = frames.reduce((most, { length }) => Math.max(most, length), 1);
  checkShape(frames.length, persons, joints, source, facts.part);
  checkNames(facts.jointNames, joints, source);
  const positions = new Float32Array(frames.length * persons * joints * 3).fill(Number.NaN);
  for (const [t, frame] of frames.entries()) {
    for (const [person, pose] of frame.entries()) {
      if (pose !== undefined) positions.set(pose, (t * persons + person) * joints * 3);
    }
  }
  return { frames: frames.length, persons, joints, positions, ...facts };
}

/** @throws InputError if a recording of this shape is not read; call it before memory is taken */
export function checkShape(frames: number, persons: number, joints: number, source: string, place = ''): void {
  const refuse = (expected: string, found: string, mend: string) => {
    throw badFile(source, place, expected, found, mend);
  };
  if (frames < 1) refuse('at least one frame', 'none', 'Record again, or leave the file out.');
  if (joints < 1) refuse('at least one joint', 'none', 'Leave the file out if nobody is seen in it.');
  if (joints > MOST_JOINTS)
    refuse(`at most ${MOST_JOINTS} joints`, `${joints}`, 'Leave out columns that are not joints.');
  if (persons > MOST_PERSONS) refuse(`at most ${MOST_PERSONS} persons`, `${persons}`, 'Leave out the bystanders.');
  if (frames * persons * joints * 3 > MOST_VALUES) {
    const found = `${frames} x ${persons} x ${joints} x 3`;
    refuse(
      `at most ${MOST_VALUES} numbers (frames x persons x joints x 3)`,
      found,
      'Split the recording into shorter ones.',
    );
  }
}

function checkNames(names: Facts['jointNames'], joints: number, source: string): void {
  if (names === undefined || names.length === joints) return;
  const mend = 'Name every joint in the order of the coordinates, or none.';
  throw badFile(source, 'names of the joints', `${joints} names, one per joint`, `${names.length}`, mend);
}

/** Counts lost joints of persons who are there, for a note. */
function countLost(frames: readonly PoseFrame[]): { readonly lost: number; readonly joints: number } {
  let lost = 0;
  let joints = 0;
  for (const pose of frames.flat()) {
    if (pose === undefined) continue;
    joints += pose.length / 3;
    for (let at = 0; at < pose.length; at += 3) if (Number.isNaN(pose[at])) lost++;
  }
  return { lost, joints };
}

/** Notes on frames without a person and on lost joints; none where nothing is lost. */
export function lossNotes(frames: readonly PoseFrame[], why: string): string[] {
  const empty = frames.filter((frame) => frame.every((pose) => pose === undefined)).length;
  const { lost, joints } = countLost(frames);
  return [
    ...(empty === 0 ? [] : [`${empty} of ${frames.length} frames without a person`]),
    ...(lost === 0 ? [] : [`${lost} of ${joints} joints lost (${why})`]),
  ];
}
