import type { Layout } from './layout.js';

/** A layout as it is written down: joints by name, each joint's parent, and what cannot be derived. */
export interface LayoutSketch {
  readonly name: string;
  /** Joint names in the order of the data, each with the joint it hangs from; the one root has none. */
  readonly joints: readonly (readonly [joint: string, parent: string | undefined])[];
  readonly anchors: { readonly [role in keyof Layout['anchors']]: readonly string[] };
  /** Names the joint on the other side; a joint of the middle is its own mirror image. */
  readonly opposite: (joint: string) => string;
}

/** Resolves the names of a sketch into joint indices. */
export function defineLayout({ name, joints, anchors, opposite }: LayoutSketch): Layout {
  const names = joints.map(([joint]) => joint);
  const indexOf = (joint: string): number => {
    const index = names.indexOf(joint);
    if (index < 0) throw new Error(`layout ${name} has no joint ${joint}`);
    return index;
  };
  return {
    name,
    joints: names,
    bones: joints.flatMap<readonly [number, number]>(([joint, parent]) =>
      parent === undefined ? [] : [[indexOf(joint), indexOf(parent)]],
    ),
    anchors: {
      root: anchors.root.map(indexOf),
      top: anchors.top.map(indexOf),
      left: anchors.left.map(indexOf),
      right: anchors.right.map(indexOf),
    },
    mirror: names.map((joint) => indexOf(opposite(joint))),
  };
}

/** Swaps left and right in a joint's name: `leftWrist`, `WristLeft`, `LEFT_WRIST`. */
export function swapSides(joint: string): string {
  return joint.replace(/left|right|Left|Right|LEFT|RIGHT/, (side) => SIDES[side]);
}

const SIDES: Readonly<Record<string, string>> = {
  left: 'right',
  right: 'left',
  Left: 'Right',
  Right: 'Left',
  LEFT: 'RIGHT',
  RIGHT: 'LEFT',
};

/** A joint without a partner on the other side: a single hand. */
export function sameJoint(joint: string): string {
  return joint;
}
