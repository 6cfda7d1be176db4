import { middleOf } from '../skeleton/pose.js';
import { MOST_SEEN } from './read-frame.js';

/**
 * Keeps each person of a stream in one place: those of a frame go, nearest first, to where they were seen last, by their
 * roots; others to places that nobody has had. Persons beyond the places are left out.
 */
export class Follower {
  /** [persons][joints][x, y, z] of the last frame; NaN where nobody is. */
  readonly positions: Float32Array;
  private readonly persons: number;
  private readonly joints: number;
  private readonly root: readonly number[];
  private readonly isFollowing: boolean;
  /** Where each place's person was last, [persons][x, y, z]; NaN if nobody has been there. */
  private readonly roots: Float64Array;
  /** Of those who are seen. */
  private readonly found: Float64Array;
  private readonly isTaken: Uint8Array;
  private readonly isPlaced: Uint8Array;

  /** @param root joints whose middle tells where a person is */
  constructor(persons: number, joints: number, root: readonly number[], isFollowing: boolean) {
    this.persons = persons;
    this.joints = joints;
    this.root = root;
    this.isFollowing = isFollowing && persons > 1;
    this.positions = new Float32Array(persons * joints * 3);
    this.roots = new Float64Array(persons * 3);
    this.found = new Float64Array(Math.max(persons, MOST_SEEN) * 3);
    this.isTaken = new Uint8Array(persons);
    this.isPlaced = new Uint8Array(this.found.length / 3);
    this.clear();
  }

  /** Forgets who was where. */
  clear(): void {
    this.roots.fill(Number.NaN);
  }

  /** Puts the persons of a frame, [seen][joints][x, y, z], into their places; whether anybody is there. */
  place(frame: Float32Array, seen: number): boolean {
    const { persons, isFollowing } = this;
    this.positions.fill(Number.NaN);
    this.isTaken.fill(0);
    this.isPlaced.fill(0);
    for (let person = 0; person < seen; person++) this.isPlaced[person] = this.find(frame, person) ? 0 : 1;
    if (isFollowing) while (this.placeNearest(frame, seen));
    let isAnybody = this.isTaken.includes(1);
    for (let person = 0, free = 0; person < seen; person++) {
      if (this.isPlaced[person]) continue;
      if (isFollowing) while (free < persons && this.isTaken[free]) free++;
      const place = isFollowing ? free : person;
      if (place >= persons) break;
      this.take(frame, person, place);
      isAnybody = true;
    }
    return isAnybody;
  }

  /** The root of a person of a frame, or the first joint that is seen; false if none is. */
  private find(frame: Float32Array, person: number): boolean {
    const { joints, found, root } = this;
    const start = person * joints * 3;
    let shift = 0;
    while (shift < joints && Number.isNaN(frame[start + shift * 3])) shift++;
    if (shift === joints) return false;
    for (let axis = 0; axis < 3; axis++) {
      const middle = middleOf(root, frame, start + axis);
      found[person * 3 + axis] = Number.isNaN(middle) ? frame[start + shift * 3 + axis] : middle;
    }
    return true;
  }

  /** Places the person who is nearest to where a place's person was; false if there is none. */
  private placeNearest(frame: Float32Array, seen: number): boolean {
    const { persons, found, roots, isTaken, isPlaced } = this;
    let [least, person, place] = [Infinity, 0, 0];
    for (let i = 0; i < seen; i++) {
      for (let j = 0; j < persons && !isPlaced[i]; j++) {
        const x = found[i * 3] - roots[j * 3];
        const y = found[i * 3 + 1] - roots[j * 3 + 1];
        const z = found[i * 3 + 2] - roots[j * 3 + 2];
        const distance = x * x + y * y + z * z;
        if (!isTaken[j] && distance < least) [least, person, place] = [distance, i, j];
      }
    }
    if (least < Infinity) this.take(frame, person, place);
    return least < Infinity;
  }

  private take(frame: Float32Array, person: number, place: number): void {
    const { joints, positions, roots, found } = this;
    const size = joints * 3;
    for (let i = 0; i < size; i++) positions[place * size + i] = frame[person * size + i];
    for (let axis = 0; axis < 3; axis++) roots[place * 3 + axis] = found[person * 3 + axis];
    this.isTaken[place] = 1;
    this.isPlaced[person] = 1;
  }
}
