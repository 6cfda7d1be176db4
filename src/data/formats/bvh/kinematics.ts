import type { Pose } from '../assemble.js';
import type { BvhJoint } from './hierarchy.js';

/** A rotation as nine numbers, row by row. */
type Matrix = readonly number[];

const IDENTITY: Matrix = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/**
 * Where the joints are in one frame: each turns by its channels in their order, about axes that turn with it, and lies at its
 * offset in the frame of its parent. Position channels take the place of the offset.
 * @param values a number for each channel of each joint; degrees for rotations
 */
export function posePositions(joints: readonly BvhJoint[], values: readonly number[]): Pose {
  const pose = new Float32Array(joints.length * 3);
  const turns: Matrix[] = [];
  const places: (readonly number[])[] = [];
  let at = 0;
  for (const [i, { parent, offset, channels }] of joints.entries()) {
    const local: number[] = [...offset];
    let turn = parent < 0 ? IDENTITY : turns[parent];
    const outer = turn;
    for (const channel of channels) {
      const axis = 'XYZ'.indexOf(channel[0]);
      const value = values[at++];
      if (channel.endsWith('position')) local[axis] = value;
      else turn = multiply(turn, rotation(axis, (value * Math.PI) / 180));
    }
    const base = parent < 0 ? [0, 0, 0] : places[parent];
    places[i] = base.map((start, row) => start + dot(outer, row, local));
    turns[i] = turn;
    pose.set(places[i], i * 3);
  }
  return pose;
}

function rotation(axis: number, angle: number): Matrix {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  if (axis === 0) return [1, 0, 0, 0, c, -s, 0, s, c];
  return axis === 1 ? [c, 0, s, 0, 1, 0, -s, 0, c] : [c, -s, 0, s, c, 0, 0, 0, 1];
}

function multiply(a: Matrix, b: Matrix): Matrix {
  return b.map((_, i) => dot(a, Math.floor(i / 3), [b[i % 3], b[(i % 3) + 3], b[(i % 3) + 6]]));
}

function dot(matrix: Matrix, row: number, [x, y, z]: readonly number[]): number {
  return matrix[row * 3] * x + matrix[row * 3 + 1] * y + matrix[row * 3 + 2] * z;
}
