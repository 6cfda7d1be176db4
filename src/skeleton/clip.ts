import type { Clip } from '../runtime/skeleton/sequence.js';

export type { Clip };

/** Calls visit with the place of every node's x in every frame, in order. */
export function eachPlace({ frames, nodes }: Clip, visit: (at: number, node: number, frame: number) => void): void {
  for (let frame = 0, at = 0; frame < frames; frame++) {
    for (let node = 0; node < nodes; node++, at += 3) visit(at, node, frame);
  }
}
