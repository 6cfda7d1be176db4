/** Streams of the sequences that validate: recordings around segments, and recordings by themselves. */
import type { Dataset, Sample } from '../../data/dataset.js';
import { frameRateOf } from '../../data/durations.js';
import type { TimedFrame } from './answer-stream.js';
import type { TrueSegment } from './match.js';
import type { Stream } from './stream-report.js';

type Recordings = Pick<Dataset, 'samples' | 'classes' | 'nothing'>;

/** A stream whose segments are known, and the time of each frame. */
export interface KnownStream extends Stream {
  readonly frames: readonly Required<TimedFrame>[];
  readonly segments: readonly TrueSegment[];
}

/**
 * What a stream of each recording would be that the samples at `indices` are of: a segment for each that means something. A
 * recording is left out where another of its segments is not among them.
 * @param held seconds for which the last pose of a recording by itself stays, so that its end is answered too: half a window
 */
export function validationStreams(dataset: Recordings, indices: readonly number[], held: number): KnownStream[] {
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
  return [...recordings].map(([id, parts]) => streamOf(id, parts, dataset, held));
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
  const { sequence, first, begin = 0 }: NonNullable<Sample['within']> = sample.within ?? { sequence: sample, first: 0 };
  const rate = frameRateOf(sample);
  const times = Float64Array.from({ length: sequence.frames }, (_, i) => begin + (sequence.seconds?.[i] ?? i / rate));
  return { sample, sequence, times, start: times[first], end: times[first + sample.frames - 1] + 1 / rate };
}

/** Put together of what was recorded around its parts, each frame once; times from 0. */
function streamOf(id: string, samples: readonly Sample[], dataset: Recordings, held: number): KnownStream {
  const parts = samples.map(timedPart).toSorted((a, b) => a.start - b.start);
  const frames: Required<TimedFrame>[] = [];
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
  const step = 1 / frameRateOf(samples[0]);
  const seconds = last - begin + step;
  const { frame } = frames[frames.length - 1];
  for (let time = seconds; !samples[0].within && time < seconds + held; time += step)
    frames.push({ frame, seconds: time });
  const segments = parts
    .filter(({ sample }) => hasMeaning(sample, dataset))
    .map(({ sample: { label }, start, end }) => ({ label, start: start - begin, end: end - begin }));
  return { id, frames, seconds, segments };
}

/** So many frames at most: of streams evenly over all of them, the last of which ends with the frames, or before a segment that they cut. */
export function firstFrames(streams: readonly KnownStream[], most: number): readonly KnownStream[] {
  const stride = Math.ceil(streams.reduce((sum, { frames }) => sum + frames.length, 0) / most);
  if (stride <= 1) return streams;
  const order = [...streams.keys()].toSorted((a, b) => (a % stride) - (b % stride) || a - b);
  const kept: KnownStream[] = [];
  let left = most;
  for (const stream of order.map((index) => streams[index])) {
    if (left > 0) kept.push(beginningOf(stream, left));
    left -= stream.frames.length;
  }
  return kept;
}

function beginningOf(stream: KnownStream, count: number): KnownStream {
  const { frames, segments } = stream;
  if (count >= frames.length) return stream;
  const last = frames[count].seconds;
  const seconds = Math.min(last, ...segments.filter(({ end }) => end > last).map(({ start }) => start));
  return {
    ...stream,
    seconds,
    frames: frames.slice(0, count).filter((frame) => frame.seconds < seconds),
    segments: segments.filter(({ end }) => end <= seconds),
  };
}
