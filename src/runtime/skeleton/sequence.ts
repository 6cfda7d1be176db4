/** One recorded skeleton sequence. */
export interface SkeletonSequence {
  readonly frames: number;
  readonly persons: number;
  readonly joints: number;
  /** [frames][persons][joints][x, y, z], in the unit of its data set; NaN in all three where a joint was lost. */
  readonly positions: Float32Array;
  /** Time of each frame in seconds, not decreasing; without it, frames are equally far apart. */
  readonly seconds?: Float64Array;
}

/** A sequence made ready for augmentation and channels: a fixed number of frames, the joints of all persons as nodes. */
export interface Clip {
  readonly frames: number;
  readonly nodes: number;
  /** [frames][nodes][x, y, z] */
  readonly positions: Float32Array;
}
