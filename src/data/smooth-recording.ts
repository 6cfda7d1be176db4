import type { StreamContract } from '../runtime/file/header.js';
import type { SkeletonSequence } from '../runtime/skeleton/sequence.js';
import { smoothed } from '../runtime/stream/one-euro.js';
import type { Sample } from './dataset.js';
import { frameRateOf, isTimed } from './durations.js';

type Filter = StreamContract['oneEuro'];
type Recording = SkeletonSequence & Partial<Pick<Sample, 'within' | 'recordedFrames'>>;

/**
 * A recording as a network is trained on it, and answers it: smoothed, where the recipe or the model states how. A segment is
 * a part of the smoothed recording around it, as it is of a stream.
 */
export function smoothRecording<R extends Recording>(recording: R, { oneEuro }: { oneEuro?: Filter } = {}): R {
  if (oneEuro === undefined) return recording;
  const { within, frames, persons, joints } = recording;
  if (within === undefined) return smoothTimed(recording, oneEuro);
  const sequence = smoothWhole(within.sequence, oneEuro);
  const width = persons * joints * 3;
  const positions = sequence.positions.slice(within.first * width, (within.first + frames) * width);
  return { ...recording, positions, within: { ...within, sequence } };
}

/** The recording around the last segment: segments of one follow each other. */
let last: { readonly of: SkeletonSequence; readonly oneEuro: Filter; readonly smoothed: SkeletonSequence } | undefined;

function smoothWhole(sequence: SkeletonSequence, oneEuro: NonNullable<Filter>): SkeletonSequence {
  if (last?.of !== sequence || last.oneEuro !== oneEuro) {
    last = { of: sequence, oneEuro, smoothed: smoothTimed(sequence, oneEuro) };
  }
  return last.smoothed;
}

/** By its time stamps or, without them, by the frame rate that it is taken to have. */
function smoothTimed<R extends Recording>(recording: R, oneEuro: NonNullable<Filter>): R {
  if (isTimed(recording)) return smoothed(recording, oneEuro);
  const step = 1 / frameRateOf(recording);
  const seconds = Float64Array.from({ length: recording.frames }, (_, frame) => frame * step);
  return { ...recording, positions: smoothed({ ...recording, seconds }, oneEuro).positions };
}
