import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../core/errors.js';
import { BUILTIN_LAYOUTS, isBuiltin } from './described.js';
import type { Layout } from './layout.js';
import { layoutNamed, layouts, registerLayout } from './layouts.js';

const JOINT_COUNTS: Readonly<Record<string, number>> = {
  'kinect-v2': 25,
  'kinect-v1-15': 15,
  'vicon-plug-in-gait': 39,
  'kinect-v1-20': 20,
  'azure-kinect-32': 32,
  'h36m-17': 17,
  'coco-17': 17,
  'openpose-body-25': 25,
  'openpose-coco-18': 18,
  'jhmdb-15': 15,
  'mediapipe-pose': 33,
  'mediapipe-holistic': 33 + 21 + 21,
  'mediapipe-two-hands': 42,
  'mediapipe-hand': 21,
  'fpha-hand': 21,
  'leap-hand': 20,
  'hololens-hand': 26,
  'shrec-hand-22': 22,
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

test('the names that files may refer to are those of the layouts, in their order', () => {
  expect(layouts.map(({ name }) => name)).toEqual(BUILTIN_LAYOUTS);
});

test('docs/data.md lists every layout with its number of joints', () => {
  const text = readFileSync(new URL('../../../docs/data.md', import.meta.url), 'utf8');
  const [, section] = /### Built-in layouts\n(.*?)\n#/s.exec(text) ?? [];
  const rows = [...section.matchAll(/^\| `([\w-]+)` \| (\d+) \| \S.* \|$/gm)];
  expect(rows.map(([, name, joints]) => [name, Number(joints)])).toEqual(
    layouts.map(({ name, joints }) => [name, joints.length]),
  );
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

  test('sides are swapped by name, and joints of no side stay', () => {
    const isVicon = layout.name.startsWith('vicon');
    const sided = isVicon ? /^[LR](?=[A-Z]{3}$)/ : /left|right/i;
    for (const [joint, name] of layout.joints.entries()) {
      const opposite = layout.joints[layout.mirror[joint]];
      expect(opposite.replace(sided, '')).toBe(name.replace(sided, ''));
      if (sided.test(name) && name !== 'RBAK') expect(layout.mirror[joint]).not.toBe(joint);
    }
  });

  test('anchors span a frame: root, top, left and right are named, left is not right', () => {
    const { root, top, left, right } = layout.anchors;
    for (const anchor of [root, top, left, right]) expect(anchor.length).toBeGreaterThan(0);
    expect(left).not.toEqual(right);
  });
});

test('layouts of two sides mirror the left anchor onto the right one', () => {
  for (const layout of layouts.filter(({ mirror }) => mirror.some((partner, joint) => partner !== joint))) {
    expect(layout.anchors.left.map((joint) => layout.mirror[joint])).toEqual(layout.anchors.right);
  }
});

test.each([
  ['openpose-body-25', 8, 'MidHip'],
  ['openpose-body-25', 24, 'RightHeel'],
  ['openpose-coco-18', 17, 'LeftEar'],
  ['coco-17', 16, 'RightAnkle'],
  ['azure-kinect-32', 26, 'Head'],
  ['kinect-v1-20', 19, 'FootRight'],
  ['h36m-17', 14, 'RightShoulder'],
  ['jhmdb-15', 14, 'LeftAnkle'],
  ['mediapipe-holistic', 33, 'LeftHandWrist'],
  ['mediapipe-holistic', 74, 'RightHandLittleTIP'],
  ['leap-hand', 8, 'MiddleMCP'],
  ['hololens-hand', 11, 'MiddleMetacarpal'],
  ['hololens-hand', 25, 'LittleTIP'],
  ['shrec-hand-22', 6, 'IndexMCP'],
])('the documentation of %s has joint %i as %s', (name, index, joint) => {
  expect(layoutNamed(name).joints[index]).toBe(joint);
});

test('an unknown layout is refused with the list of the known ones', () => {
  expect(() => layoutNamed('kinect')).toThrow(InputError);
  expect(() => layoutNamed('kinect')).toThrow(/kinect-v2, kinect-v1-15/);
});

test('a layout from outside is known by its name; a second of the name, or one that is broken, is refused', () => {
  const kite: Layout = {
    name: 'kite',
    joints: ['tip', 'tail'],
    bones: [[1, 0]],
    anchors: { root: [0], top: [1], left: [0], right: [1] },
    mirror: [0, 1],
  };
  registerLayout(kite);
  expect(layoutNamed('kite')).toBe(kite);
  expect(isBuiltin(kite)).toBe(false);
  expect(() => registerLayout(kite)).toThrow('expected a name that no other layout has, found "kite" again');
  expect(() => registerLayout({ ...kite, name: 'kite-v2', mirror: [1, 1] })).toThrow(
    'layout to register, layout.mirror',
  );
  expect(() => layoutNamed('kites')).toThrow('Did you mean "kite"?');
});
