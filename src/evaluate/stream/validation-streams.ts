/** Streams of the sequences that validate: recordings around segments, and recordings by themselves. */
import type { Dataset, Sample } from '../../data/dataset.js';
import { frameRateOf } from '../../data/durations.js';
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
  const foreign = new Set(others.filter(({ within }) => within).map(recordingOf));
  const recordings = new Map<string, Sample[]>();
  for (const sample of mine) {
    const whole = sample.within ? recordingOf(sample) : sample.id;
    if (sample.within && foreign.has(whole)) continue;
    recordings.set(whole, [...(recordings.get(whole) ?? []), sample]);
  }
  return [...recordings].map(([id, parts]) => streamOf(id, parts, dataset));
}

function hasMeaning({ label }: Sample, { classes, nothing = [] }: Recordings): boolean {
  return !nothing.includes(classes[label]);
}

/** The recording that a segment, `recording#first-last`, is of. */
function recordingOf({ id }: Sample): string {
  return id.slice(0, id.lastIndexOf('#'));
}

/** A part with what was recorded around it, and the time of each frame of that in the recording. */
function timedPart(sample: Sample) {
  const { within = { sequence: sample, first: 0 } } = sample;
  const { sequence, first } = within;
  const rate = frameRateOf(sample);
  const begin = (sample.within ? Number(/#([\d.]+)-[\d.]+$/.exec(sample.id)?.[1] ?? 0) : 0) - first;
  const times = sequence.seconds ?? Float64Array.from({ length: sequence.frames }, (_, i) => (begin + i) / rate);
  return { sample, sequence, times, start: times[first], end: times[first + sample.frames - 1] + 1 / rate };
}

/** Put together of what was recorded around its parts, each frame once; times from 0. */
function streamOf(id: string, samples: readonly Sample[], dataset: Recordings): KnownStream {
  const parts = samples.map(timedPart).toSorted((a, b) => a.start - b.start);
  const frames: { readonly frame: Float32Array; readonly seconds: number }[] = [];
  const begin = parts[0].times[0];
  let last = -Infinity;
  for (const { sequence, times } of parts) {
    const width = sequence.persons * sequence.joints * 3;
    for (let i = 0; i < sequence.frames; i++) {
      if (times[i] <= last) continue;
      last = times[i];
      frames.push({ frame: sequence.positions.subarray(i * width, (i + 1) * width), seconds: last - begin });
    }
  }
  const segments = parts
    .filter(({ sample }) => hasMeaning(sample, dataset))
    .map(({ sample: { label }, start, end }) => ({ label, start: start - begin, end: end - begin }));
  return { id, frames, seconds: last - begin + 1 / frameRateOf(samples[0]), segments };
}
