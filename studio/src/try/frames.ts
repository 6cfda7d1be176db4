import { type Clip, keptPart } from '../clip.js';

/** Seconds of nothing between two recordings that are played. */
const PAUSE = 1;

/** One frame of a stream. */
export interface StreamFrame {
  readonly positions: Float32Array;
  readonly seconds: number;
}

/** Clips one after the other, with a frame of nobody after each. */
export function framesOf(clips: readonly Clip[]): StreamFrame[] {
  const frames: StreamFrame[] = [];
  let start = 0;
  for (const clip of clips) {
    const { frames: count, persons, joints, positions, seconds } = keptPart(clip);
    const size = persons * joints * 3;
    const timeOf = (frame: number) => start + (seconds?.[frame] ?? frame / 30);
    for (let frame = 0; frame < count; frame++) {
      frames.push({ positions: positions.subarray(frame * size, (frame + 1) * size), seconds: timeOf(frame) });
    }
    start = timeOf(count - 1) + PAUSE;
    frames.push({ positions: new Float32Array(size).fill(Number.NaN), seconds: start });
  }
  return frames;
}
