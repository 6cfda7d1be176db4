/**
 * Follows persons from frame to frame where a detector gives them in any order.
 *
 * Greedy: of all pairs of a person seen before and one seen now, the nearest centroids first. A pair farther apart than the
 * person is large is none. A person unseen keeps the place of his last sight for `MEMORY` frames; after that whoever
 * comes next may take his slot, so that a detector which loses people does not make a slot of each return.
 */
import type { Pose, PoseFrame } from './assemble.js';
import { MOST_PERSONS } from './format.js';

/** Frames that somebody may be unseen and still keep his slot. */
const MEMORY = 30;

interface Place {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Diagonal of the box around the joints; of somebody who was seen before, the largest so far. */
  readonly size: number;
}

interface Slot {
  place: Place;
  lastSeen: number;
}

/** Frames in which each person keeps one slot, and how many of the persons seen found none. */
export interface Followed {
  readonly frames: readonly PoseFrame[];
  readonly dropped: number;
}

/** @param frames the poses of each frame in any order */
export function followPersons(frames: readonly (readonly Pose[])[]): Followed {
  const slots: Slot[] = [];
  let dropped = 0;
  const followed = frames.map((poses, t) => {
    const seen = poses.flatMap((pose) => {
      const place = placeOf(pose);
      return place === undefined ? [] : [{ pose, place }];
    });
    const slotOf = matchNearest(
      slots,
      seen.map(({ place }) => place),
      t,
    );
    const frame: (Pose | undefined)[] = [];
    for (const [i, { pose, place }] of seen.entries()) {
      const matched = slotOf[i];
      const slot = matched ?? freeSlot(slots, place, t);
      if (slot === undefined) {
        dropped++;
        continue;
      }
      const size = Math.max(place.size, matched === undefined ? 0 : slots[matched].place.size);
      slots[slot] = { place: { ...place, size }, lastSeen: t };
      frame[slot] = pose;
    }
    return Array.from(frame);
  });
  return { frames: followed, dropped };
}

/** Slot of each place that is near enough to one, the nearest pairs first. */
function matchNearest(slots: readonly Slot[], places: readonly Place[], t: number): (number | undefined)[] {
  const pairs = slots.flatMap((slot, s) => {
    if (t - slot.lastSeen > MEMORY) return [];
    return places.map((place, p) => ({
      s,
      p,
      gap: distance(slot.place, place),
      reach: Math.max(slot.place.size, place.size),
    }));
  });
  const slotOf = Array<number | undefined>(places.length).fill(undefined);
  const taken = new Set<number>();
  for (const { s, p, gap, reach } of pairs.sort((a, b) => a.gap - b.gap)) {
    if (gap > reach || taken.has(s) || slotOf[p] !== undefined) continue;
    slotOf[p] = s;
    taken.add(s);
  }
  return slotOf;
}

/** The nearest slot that was forgotten, or a new one; undefined if there are as many as may be. */
function freeSlot(slots: readonly Slot[], place: Place, t: number): number | undefined {
  const forgotten = slots.flatMap((slot, s) =>
    t - slot.lastSeen > MEMORY ? [{ s, gap: distance(slot.place, place) }] : [],
  );
  if (forgotten.length > 0) return forgotten.reduce((best, next) => (next.gap < best.gap ? next : best)).s;
  return slots.length < MOST_PERSONS ? slots.length : undefined;
}

function distance(a: Place, b: Place): number {
  return Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z);
}

/** Centroid and size of the joints that are seen; undefined without any. */
function placeOf(pose: Pose): Place | undefined {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  const sum = [0, 0, 0];
  let seen = 0;
  for (let at = 0; at < pose.length; at += 3) {
    if (Number.isNaN(pose[at])) continue;
    seen++;
    for (let axis = 0; axis < 3; axis++) {
      const value = pose[at + axis];
      low[axis] = Math.min(low[axis], value);
      high[axis] = Math.max(high[axis], value);
      sum[axis] += value;
    }
  }
  if (seen === 0) return undefined;
  const size = Math.hypot(high[0] - low[0], high[1] - low[1], high[2] - low[2]);
  return { x: sum[0] / seen, y: sum[1] / seen, z: sum[2] / seen, size };
}
