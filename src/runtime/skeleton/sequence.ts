/** One recorded skeleton sequence. */
export interface SkeletonSequence {
  readonly frames: number;
  readonly persons: number;
  readonly joints: number;
  /** [frames][persons][joints][x, y, z], in the unit of its data set. */
  readonly positions: Float32Array;
}

/** A sequence made ready for augmentation and channels: a fixed number of frames, the joints of all persons as nodes. */
export interface Clip {
  readonly frames: number;
  readonly nodes: number;
  /** [frames][nodes][x, y, z] */
  readonly positions: Float32Array;
}
