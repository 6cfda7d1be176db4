import { runtimeOf } from '../../model/file/runtime-of.js';
import type { Model } from '../../model/model.js';
import type { RecognizerOptions } from '../../runtime/stream/options.js';
import type { Movement } from '../../runtime/stream/spotter.js';
import { answerStream, type TimedFrame } from './answer-stream.js';
import { matchMovements, type Protocol, type TrueSegment } from './match.js';
import { type StreamScore, scoreStreams } from './score-streams.js';

/** A stream that is to be answered. */
export interface Stream {
  readonly id: string;
  /** Can be gone through again for every rate. */
  readonly frames: Iterable<TimedFrame>;
  readonly seconds: number;
  /** What truly happens in it; undefined if nobody knows. */
  readonly segments: readonly TrueSegment[] | undefined;
}

/** A movement, and whether it is a true one where that is known. */
export interface JudgedMovement extends Movement {
  readonly name: string;
  readonly isFound?: boolean;
}

/** The answers to streams at a rate. */
export interface StreamRow {
  readonly rate: number;
  /** Of streams whose segments are known. */
  readonly score: StreamScore | undefined;
  /** Of each stream. */
  readonly movements: readonly (readonly JudgedMovement[])[];
}

/** What a model answers to streams at several rates. */
export interface StreamReport {
  readonly protocol: Protocol;
  readonly streams: readonly {
    readonly id: string;
    readonly seconds: number;
    readonly segments: readonly (TrueSegment & { readonly name: string })[] | undefined;
  }[];
  readonly rates: readonly StreamRow[];
}

/** What streams are answered with. */
export interface StreamReportOptions {
  readonly rates: readonly number[];
  readonly protocol: Protocol;
  /** Of the recogniser, beside those that the model states. */
  readonly recognizer?: Omit<RecognizerOptions, 'onMovement'>;
}

/** Answers streams as the product would. @throws RangeError on options of the recogniser, and on bad frames */
export function createStreamReport(
  model: Model,
  streams: readonly Stream[],
  { rates, protocol, recognizer }: StreamReportOptions,
): StreamReport {
  const { classes } = model.description;
  const runtime = runtimeOf(model);
  const rows = rates.map((rate): StreamRow => {
    const view = runtime.view(rate);
    const answers = streams.map((stream) => answerStream(view, stream.frames, recognizer));
    const known = streams.flatMap(({ seconds, segments }, i) =>
      segments === undefined ? [] : [{ seconds, segments, movements: answers[i] }],
    );
    return {
      rate,
      score: known.length === 0 ? undefined : scoreStreams(known, protocol),
      movements: answers.map((movements, i) => judge(movements, streams[i].segments, protocol, classes)),
    };
  });
  const facts = streams.map(({ id, seconds, segments }) => ({
    id,
    seconds,
    segments: segments?.map((segment) => ({ ...segment, name: classes[segment.label] })),
  }));
  return { protocol, streams: facts, rates: rows };
}

function judge(
  movements: readonly Movement[],
  segments: readonly TrueSegment[] | undefined,
  protocol: Protocol,
  classes: readonly string[],
): JudgedMovement[] {
  const matches = segments && matchMovements({ segments, movements }, protocol);
  return movements.map((movement, i) => {
    const named = { ...movement, name: classes[movement.label] };
    return matches === undefined ? named : { ...named, isFound: matches[i] >= 0 };
  });
}
