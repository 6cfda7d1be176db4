import { LEAST_VISIBILITY } from '../../../runtime/stream/read-frame.js';
import type { Extracted } from './grid.js';

/** What was found out about the numbers of a recording. */
export interface Found {
  readonly extracted: Extracted;
  readonly notes: readonly string[];
}

/**
 * Marks as lost (NaN) what the numbers themselves tell: a joint of low visibility, a joint of score 0 where the third
 * coordinate is a score, and a person who is all zeros, which is how arrays are filled up.
 */
export function markLosses(extracted: Extracted, isScored: boolean): Found {
  const { positions, joints } = extracted;
  const scored = isScored || hasScores(extracted);
  if (scored) takeScores(positions);
  const hidden = hide(extracted);
  const absent = joints === 1 ? 0 : markAbsent(extracted);
  const notes = [
    ...(scored && !isScored ? ['the third coordinate is read as a score: it lies in 0 to 1 beside pixels'] : []),
    ...(hidden > 0 ? [`${hidden} joints lost (visibility below ${LEAST_VISIBILITY})`] : []),
    ...(absent > 0 ? [`a person is absent ${absent} times (all zeros)`] : []),
  ];
  return { extracted: scored ? { ...extracted, dimensions: 2 } : extracted, notes };
}

/** Frames up to the last one in which somebody is seen; at least one. */
export function usedFrames({ frames, persons, joints, positions }: Extracted): number {
  const width = persons * joints * 3;
  let last = frames * width - 1;
  while (last >= width && Number.isNaN(positions[last])) last--;
  return Math.floor(last / width) + 1;
}

/** Whether the third numbers are scores: all within 0 and 1, beside x and y of pixels. */
function hasScores({ positions, dimensions }: Extracted): boolean {
  if (dimensions === 2) return false;
  let largest = 0;
  for (let at = 0; at < positions.length; at += 3) {
    if (positions[at + 2] < 0 || positions[at + 2] > 1) return false;
    largest = Math.max(largest, positions[at] || 0, positions[at + 1] || 0);
  }
  return largest > 20;
}

function takeScores(positions: Float32Array): void {
  for (let at = 0; at < positions.length; at += 3) {
    if (positions[at + 2] > 0) positions[at + 2] = 0;
    else lose(positions, at);
  }
}

/** Visibilities that are all 0 tell nothing: MediaPipe's Tasks write them of hands, which have none. */
function hide({ positions, visibility }: Extracted): number {
  const isTold = visibility?.some((value) => value !== 0) ?? false;
  let hidden = 0;
  for (let node = 0; node < positions.length / 3; node++) {
    const at = node * 3;
    if (Number.isNaN(positions[at] + positions[at + 1] + positions[at + 2])) lose(positions, at);
    else if (isTold && !(visibility![node] >= LEAST_VISIBILITY)) {
      lose(positions, at);
      hidden++;
    }
  }
  return hidden;
}

function markAbsent({ positions, joints }: Extracted): number {
  let absent = 0;
  for (let at = 0; at < positions.length; at += joints * 3) {
    const end = at + joints * 3;
    let from = at;
    while (from < end && positions[from] === 0) from++;
    if (from < end) continue;
    positions.fill(Number.NaN, at, end);
    absent++;
  }
  return absent;
}

function lose(positions: Float32Array, at: number): void {
  positions.fill(Number.NaN, at, at + 3);
}
