/**
 * Lost joints in an .anyset file: runs of places, as pairs of numbers. A place is node × frames + frame, so that a joint
 * that is lost for some frames is one run; each pair is the distance from the end of the run before, and the length.
 */
import { damaged } from '../../core/bytes.js';
import type { SkeletonSequence } from '../../runtime/skeleton/sequence.js';

/** The runs of each recording; nothing where no recording has lost a joint. */
export function gapsOfAll(sequences: readonly SkeletonSequence[]): number[][] | undefined {
  const gaps = sequences.map(gapsOf);
  return gaps.some(({ length }) => length > 0) ? gaps : undefined;
}

function gapsOf({ frames, positions }: SkeletonSequence): number[] {
  const nodes = positions.length / 3 / frames;
  const runs: number[] = [];
  let [end, start] = [0, -1];
  const places = frames * nodes;
  for (let place = 0; place <= places; place++) {
    const isLost = place < places && Number.isNaN(positions[indexOf(place, frames, nodes)]);
    if (isLost && start < 0) start = place;
    if (isLost || start < 0) continue;
    runs.push(start - end, place - start);
    [end, start] = [place, -1];
  }
  return runs;
}

/** Index of the x of a place. */
function indexOf(place: number, frames: number, nodes: number): number {
  return ((place % frames) * nodes + Math.floor(place / frames)) * 3;
}

/** The same with numbers throughout: a lost joint stays where it was last seen, or at 0. */
export function withoutGaps<T extends SkeletonSequence>(sequence: T): T {
  const { frames, positions } = sequence;
  if (!positions.some(Number.isNaN)) return sequence;
  const filled = positions.slice();
  const width = positions.length / frames;
  for (let at = 0; at < filled.length; at++) {
    if (Number.isNaN(filled[at])) filled[at] = at < width ? 0 : filled[at - width];
  }
  return { ...sequence, positions: filled };
}

/** Writes NaN where joints are lost. @throws InputError on runs beyond the recording */
export function restoreGaps({ frames, positions }: SkeletonSequence, runs: readonly number[], source: string): void {
  const nodes = positions.length / 3 / frames;
  let place = 0;
  for (let i = 0; i < runs.length; i += 2) {
    place += runs[i];
    const end = place + runs[i + 1];
    if (!(end <= frames * nodes))
      throw damaged(source, 'samples.lost', `runs within ${frames * nodes} places`, `${end}`);
    for (; place < end; place++) {
      const at = indexOf(place, frames, nodes);
      positions.fill(Number.NaN, at, at + 3);
    }
  }
}
