import { describe, expect, test } from 'vitest';
import { InputError } from '../../core/errors.js';
import type { Layout } from './layout.js';
import { layoutNamed, layouts } from './layouts.js';

const JOINT_COUNTS: Readonly<Record<string, number>> = {
  'kinect-v2': 25,
  'kinect-v1-15': 15,
  'vicon-plug-in-gait': 39,
  'fpha-hand': 21,
  'mediapipe-hand': 21,
  'mediapipe-pose': 33,
};

function ancestorCount(layout: Layout, joint: number): number {
  const parents = new Map(layout.bones);
  let depth = 0;
  for (let j: number | undefined = joint; j !== undefined && depth <= layout.joints.length; j = parents.get(j)) depth++;
  return depth;
}

test('every layout is listed once, with its published number of joints', () => {
  expect(Object.fromEntries(layouts.map((layout) => [layout.name, layout.joints.length]))).toEqual(JOINT_COUNTS);
});

describe.each(layouts.map((layout) => [layout.name, layout] as const))('%s', (_, layout) => {
  const size = layout.joints.length;

  test('joint names are unique', () => {
    expect(new Set(layout.joints).size).toBe(size);
  });

  test('bones form a tree: one parent for every joint but the root, and no cycle', () => {
    expect(layout.bones.length).toBe(size - 1);
    expect(new Set(layout.bones.map(([child]) => child)).size).toBe(size - 1);
    for (let joint = 0; joint < size; joint++) expect(ancestorCount(layout, joint)).toBeLessThanOrEqual(size);
  });

  test('mirroring twice changes nothing', () => {
    for (let joint = 0; joint < size; joint++) expect(layout.mirror[layout.mirror[joint]]).toBe(joint);
  });

  test('anchors span a frame: root, top, left and right are named, left is not right', () => {
    const { root, top, left, right } = layout.anchors;
    for (const anchor of [root, top, left, right]) expect(anchor.length).toBeGreaterThan(0);
    expect(left).not.toEqual(right);
  });
});

test('body layouts mirror the left anchor onto the right one', () => {
  for (const layout of layouts.filter(({ name }) => !name.endsWith('hand'))) {
    expect(layout.anchors.left.map((joint) => layout.mirror[joint])).toEqual(layout.anchors.right);
  }
});

test('an unknown layout is refused with the list of the known ones', () => {
  expect(() => layoutNamed('kinect')).toThrow(InputError);
  expect(() => layoutNamed('kinect')).toThrow(/kinect-v2, kinect-v1-15/);
});
