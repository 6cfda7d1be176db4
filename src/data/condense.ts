import type { SkeletonSequence } from '../runtime/skeleton/sequence.js';
import type { Dataset } from './dataset.js';

/** Averages the frames of a sequence over equal parts of its time; a sequence of at most `maxFrames` is kept as it is. */
export function averageInTime(sequence: SkeletonSequence, maxFrames: number): SkeletonSequence {
  const { frames, persons, joints, positions } = sequence;
  if (frames <= maxFrames) return sequence;
  const width = persons * joints * 3;
  const averaged = new Float32Array(maxFrames * width);
  for (let part = 0; part < maxFrames; part++) {
    const start = Math.floor((part * frames) / maxFrames);
    const end = Math.floor(((part + 1) * frames) / maxFrames);
    for (let i = 0; i < width; i++) averaged[part * width + i] = meanOverFrames(positions, width, i, start, end);
  }
  return { frames: maxFrames, persons, joints, positions: averaged };
}

function meanOverFrames(positions: Float32Array, width: number, column: number, start: number, end: number): number {
  let sum = 0;
  for (let frame = start; frame < end; frame++) sum += positions[frame * width + column];
  return sum / (end - start);
}

/** Averages all sequences to at most `maxFrames` and remembers how many frames each one had; `note` says so. */
export function condense(dataset: Dataset, maxFrames: number, note: string): Dataset {
  const samples = dataset.samples.map((sample) => ({
    ...sample,
    ...averageInTime(sample, maxFrames),
    recordedFrames: sample.recordedFrames ?? sample.frames,
  }));
  return { ...dataset, samples, note: [dataset.note, note].filter((part) => part !== undefined).join(' ') };
}
