/** Shares of the way to the farthest pose: beyond the first a repetition is on its way out, short of the second it is back. */
const OUT = 0.6;
const BACK = 0.35;
/** A pose is the farthest one if it is so much farther than the farthest before. */
const FARTHER = 1.25;
/** What moves less than this share of the skeleton's size is no repetition. */
const LEAST = 0.1;

/**
 * Counts how often a skeleton goes from its first pose to the farthest one and back, wherever it stands.
 * @example
 * const counter = new RepetitionCounter(pose.length);
 * counter.start(pose); // then, of each pose after it: counter.update(next) is the count so far
 */
export class RepetitionCounter {
  count = 0;
  private readonly first: Float32Array;
  /** From the first pose to the one that is looked at, without what all joints have in common. */
  private readonly way: Float32Array;
  /** The longest way so far. */
  private readonly farthest: Float32Array;
  private length = 0;
  private isOut = false;

  /** @param size numbers of a pose: x, y, z of each joint */
  constructor(size: number) {
    this.first = new Float32Array(size);
    this.way = new Float32Array(size);
    this.farthest = new Float32Array(size);
  }

  /** Starts anew from a pose, [joints][x, y, z] laid end to end; NaN where a joint is lost. */
  start(pose: ArrayLike<number>): void {
    const { first, way } = this;
    first.fill(0);
    this.measure(pose);
    this.length = LEAST * Math.sqrt(product(way, way));
    first.set(pose);
    this.farthest.fill(0);
    this.count = 0;
    this.isOut = false;
  }

  /**
   * Takes the newest poses of a window, [poses][joints][x, y, z], from the start if they are of a new movement; whether it counted
   * a repetition.
   */
  watch(window: Float32Array, poses: number, isNew: boolean): boolean {
    const size = this.first.length;
    let at = Math.max(window.length - poses * size, 0);
    if (isNew) {
      this.start(window.subarray(at, at + size));
      at += size;
    }
    const before = this.count;
    for (; at < window.length; at += size) this.update(window.subarray(at, at + size));
    return this.count > before;
  }

  /** Takes the next pose, as `start` does; the count so far. */
  update(pose: ArrayLike<number>): number {
    const { way, farthest } = this;
    this.measure(pose);
    const length = Math.sqrt(product(way, way));
    if (length > FARTHER * this.length) {
      farthest.set(way);
      this.length = length;
    }
    const whole = product(farthest, farthest);
    // Of the joints that are seen; where those that move are lost, nothing is known.
    const seen = product(farthest, farthest, way);
    const along = product(way, farthest) / (seen < whole / 2 ? Number.NaN : seen);
    if (along > OUT) this.isOut = true;
    else if (along < BACK && this.isOut) {
      this.isOut = false;
      this.count++;
    }
    return this.count;
  }

  /** Writes the way from the first pose to another; NaN where a joint is lost in either. */
  private measure(pose: ArrayLike<number>): void {
    const { first, way } = this;
    for (let axis = 0; axis < 3; axis++) {
      let sum = 0;
      let joints = 0;
      for (let i = axis; i < way.length; i += 3) {
        way[i] = pose[i] - first[i];
        if (Number.isNaN(way[i])) continue;
        sum += way[i];
        joints++;
      }
      for (let i = axis; i < way.length; i += 3) way[i] -= sum / joints;
    }
  }
}

/** The inner product over places where all are numbers. */
function product(a: Float32Array, b: Float32Array, where = a): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) if (!Number.isNaN(where[i])) sum += a[i] * b[i] || 0;
  return sum;
}
