/**
 * Landmarks that tremble, smoothed by the one-euro filter (Casiez, Roussel, Vogel: 1 € Filter, CHI 2012): a low-pass whose
 * cutoff rises with the speed, so that a held pose is still and a fast movement is not late. The speed is that of all three
 * coordinates together, so that a turned skeleton is smoothed alike.
 *
 * Exports repeat this in C and WebAssembly; this file defines it.
 */
import type { OneEuro } from '../file/header.js';
import type { SkeletonSequence } from '../skeleton/sequence.js';

const TURN = 2 * Math.PI;
/** Of recordings without time stamps, and of such a stream unless the model or the caller says otherwise. */
export const FRAMES_PER_SECOND = 30;

/**
 * Smooths frames one after the other, whatever time lies between them, each joint for itself. A joint that is lost in a frame
 * stays lost there, and goes on from where it was seen last.
 * @example
 * const filter = new OneEuroFilter({ minCutoff: 1, beta: 2, derivativeCutoff: 1 }, pose.length / 3);
 * filter.smooth(pose, seconds); // [joints][x, y, z], in place
 */
export class OneEuroFilter {
  private readonly options: OneEuro;
  /** Where each joint was seen last, smoothed, and how it moved, [nodes][x, y, z]; and when that was. */
  private readonly last: Float32Array;
  private readonly velocities: Float32Array;
  private readonly seen: Float64Array;

  /** @param nodes joints of all persons @throws RangeError on cutoffs that are none */
  constructor(options: OneEuro, nodes: number) {
    checkCutoffs(options);
    this.options = options;
    this.last = new Float32Array(nodes * 3);
    this.velocities = new Float32Array(nodes * 3);
    this.seen = new Float64Array(nodes);
    this.clear();
  }

  /** Forgets the frames so far. */
  clear(): void {
    this.seen.fill(Number.NaN);
  }

  /** Smooths a frame in place, [nodes][x, y, z]. @param time in seconds, not before the last frame's */
  smooth(positions: Float32Array, time: number): void {
    const { last, velocities, seen } = this;
    for (let node = 0; node < seen.length; node++) {
      const [start, end] = [node * 3, node * 3 + 3];
      const sum = positions[start] + positions[start + 1] + positions[start + 2];
      if (sum - sum !== 0) continue; // lost
      const since = time - seen[node];
      seen[node] = time;
      if (Number.isNaN(since)) {
        for (let at = start; at < end; at++) last[at] = positions[at];
        velocities.fill(0, start, end);
      } else {
        const share = this.shareOfNew(positions, start, since);
        for (let at = start; at < end; at++) last[at] += share * (positions[at] - last[at]);
        positions.set(last.subarray(start, end), start);
      }
    }
  }

  /** How much of a joint's new place counts, so many seconds after the last one. */
  private shareOfNew(positions: Float32Array, start: number, since: number): number {
    const { last, velocities } = this;
    const { minCutoff, beta, derivativeCutoff } = this.options;
    const pace = TURN * derivativeCutoff;
    let square = 0;
    for (let at = start; at < start + 3; at++) {
      const way = positions[at] - last[at];
      velocities[at] += (pace * (way - since * velocities[at])) / (pace * since + 1);
      square += velocities[at] ** 2;
    }
    return shareAt(TURN * (minCutoff + beta * Math.sqrt(square)) * since);
  }
}

function checkCutoffs({ minCutoff, beta, derivativeCutoff }: Partial<OneEuro> = {}): void {
  for (const [name, value] of Object.entries({ minCutoff, beta, derivativeCutoff })) {
    if (typeof value === 'number' && value >= 0 && value < Infinity) continue;
    throw new RangeError(`oneEuro, ${name}: expected a number from 0, found ${value}`);
  }
}

/** Of a low-pass whose cutoff, an angular frequency, times the time since the last value is this. */
function shareAt(angle: number): number {
  return angle / (angle + 1);
}

/**
 * A recorded sequence, smoothed as a stream of it is: what a network that states a filter was trained on.
 * @example
 * const oneEuro = { minCutoff: 1, beta: 2, derivativeCutoff: 1 }; // of a model that states it: view.stream.oneEuro
 * const { name } = view.predict(smoothed(sequence, oneEuro));
 */
export function smoothed<Sequence extends SkeletonSequence>(sequence: Sequence, options: OneEuro): Sequence {
  const { frames, persons, joints, seconds } = sequence;
  const positions = sequence.positions.slice();
  const size = persons * joints * 3;
  const filter = new OneEuroFilter(options, persons * joints);
  for (let frame = 0; frame < frames; frame++) {
    const pose = positions.subarray(frame * size, (frame + 1) * size);
    filter.smooth(pose, seconds ? seconds[frame] : frame / FRAMES_PER_SECOND);
  }
  return { ...sequence, positions };
}
