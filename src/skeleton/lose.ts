import type { Random } from '../core/random.js';
import { fillInPlace } from '../runtime/skeleton/lost.js';
import type { Clip, Skeleton } from '../runtime/skeleton/sequence.js';

/** Shares from 0 to 1 of what a clip loses, at most. */
export interface Loss {
  readonly joints: number;
  readonly frames: number;
}

/**
 * Loses joints as a tracker does, and fills them as every lost joint is filled: in a span of up to a share of the frames all
 * of them, and of up to a share of the joints each in a span of its own, of any length below the clip's.
 */
export function lose(clip: Clip, random: Random, { joints, frames }: Loss, skeleton: LostSkeleton): void {
  const { nodes, positions } = clip;
  const whole = drawSpan(clip.frames, frames, random);
  for (let node = 0; node < nodes; node++) loseSpan(clip, node, whole);
  const chance = joints * random.uniform();
  for (let node = 0; node < nodes; node++) {
    if (random.uniform() < chance) loseSpan(clip, node, drawSpan(clip.frames, 1, random));
  }
  const persons = nodes / skeleton.mirror.length;
  fillInPlace({ frames: clip.frames, persons, joints: skeleton.mirror.length, positions }, skeleton);
}

type LostSkeleton = Pick<Skeleton, 'bones' | 'anchors'> & { readonly mirror: readonly number[] };

/** Frames from one to another, which is not one of them. */
type Span = readonly [from: number, to: number];

/** A span of up to a share of the frames, anywhere. */
function drawSpan(frames: number, share: number, random: Random): Span {
  const length = Math.floor(random.uniform(0, share) * frames);
  const from = Math.floor(random.uniform(0, frames - length + 1));
  return [from, from + length];
}

function loseSpan({ nodes, positions }: Clip, node: number, [from, to]: Span): void {
  for (let frame = from; frame < to; frame++) {
    const at = (frame * nodes + node) * 3;
    positions.fill(Number.NaN, at, at + 3);
  }
}
