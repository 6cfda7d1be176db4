import { expect, test } from 'vitest';
import { Random } from '../../core/random.js';
import type { Clip } from '../../runtime/skeleton/sequence.js';
import { makeNegative, NEGATIVE_KINDS, type NegativeKind } from './negatives.js';

/** A shoulder that moves along x, an elbow 1 below it, and a hand that swings forwards from 2 below to beside the elbow. */
const skeleton = {
  joints: ['shoulder', 'elbow', 'hand'],
  bones: [
    [1, 0],
    [2, 1],
  ] as const,
  anchors: { root: [0], top: [1], left: [0], right: [0] },
};
const FRAMES = 8;

function arm(speed = 1): Clip {
  const positions = Float32Array.from({ length: FRAMES * 9 }, (_, i) => {
    const [frame, joint, axis] = [Math.floor(i / 9), Math.floor(i / 3) % 3, i % 3];
    const angle = (speed * frame) / FRAMES;
    if (axis === 0) return frame;
    if (axis === 1) return joint === 2 ? -1 - Math.cos(angle) : -joint;
    return joint === 2 ? Math.sin(angle) : 0;
  });
  return { frames: FRAMES, nodes: 3, positions };
}

function made(kind: NegativeKind, seed: number, other = arm(0.5)): Clip {
  const clip = arm();
  makeNegative(kind, clip, other.positions, new Random(seed), skeleton);
  return clip;
}

const at = ({ positions }: Clip, frame: number, joint: number) => [
  ...positions.slice((frame * 3 + joint) * 3, (frame * 3 + joint) * 3 + 3),
];
const distance = (a: readonly number[], b: readonly number[]) => Math.hypot(...a.map((value, i) => value - b[i]));
const shoulders = (clip: Clip) => Array.from({ length: FRAMES }, (_, frame) => at(clip, frame, 0)[0]);

test('a reversal shows the frames from the last to the first', () => {
  const clip = made('reversal', 1);
  expect(shoulders(clip)).toEqual([7, 6, 5, 4, 3, 2, 1, 0]);
  expect(at(clip, 0, 2)).toEqual(at(arm(), 7, 2));
});

test('a pose that is held is one of the clip, in every frame', () => {
  const [first, ...others] = shoulders(made('still', 5));
  expect(new Set(others)).toEqual(new Set([first]));
  expect(first).toBeGreaterThanOrEqual(0);
});

test('a half is 40 to 60 % of the time, from either end', () => {
  const ends = new Set<string>();
  for (let seed = 1; seed < 20; seed++) {
    const [first, last] = [shoulders(made('half', seed))[0], shoulders(made('half', seed)).at(-1)!];
    expect(last - first).toBeGreaterThan(0.4 * 7 - 1);
    expect(last - first).toBeLessThan(0.6 * 7 + 0.1);
    ends.add(first < 1 ? 'start' : 'end');
    expect(first < 1 || last > 6).toBe(true);
  }
  expect(ends.size).toBe(2);
});

test('a mixture is between the two, alike in every frame', () => {
  const other = { ...arm(), positions: arm().positions.map((value) => value + 10) };
  const shares = shoulders(made('mixture', 3, other)).map((x, frame) => (x - frame) / 10);
  for (const share of shares) expect(share).toBeCloseTo(shares[0], 5);
  expect(shares[0]).toBeGreaterThan(0.3);
  expect(shares[0]).toBeLessThan(0.7);
});

test('a transition begins in the middle of the clip and ends in the middle of the other', () => {
  const other = { ...arm(), positions: arm().positions.map((value) => value + 100) };
  const xs = shoulders(made('transition', 2, other));
  expect(xs[0]).toBeGreaterThanOrEqual(3.5);
  expect(xs[0]).toBeLessThan(5);
  expect(xs.at(-1)).toBeGreaterThan(102);
  expect(xs.at(-1)).toBeLessThan(104);
});

test('a twist turns what moves about its direction at the start, and every bone stays as long', () => {
  let turned = 0;
  for (let seed = 1; seed < 10; seed++) {
    const clip = made('twist', seed);
    for (let frame = 0; frame < FRAMES; frame++) {
      expect(at(clip, frame, 0)).toEqual(at(arm(), frame, 0));
      for (const [child, parent] of skeleton.bones) {
        expect(distance(at(clip, frame, child), at(clip, frame, parent))).toBeCloseTo(1, 4);
      }
    }
    for (const joint of [0, 1, 2]) expect(distance(at(clip, 0, joint), at(arm(), 0, joint))).toBeLessThan(1e-4);
    const [hand, elbow] = [at(clip, 7, 2), at(clip, 7, 1)];
    expect(hand[1]).toBeCloseTo(-1 - Math.cos(7 / 8), 4); // as high as before
    expect(Math.hypot(hand[0] - elbow[0], hand[2] - elbow[2])).toBeCloseTo(Math.sin(7 / 8), 4);
    if (Math.abs(hand[0] - 7) > 0.1) turned++;
  }
  expect(turned).toBeGreaterThan(5);
});

test('a limb moves as in the other clip, from where it hangs', () => {
  const other = { ...arm(0.5), positions: arm(0.5).positions.map((value) => value + 3) };
  for (let seed = 1; seed < 6; seed++) {
    const clip = made('limb', seed, other);
    for (let frame = 0; frame < FRAMES; frame++) {
      expect(at(clip, frame, 0)).toEqual(at(arm(), frame, 0));
      expect(distance(at(clip, frame, 2), at(arm(0.5), frame, 2))).toBeLessThan(1e-4);
    }
  }
});

test.each(NEGATIVE_KINDS)('%s gives numbers where nothing moves and where nothing hangs from anything', (kind) => {
  const point = { ...skeleton, joints: ['point'], bones: [] };
  const still: Clip = { frames: 4, nodes: 1, positions: new Float32Array(12).fill(2) };
  makeNegative(kind, still, new Float32Array(12).fill(2), new Random(4), point);
  expect([...still.positions]).toEqual(Array(12).fill(2));
});
