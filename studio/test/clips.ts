import type { Clip } from '../src/clip.js';
import { handAt, MOVEMENTS } from './movements.js';

const FRAMES = 20;

/** Recordings of every movement by so many persons. */
export function handClips(persons: number, takes: number): Omit<Clip, 'id'>[] {
  return MOVEMENTS.flatMap((label) =>
    Array.from({ length: persons * takes }, (_, i) => {
      const [who, take] = [i % persons, Math.floor(i / persons)];
      const frames = Array.from({ length: FRAMES }, (_, frame) => handAt(label, frame / FRAMES, who, take));
      return {
        label,
        person: `person ${who}`,
        source: 'camera' as const,
        frames: FRAMES,
        persons: 1,
        joints: 21,
        positions: Float32Array.from(frames.flat()),
        seconds: Float64Array.from(frames, (_, frame) => frame / 20),
        start: 0,
        end: FRAMES,
      };
    }),
  );
}
