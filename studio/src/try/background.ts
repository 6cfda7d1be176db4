// Ordinary motion as it was recorded: the pieces that the recorder cut, one after the other again.
import type { SkeletonSequence } from 'anyrate/runtime';
import { type Clip, keptPart, secondsOf } from '../clip.js';

/** Recordings of ordinary motion, those pieces joined that one camera recorded one after the other. */
export function joinPieces(clips: readonly Clip[]): SkeletonSequence[] {
  const runs: Clip[][] = [];
  for (const clip of clips) {
    const run = runs.at(-1);
    if (run !== undefined && follows(clip, run.at(-1)!)) run.push(clip);
    else runs.push([clip]);
  }
  return runs.map(joined);
}

function follows(clip: Clip, before: Clip): boolean {
  const isNext = Number(clip.id) === Number(before.id) + 1;
  return isNext && clip.source === 'camera' && before.source === 'camera' && clip.person === before.person;
}

/** Each piece begins one frame after the one before it. */
function joined(clips: readonly Clip[]): SkeletonSequence {
  const parts = clips.map(keptPart);
  const frames = parts.reduce((sum, part) => sum + part.frames, 0);
  const { persons, joints } = parts[0];
  const size = persons * joints * 3;
  const positions = new Float32Array(frames * size);
  const seconds = new Float64Array(frames);
  let [at, start] = [0, 0];
  for (const [i, part] of parts.entries()) {
    const step = secondsOf(clips[i]) / Math.max(part.frames - 1, 1);
    positions.set(part.positions, at * size);
    for (let frame = 0; frame < part.frames; frame++)
      seconds[at + frame] = start + (part.seconds?.[frame] ?? frame * step);
    at += part.frames;
    start = seconds[at - 1] + step;
  }
  return { frames, persons, joints, positions, seconds };
}
