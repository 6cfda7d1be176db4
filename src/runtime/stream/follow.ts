import { MOST_SEEN } from './read-frame.js';

/**
 * Keeps each person of a stream in one place: those of a frame go, nearest first, to where somebody was last; others to a
 * place that nobody has had, to that of their order in the frame if it is one. How near two persons are is the mean over the
 * joints that both show. Persons beyond the places are left out.
 */
export class Follower {
  /** [persons][joints][x, y, z] of the last frame, which may be smoothed in place; NaN where nobody is. */
  readonly positions: Float32Array;
  /** Where each joint was seen last; NaN if it has not been. */
  private readonly last: Float32Array;
  private readonly persons: number;
  private readonly size: number;
  private readonly isFollowing: boolean;
  private readonly isTaken: Uint8Array;
  private readonly isPlaced = new Uint8Array(MOST_SEEN);

  /** @param isFollowing persons may change their places; else each has the place that it is given in */
  constructor(persons: number, joints: number, isFollowing: boolean) {
    this.persons = persons;
    this.size = joints * 3;
    this.isFollowing = isFollowing;
    this.positions = new Float32Array(persons * this.size);
    this.last = new Float32Array(persons * this.size);
    this.isTaken = new Uint8Array(persons);
    this.clear();
  }

  /** Forgets who was where. */
  clear(): void {
    this.last.fill(Number.NaN);
    this.positions.fill(Number.NaN);
  }

  /** Puts the persons of a frame, [seen][joints][x, y, z], into their places; whether anybody is there. */
  place(frame: Float32Array, seen: number): boolean {
    const { persons, positions, last, size, isTaken, isPlaced } = this;
    for (let i = 0; i < last.length; i++) if (!Number.isNaN(positions[i])) last[i] = positions[i];
    positions.fill(Number.NaN);
    isTaken.fill(0);
    isPlaced.fill(0);
    for (let round = 0; round < persons; round++) {
      let least = Infinity;
      let from = 0;
      let to = 0;
      for (let i = 0; i < seen; i++) {
        for (let j = 0; j < persons; j++) {
          const distance = isPlaced[i] || isTaken[j] ? Infinity : this.distance(frame, i, j);
          if (!(distance < least || (distance === least && i === j))) continue;
          least = distance;
          from = i;
          to = j;
        }
      }
      if (least === Infinity) return round > 0;
      for (let i = 0; i < size; i++) positions[to * size + i] = frame[from * size + i];
      isPlaced[from] = 1;
      isTaken[to] = 1;
    }
    return true;
  }

  /** From a person of a frame to a place; greater than any other if nobody has been there, infinite if nobody is seen. */
  private distance(frame: Float32Array, person: number, place: number): number {
    const { size, last } = this;
    let sum = 0;
    let common = 0;
    let isSeen = false;
    for (let i = 0; i < size; i++) {
      const value = frame[person * size + i];
      const way = value - last[place * size + i];
      isSeen ||= !Number.isNaN(value);
      if (Number.isNaN(way)) continue;
      sum += way * way;
      common++;
    }
    if (!isSeen || !(this.isFollowing || person === place)) return Infinity;
    return common ? sum / common : Number.MAX_VALUE;
  }
}
