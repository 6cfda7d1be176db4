/** What a recording's positions become in a data set: lost joints are NaN, pictures have one scale, nothing is mirrored. */
import type { Layout } from '../../skeleton/layouts/layout.js';
import type { Recording } from '../formats/recording.js';
import type { Description } from './description.js';

interface PositionContext {
  /** [frame][person][joint][axis] in the joints of the layout; not changed. */
  readonly positions: Float32Array;
  readonly recording: Pick<Recording, 'frames' | 'persons' | 'aspect' | 'unit'>;
  readonly layout: Layout;
  readonly persons: number;
  readonly description: Pick<Description, 'zeroIsLost' | 'mirrored' | 'aspect' | 'unit'>;
}

/**
 * Positions of so many persons in each frame: those that a recording lacks are lost throughout, those beyond are left out.
 * @returns a new array, [frame][person][joint][axis]
 */
export function toPositions({ positions, recording, layout, persons, description }: PositionContext): Float32Array {
  const result = forPersons(positions, layout.joints.length * 3, recording, persons);
  if (description.zeroIsLost) loseZeros(result);
  const { unit = description.unit, aspect = description.aspect } = recording;
  if (unit === 'image' && aspect !== undefined) scaleWidth(result, aspect);
  return description.mirrored ? mirrored(result, layout, unit === 'image' ? (aspect ?? 1) : 0) : result;
}

/** A copy with room for so many persons. */
function forPersons(
  positions: Float32Array,
  width: number,
  { frames, persons: found }: PositionContext['recording'],
  persons: number,
): Float32Array {
  if (found === persons) return positions.slice();
  const result = new Float32Array(frames * persons * width);
  if (found < persons) result.fill(Number.NaN);
  const kept = Math.min(persons, found) * width;
  for (let frame = 0; frame < frames; frame++) {
    const from = frame * found * width;
    result.set(positions.subarray(from, from + kept), frame * persons * width);
  }
  return result;
}

/** Joints that a recorder wrote as exactly (0, 0, 0), which means lost there, become NaN in all three coordinates. */
export function loseZeros(positions: Float32Array): void {
  for (let at = 0; at < positions.length; at += 3) {
    const isZero = positions[at] === 0 && positions[at + 1] === 0 && positions[at + 2] === 0;
    if (isZero) positions.fill(Number.NaN, at, at + 3);
  }
}

/** x in shares of the height, as y is. */
function scaleWidth(positions: Float32Array, aspect: number): void {
  for (let at = 0; at < positions.length; at += 3) positions[at] *= aspect;
}

/** Undoes a mirrored picture: x runs the other way, and what was seen as left is right. */
function mirrored(positions: Float32Array, { joints, mirror }: Layout, width: number): Float32Array {
  const result = new Float32Array(positions.length);
  for (let pose = 0; pose < positions.length; pose += joints.length * 3) {
    for (const [joint, partner] of mirror.entries()) {
      const [from, to] = [pose + joint * 3, pose + partner * 3];
      result[to] = width - positions[from];
      result[to + 1] = positions[from + 1];
      result[to + 2] = positions[from + 2];
    }
  }
  return result;
}
