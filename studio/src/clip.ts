import type { SkeletonSequence } from 'anyrate/runtime';

/** A recorded movement, whole, and the span of it that counts. It is never changed: an edit makes another of the same id. */
export interface Clip {
  /** Unique in its project, and the name of its file: `0007`. */
  readonly id: string;
  /** Name of its class. */
  readonly label: string;
  /** Who performs; empty if nobody said. */
  readonly person: string;
  readonly source: 'camera' | 'file';
  readonly frames: number;
  readonly persons: number;
  readonly joints: number;
  /** [frames][persons][joints][x, y, z]; NaN in all three where a joint was lost. */
  readonly positions: Float32Array;
  /** Time of each frame. */
  readonly seconds?: Float64Array | undefined;
  /** First frame that counts, and the one after the last. */
  readonly start: number;
  readonly end: number;
}

/** The part of a clip that counts, as a sequence of its own; its time begins at 0. */
export function keptPart({ persons, joints, positions, seconds, start, end }: Clip): SkeletonSequence {
  const size = persons * joints * 3;
  const sequence = { frames: end - start, persons, joints, positions: positions.slice(start * size, end * size) };
  const times = seconds?.slice(start, end).map((time) => time - seconds[start]);
  return times === undefined ? sequence : { ...sequence, seconds: times };
}

/** Length of the part that counts, in seconds; without times, at 30 frames a second. */
export function secondsOf({ seconds, start, end }: Clip): number {
  return seconds === undefined ? (end - start) / 30 : seconds[end - 1] - seconds[start];
}

/** What a network is trained on, in a text that is another for other recordings, names or spans. */
export function recordingsOf(clips: readonly Clip[]): string {
  return clips.map(({ id, label, person, start, end }) => JSON.stringify([id, label, person, start, end])).join('\n');
}

/** Frames that a clip keeps at least. */
export const FEWEST_FRAMES = 2;

/** The clip with another span, kept inside the recording and long enough. */
export function trimmed(clip: Clip, start: number, end: number): Clip {
  const first = Math.min(Math.max(0, Math.round(start)), clip.frames - FEWEST_FRAMES);
  const last = Math.min(Math.max(Math.round(end), first + FEWEST_FRAMES), clip.frames);
  return { ...clip, start: first, end: last };
}

/** Speed below which a skeleton rests, as a share of the clip's greatest. */
const REST_SHARE = 0.15;
/** Frames that are kept before the movement begins and after it ends. */
const MARGIN = 3;

/** The clip without the rest before and after its movement. */
export function withoutRest(clip: Clip): Clip {
  const speeds = smoothed(speedsOf(clip));
  const least = Math.max(...speeds) * REST_SHARE;
  const first = speeds.findIndex((speed) => speed > least);
  const last = speeds.findLastIndex((speed) => speed > least);
  if (first < 0) return clip;
  return trimmed(clip, first - MARGIN, last + 2 + MARGIN);
}

/** Mean way of the joints that were seen, from each frame to the next. */
export function speedsOf({ frames, persons, joints, positions }: Clip): number[] {
  const size = persons * joints * 3;
  return Array.from({ length: Math.max(0, frames - 1) }, (_, frame) => {
    let [way, seen] = [0, 0];
    for (let at = frame * size; at < (frame + 1) * size; at += 3) {
      const step = Math.hypot(...[0, 1, 2].map((axis) => positions[at + size + axis] - positions[at + axis]));
      if (Number.isNaN(step)) continue;
      way += step;
      seen++;
    }
    return seen === 0 ? 0 : way / seen;
  });
}

/** Means over three neighbours, so that one trembling frame is no movement. */
function smoothed(values: readonly number[]): number[] {
  return values.map((_, i) => {
    const near = values.slice(Math.max(0, i - 1), i + 2);
    return near.reduce((sum, value) => sum + value, 0) / near.length;
  });
}
