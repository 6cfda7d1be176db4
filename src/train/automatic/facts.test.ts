import { describe, expect, it } from 'vitest';
import type { Sample } from '../../data/dataset.js';
import { defineLayout, sameJoint, swapSides } from '../../skeleton/layouts/define.js';
import { factsOf } from './facts.js';

/** A body of a trunk, a head and two arms; a hand is the same without sides. */
const body = defineLayout({
  name: 'cross',
  joints: [
    ['Hip', undefined],
    ['Neck', 'Hip'],
    ['Head', 'Neck'],
    ['HandLeft', 'Neck'],
    ['HandRight', 'Neck'],
  ],
  anchors: { root: ['Hip'], top: ['Neck'], left: ['HandLeft'], right: ['HandRight'] },
  opposite: swapSides,
});
const hand = { ...body, mirror: body.joints.map((joint) => body.joints.indexOf(sameJoint(joint))) };

function sample(frame: readonly number[], label = 0): Sample {
  const positions = Float32Array.from([...frame, ...frame, ...frame]);
  return { id: 'one', label, subject: 's', frames: 3, persons: 1, joints: 5, positions };
}

/** Hip at the origin, neck, head above, hands at the sides. */
const standing = [0, 0, 0, 0, 2, 0.2, 0, 3, 0.2, 1, 2, 0.5, -1, 2, 0.5];
const turnedTo = (order: readonly number[]) => standing.map((_, i) => standing[i - (i % 3) + order[i % 3]]);

describe('the vertical', () => {
  it('is the axis along which the spines of bodies lie, whatever its sign', () => {
    expect(factsOf([sample(standing)], body).up).toBe('y');
    expect(factsOf([sample(turnedTo([1, 0, 2]))], body).up).toBe('x');
    expect(factsOf([sample(turnedTo([0, 2, 1]).map((value) => -value))], body).up).toBe('z');
  });

  it('is none of bodies that stand on their heads as often, that lean, and of hands', () => {
    const lying = standing.map((value, i) => (i % 3 === 1 ? -value : value));
    expect(factsOf([sample(standing), sample(lying)], body).up).toBeUndefined();
    expect(
      factsOf([sample(standing.map((value, i) => (i % 3 === 2 ? standing[i - 1] : value)))], body).up,
    ).toBeUndefined();
    expect(factsOf([sample(standing)], hand).up).toBeUndefined();
  });

  it('is found beside lost joints', () => {
    const lost = standing.map((value, i) => (i < 3 ? Number.NaN : value));
    expect(factsOf([sample(lost), sample(standing)], body).up).toBe('y');
    expect(factsOf([sample(lost)], body).up).toBeUndefined();
  });
});

it('data is flat where every z is the same, and has no vertical then', () => {
  const flat = standing.map((value, i) => (i % 3 === 2 ? 0 : value));
  expect(factsOf([sample(flat)], body)).toMatchObject({ isFlat: true, up: undefined });
  expect(factsOf([sample(flat.map((value, i) => (i === 4 ? Number.NaN : value)))], body).isFlat).toBe(true);
  expect(factsOf([sample(flat), sample(standing)], body).isFlat).toBe(false);
});

it('classes are uneven where the largest has more than twice the sequences of the smallest', () => {
  const of = (...labels: readonly number[]) =>
    factsOf(
      labels.map((label) => sample(standing, label)),
      body,
    ).isUneven;
  expect([of(0, 0, 1), of(0, 0, 0, 1), of(0, 0, 0)]).toEqual([false, true, false]);
  const nothing = [0, 0, 0, 1, 2].map((label) => sample(standing, label));
  expect([factsOf(nothing, body).isUneven, factsOf(nothing, body, [0]).isUneven]).toEqual([true, false]);
});

it('extremities are the leaves of the tree; of many, those that are farthest apart', () => {
  expect(factsOf([sample(standing)], body).extremities).toEqual(['Head', 'HandLeft', 'HandRight']);
  // Seven leaves on a line, at 1, 2, 3, 4, 5, 6 and 12 from the root.
  const names = ['Root', ...'abcdefg'].map((name): [string, string | undefined] => [
    name,
    name === 'Root' ? undefined : 'Root',
  ]);
  const star = defineLayout({
    name: 'star',
    joints: names,
    anchors: { root: ['Root'], top: ['a'], left: ['b'], right: ['c'] },
    opposite: sameJoint,
  });
  const line = [0, 1, 2, 3, 4, 5, 6, 12].flatMap((x) => [x, 0, 0]);
  const positions = Float32Array.from([...line, ...line, ...line]);
  const found = factsOf([{ ...sample([]), joints: 8, positions }], star).extremities;
  // The nearest one chosen is 12 away from g, then 6 from f, then 3 from c; all others are 1 away from one then.
  expect(found.slice(0, 3)).toEqual(['g', 'f', 'c']);
  expect(new Set(found).size).toBe(6);
});
