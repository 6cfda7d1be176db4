/**
 * Synthetic negatives: movements that are none of the classes, made of the training clips.
 *
 * In time, a half is stretched, a clip runs backwards, a pose is held, or the end of one movement goes over into the start
 * of another. In space, two movements are averaged, one limb moves as in another movement, or a limb is twisted about the
 * direction in which it points at the start: it then moves in another plane, with every bone as long as before.
 */
import type { Random } from '../../core/random.js';
import type { Clip, Skeleton } from '../../runtime/skeleton/sequence.js';
import { plainChanges } from '../../skeleton/clip-changes.js';

/** Ways to make a movement that is none of the classes. */
export const NEGATIVE_KINDS = ['half', 'reversal', 'still', 'mixture', 'transition', 'limb', 'twist'] as const;

export type NegativeKind = (typeof NEGATIVE_KINDS)[number];

/** How negatives are drawn, and what the classes are like from which they must differ. */
export interface NegativeSamples {
  /** Of what is drawn, before those are left out that a class may hold. */
  readonly share: number;
  readonly kinds: readonly NegativeKind[];
  /** Mean standardised features of each class, [class][features]. */
  readonly means: Float32Array;
  /** The squared distance from its class's mean of a sequence that is further than most, one a class. */
  readonly radii: Float32Array;
}

/** Kinds that need a clip of another class. */
export const OF_TWO: readonly NegativeKind[] = ['mixture', 'transition', 'limb'];

/** Kinds that may give a movement of the class after all: one that is the same backwards, a limb that hardly moves. */
export const DOUBTFUL: readonly NegativeKind[] = ['half', 'reversal', 'still', 'limb', 'twist'];

/** Twists by less stay what they were, about. */
const LEAST_TWIST = Math.PI / 4;
/** How much of the clip a transition takes. */
const SEAM = 0.1;

/** Changes a clip in place; `other` are the positions of a clip of another class, and are changed too. */
export function makeNegative(
  kind: NegativeKind,
  clip: Clip,
  other: Float32Array,
  random: Random,
  skeleton: Skeleton,
): void {
  switch (kind) {
    case 'half':
      half(clip, random);
      break;
    case 'reversal':
      retime(clip, (u) => 1 - u);
      break;
    case 'still':
      hold(clip, random.uniform());
      break;
    case 'mixture':
      blend(clip, other, constant(random.uniform(0.35, 0.65)));
      break;
    case 'transition':
      join(clip, other, random.uniform(0.3, 0.7));
      break;
    case 'limb':
      replaceLimb(clip, other, drawLimb(clip, skeleton, random));
      break;
    case 'twist':
      twist(clip, drawLimb(clip, skeleton, random), random);
      break;
    default:
      kind satisfies never;
  }
}

/** From either end, 40 to 60 % of the time. */
function half(clip: Clip, random: Random): void {
  const length = random.uniform(0.4, 0.6);
  const start = random.uniform() < 0.5 ? 0 : 1 - length;
  retime(clip, (u) => start + length * u);
}

function hold(clip: Clip, moment: number): void {
  retime(clip, constant(moment));
}

function constant(value: number): () => number {
  return () => value;
}

/** The frame at u, from 0 to 1, shows the moment `momentOf(u)` of the clip. */
function retime(clip: Clip, momentOf: (u: number) => number): void {
  const { frames } = clip;
  const moments = Float64Array.from({ length: frames }, (_, frame) =>
    Math.min(Math.max(momentOf((frame + 0.5) / frames) * frames - 0.5, 0), frames - 1),
  );
  const lows = Int32Array.from(moments, (moment) => Math.min(Math.floor(moment), frames - 2));
  plainChanges.warp(
    clip,
    lows,
    moments.map((moment, frame) => moment - lows[frame]),
  );
}

/** Every position goes a share of the way to where it is in the other clip. */
function blend({ frames, nodes, positions }: Clip, other: Float32Array, shareOf: (u: number) => number): void {
  const size = nodes * 3;
  for (let frame = 0, at = 0; frame < frames; frame++) {
    const share = shareOf((frame + 0.5) / frames);
    for (let i = 0; i < size; i++, at++) positions[at] += share * (other[at] - positions[at]);
  }
}

