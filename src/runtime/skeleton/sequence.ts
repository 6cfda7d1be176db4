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

/** One recorded skeleton sequence. */
export interface SkeletonSequence {
  readonly frames: number;
  readonly persons: number;
  readonly joints: number;
  /** [frames][persons][joints][x, y, z], in the unit of its data set; NaN in all three where a joint was lost. */
  readonly positions: Float32Array;
  /** Time of each frame in seconds, not decreasing; without it, frames are equally far apart. */
  readonly seconds?: Float64Array;
  /** Of the window of a stream, which has the frames of a clip already: where pose steps may write what they give. @internal */
  readonly room?: Float32Array | undefined;
}

/** A sequence made ready for augmentation and channels: a fixed number of frames, the joints of all persons as nodes. */
export interface Clip {
  readonly frames: number;
  readonly nodes: number;
  /** [frames][nodes][x, y, z] */
  readonly positions: Float32Array;
}
