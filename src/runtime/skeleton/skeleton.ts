/** What preprocessing needs to know of ONE person: named joints, bones, and the joints that make a frame of reference. */
export interface Skeleton {
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
}