/** The second half of the clip up to the seam, the first half of the other from it on. */
function join(clip: Clip, other: Float32Array, seam: number): void {
  retime(clip, (u) => 0.5 + 0.5 * Math.min(u / seam, 1));
  retime({ ...clip, positions: other }, (u) => 0.5 * Math.max((u - seam) / (1 - seam), 0));
  blend(clip, other, (u) => Math.min(Math.max((u - seam) / SEAM + 0.5, 0), 1));
}

/** Joints that hang from one joint: the nodes of one person. */
interface Limb {
  readonly pivot: number;
  readonly nodes: readonly number[];
}

/** A limb with a joint that moves: the more it moves, the likelier. Empty where nothing moves that hangs from something. */
function drawLimb(clip: Clip, { joints, bones }: Skeleton, random: Random): Limb {
  const parents = new Map(bones);
  const travelled = Array.from({ length: clip.nodes }, (_, node) =>
    parents.has(node % joints.length) ? travelOf(clip, node) : 0,
  );
  const node = drawPlace(travelled, random);
  const first = node - (node % joints.length);
  const chain = upwards(node % joints.length, parents);
  if (chain.length < 2) return { pivot: node, nodes: [] };
  const joint = chain[random.integer(chain.length - 1)];
  const hanging = joints.map((_, other) => other).filter((other) => upwards(other, parents).includes(joint));
  return { pivot: first + parents.get(joint)!, nodes: hanging.map((other) => first + other) };
}

/** A joint, the one it hangs from, and so on to the root. */
function upwards(joint: number, parents: ReadonlyMap<number, number>): number[] {
  const chain = [joint];
  for (let next = parents.get(joint); next !== undefined; next = parents.get(next)) chain.push(next);
  return chain;
}

/** The mean distance of a node from where it begins. */
function travelOf({ frames, nodes, positions }: Clip, node: number): number {
  let sum = 0;
  for (let at = node * 3; at < positions.length; at += nodes * 3) {
    sum += Math.hypot(
      positions[at] - positions[node * 3],
      positions[at + 1] - positions[node * 3 + 1],
      positions[at + 2] - positions[node * 3 + 2],
    );
  }
  return sum / frames;
}

/** A place, as likely as its weight; the last where all weights are 0. */
function drawPlace(weights: readonly number[], random: Random): number {
  let left = random.uniform(
    0,
    weights.reduce((sum, weight) => sum + weight, 0),
  );
  const place = weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  return place < 0 ? weights.length - 1 : place;
}

/** The limb moves around its pivot as it does in the other clip. */
function replaceLimb({ nodes, positions }: Clip, other: Float32Array, limb: Limb): void {
  for (let frame = 0; frame < positions.length; frame += nodes * 3) {
    const pivot = frame + limb.pivot * 3;
    for (const node of limb.nodes) {
      const at = frame + node * 3;
      for (let axis = 0; axis < 3; axis++)
        positions[at + axis] = positions[pivot + axis] + other[at + axis] - other[pivot + axis];
    }
  }
}

/** Turns the limb about the line from its pivot to its middle in the first frame. */
function twist({ nodes, positions }: Clip, limb: Limb, random: Random): void {
  const axis = [0, 1, 2].map((i) =>
    limb.nodes.reduce((sum, node) => sum + positions[node * 3 + i] - positions[limb.pivot * 3 + i], 0),
  );
  const length = Math.hypot(...axis);
  if (length === 0) return;
  const [x, y, z] = axis.map((value) => value / length);
  const angle = random.uniform(LEAST_TWIST, 2 * Math.PI - LEAST_TWIST);
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  for (let frame = 0; frame < positions.length; frame += nodes * 3) {
    const pivot = frame + limb.pivot * 3;
    for (const node of limb.nodes) {
      const at = frame + node * 3;
      const [u, v, w] = [0, 1, 2].map((i) => positions[at + i] - positions[pivot + i]);
      const along = (1 - c) * (x * u + y * v + z * w);
      positions[at] = positions[pivot] + c * u + s * (y * w - z * v) + along * x;
      positions[at + 1] = positions[pivot + 1] + c * v + s * (z * u - x * w) + along * y;
      positions[at + 2] = positions[pivot + 2] + c * w + s * (x * v - y * u) + along * z;
    }
  }
}
