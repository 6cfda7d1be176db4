/** A skeleton layout: named joints of ONE person, the bones between them, and the joints that make a frame of reference. */
export interface Layout {
  readonly name: string;
  readonly joints: readonly string[];
  /** [child, parent] joint indices; a tree over the joints. */
  readonly bones: readonly (readonly [number, number])[];
  /** Joints of the torso, or of the palm, that span a body frame. Several joints in a list stand for their mean. */
  readonly anchors: {
    /** Pelvis or wrist. */
    readonly root: readonly number[];
    /** Neck or middle-finger knuckle: root to top is the up axis. */
    readonly top: readonly number[];
    /** Left shoulder or little-finger knuckle. */
    readonly left: readonly number[];
    /** Right shoulder or index-finger knuckle: right to left is the side axis. */
    readonly right: readonly number[];
  };
  /** Joint index of the mirror image of each joint. */
  readonly mirror: readonly number[];
}
