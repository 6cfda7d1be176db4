/** Streams of the sequences that validate: recordings around segments, and recordings by themselves. */
import type { Dataset, Sample } from '../../data/dataset.js';
import { frameRateOf } from '../../data/durations.js';
import type { SkeletonSequence } from '../../runtime/skeleton/sequence.js';
import { framesOf } from './answer-stream.js';
import type { TrueSegment } from './match.js';
import type { Stream } from './stream-report.js';

type Recordings = Pick<Dataset, 'samples' | 'classes' | 'nothing'>;

/** A stream whose segments are known. */
export type KnownStream = Stream & { readonly segments: readonly TrueSegment[] };

/**
 * What a stream of each recording would be that the samples at `indices` are of: a segment for each that means something. A
 * recording is left out where another of its segments is not among them.
 */
export function validationStreams(dataset: Recordings, indices: readonly number[]): KnownStream[] {
  const { samples } = dataset;
  const mine = new Set(indices.map((index) => samples[index]));
  const others = samples.filter((sample) => !mine.has(sample) && hasMeaning(sample, dataset));
  const foreign = new Set(others.map(({ within }) => within?.sequence));
  const recordings = new Map<SkeletonSequence, Sample[]>();
  for (const sample of mine) {
    const whole = sample.within?.sequence ?? sample;
    if (sample.within && foreign.has(whole)) continue;
    const parts = recordings.get(whole);
    if (parts) parts.push(sample);
    else recordings.set(whole, [sample]);
  }
  return [...recordings].map(([whole, parts]) => streamOf(whole, parts, dataset));
}

function hasMeaning({ label }: Sample, { classes, nothing = [] }: Recordings): boolean {
  return !nothing.includes(classes[label]);
}

/** Times from 0, by the time stamps or the frame rate. */
function streamOf(whole: SkeletonSequence, parts: readonly Sample[], dataset: Recordings): KnownStream {
  const { frames } = whole;
  const rate = frameRateOf('within' in parts[0] && parts[0].within ? whole : parts[0]);
  const begin = whole.seconds?.[0] ?? 0;
  const seconds = Float64Array.from({ length: frames }, (_, i) =>
    whole.seconds ? whole.seconds[i] - begin : i / rate,
  );
  const segments = parts
    .filter((part) => hasMeaning(part, dataset))
    .map(({ label, within, frames: length }) => {
      const first = within?.first ?? 0;
      return { label, start: seconds[first], end: seconds[first + length - 1] + 1 / rate };
    });
  const { persons, joints, positions } = whole;
  const sequence = { frames, persons, joints, positions, seconds };
  return {
    id: parts[0].id,
    frames: { [Symbol.iterator]: () => framesOf(sequence) },
    seconds: seconds[frames - 1] + 1 / rate,
    segments: segments.toSorted((a, b) => a.start - b.start),
  };
}
