/** A sequence made ready for augmentation and channels: a fixed number of frames, the joints of all persons as nodes. */
export interface Clip {
  readonly frames: number;
  readonly nodes: number;
  /** [frames][nodes][x, y, z] */
  readonly positions: Float32Array;
}

/** Calls visit with the place of every node's x in every frame, in order. */
export function eachPlace({ frames, nodes }: Clip, visit: (at: number, node: number, frame: number) => void): void {
  for (let frame = 0, at = 0; frame < frames; frame++) {
    for (let node = 0; node < nodes; node++, at += 3) visit(at, node, frame);
  }
}
