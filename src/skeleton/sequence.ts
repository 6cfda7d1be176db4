/** One recorded skeleton sequence. */
export interface SkeletonSequence {
  readonly frames: number;
  readonly persons: number;
  readonly joints: number;
  /** [frames][persons][joints][x, y, z], in the unit of its data set. */
  readonly positions: Float32Array;
}
