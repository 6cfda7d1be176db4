import type { Random } from '../core/random.js';
import type { Clip } from '../runtime/skeleton/sequence.js';

/** What most steps of augmentation do to a clip, in place, once their numbers are drawn. */
export interface ClipChanges {
  /** Turns x around; each node gets the place of another, images[node]. */
  mirror(clip: Clip, images: Int32Array): void;
  /** Each frame shows a moment between two frames: `lows` and the one after it, `parts` of the way. */
  warp(clip: Clip, lows: Int32Array, parts: Float64Array): void;
  /** Multiplies the movement around the mean pose. */
  amplify(clip: Clip, factor: number): void;
  /** Turns all points in the plane of two axes. */
  rotate(clip: Clip, plane: readonly [number, number], cosine: number, sine: number): void;
  /** Adds to each coordinate, in their order, a uniform number within ± bound. */
  addNoise(clip: Clip, random: Random, bound: number): void;
}

/** The definition of each; training runs kernels that give the same bits. */
export const plainChanges: ClipChanges = { mirror, warp, amplify, rotate, addNoise };

function mirror({ frames, nodes, positions }: Clip, images: Int32Array): void {
  const before = positions.slice();
  for (let frame = 0, at = 0; frame < frames; frame++) {
    for (let node = 0; node < nodes; node++, at += 3) {
      const from = (frame * nodes + images[node]) * 3;
      positions[at] = -before[from];
      positions[at + 1] = before[from + 1];
      positions[at + 2] = before[from + 2];
    }
  }
}

function warp({ frames, nodes, positions }: Clip, lows: Int32Array, parts: Float64Array): void {
  const before = positions.slice();
  const size = nodes * 3;
  for (let frame = 0; frame < frames; frame++) {
    for (let i = 0; i < size; i++) {
      const at = lows[frame] * size + i;
      positions[frame * size + i] = before[at] + parts[frame] * (before[at + size] - before[at]);
    }
  }
}

function amplify({ frames, nodes, positions }: Clip, factor: number): void {
  const size = nodes * 3;
  for (let i = 0; i < size; i++) {
    let mean = 0;
    for (let at = i; at < positions.length; at += size) mean += positions[at] / frames;
    for (let at = i; at < positions.length; at += size) positions[at] = mean + factor * (positions[at] - mean);
  }
}

function rotate({ positions }: Clip, [a, b]: readonly [number, number], cosine: number, sine: number): void {
  for (let at = 0; at < positions.length; at += 3) {
    const [p, q] = [positions[at + a], positions[at + b]];
    positions[at + a] = cosine * p - sine * q;
    positions[at + b] = sine * p + cosine * q;
  }
}

function addNoise({ positions }: Clip, random: Random, bound: number): void {
  for (let i = 0; i < positions.length; i++) positions[i] += random.uniform(-bound, bound);
}
