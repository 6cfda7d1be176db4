/** When movements of a stream begin and end, chosen on streams that the network was not trained on. */
import { rounded } from '../../core/math.js';
import { runtimeOf } from '../../model/file/runtime-of.js';
import type { Model } from '../../model/model.js';
import type { StatedSpotting, StreamContract } from '../../runtime/file/header.js';
import type { Cells } from '../../runtime/stream/cells.js';
import { OneEuroFilter } from '../../runtime/stream/one-euro.js';
import { Recognizer } from '../../runtime/stream/recognizer.js';
import { type Movement, Spotter } from '../../runtime/stream/spotter.js';
import type { View } from '../../runtime/view.js';
import { type Choice, chooseThresholds } from './choose-thresholds.js';
import { type StreamScore, scoreStreams } from './score-streams.js';
import { firstFrames, type KnownStream } from './validation-streams.js';

/** False alarms a minute between movements that are accepted, unless a recipe says otherwise. */
const ALARMS = 1;
/** The rates that are looked at together: the same thresholds hold at all. */
const RATES = [0, 0.9, 0.98];
/** Between movements, there have to be so many minutes, or too little is known of alarms. */
const LEAST_MINUTES = 1;

/**
 * Frames of streams that are looked at, half an hour at 28 a second: each is classified at most once a rate, and replayed for each of the 75
 * choices that are tried.
 */
const MOST_FRAMES = 50_000;

/** Thresholds that were chosen, and what they find on validation: means over the rates. */
export interface FittedThresholds {
  /** False alarms a minute that were accepted at most. */
  readonly alarms: number;
  readonly choice: {
    readonly enter: number;
    /** As a part of `enter`. */
    readonly leave: number;
    readonly smoothing: number;
  };
  readonly score: {
    readonly segments: number;
    readonly found: number;
    readonly falsePositives: number;
    readonly alarmsPerMinute: number;
    readonly minutesBetween: number;
  };
}

/** What is fixed already is not chosen: by a recipe. */
export interface ThresholdOptions {
  /** False alarms a minute, at most. */
  readonly alarms?: number | undefined;
  readonly stated?: Pick<StreamContract, 'smoothing' | 'spotting'> | undefined;
}

/**
 * The model with thresholds for a stream: of those that have at most so many false alarms a minute, the ones with the most
 * movements found and the fewest false ones, 2 · found / (found + segments + false positives); where none has as few, of all of them. Of many streams, 50,000 frames are looked at, evenly over them. The model as it is, without `fitted`, where the streams have no movements or less than a minute between them.
 */
export function fitThresholds(
  model: Model,
  streams: readonly KnownStream[],
  { alarms = ALARMS, stated = {} }: ThresholdOptions = {},
): { readonly model: Model; readonly fitted?: FittedThresholds } {
  const nothing = scoreStreams(
    streams.map(({ seconds, segments }) => ({ seconds, segments, movements: [] })),
    'overlap',
  );
  if (nothing.segments === 0 || nothing.minutesBetween < LEAST_MINUTES) return { model };
  const runtime = runtimeOf(model);
  const seen = firstFrames(streams, MOST_FRAMES);
  const tracks = RATES.flatMap((rate) => {
    const view = runtime.view(rate);
    return seen.map((stream) => new Track(view, stream));
  });
  const isSpotted = statesBounds(stated.spotting);
  const isFixed = {
    enter: isSpotted,
    leave: isSpotted,
    smoothing: stated.smoothing !== undefined,
  };
  const scoreOf = (choice: Choice) => {
    const contract = contractOf(model, choice, stated);
    const answered = tracks.map(({ stream, answer }) => ({ ...stream, movements: answer(contract) }));
    return scoreStreams(answered, 'overlap');
  };
  const best = chooseThresholds(scoreOf, isFixed, alarms);
  const fitted = { alarms, choice: best.choice, score: perRate(best.score) };
  return { model: model.describedBy({ stream: contractOf(model, best.choice, stated) }), fitted };
}

/** Whether movements have bounds that belong together already. */
function statesBounds({ enter, leave }: StatedSpotting = {}): boolean {
  return (enter ?? leave) !== undefined;
}

/** As the file states it. */
function contractOf(model: Model, choice: Choice, { smoothing, spotting }: NonNullable<ThresholdOptions['stated']>) {
  const { enter } = choice;
  return {
    ...model.description.stream,
    smoothing: smoothing ?? choice.smoothing,
    spotting: statesBounds(spotting) ? spotting : { ...spotting, enter, leave: rounded(enter * choice.leave, 3) },
  };
}

function perRate({ segments, found, falsePositives, alarmsPerMinute, minutesBetween }: StreamScore) {
  const share = (count: number) => rounded(count / RATES.length, 2);
  return {
    segments: share(segments),
    found: share(found),
    falsePositives: share(falsePositives),
    alarmsPerMinute: rounded(alarmsPerMinute, 2),
    minutesBetween: share(minutesBetween),
  };
}

/** A stream at a rate, whose windows are run once, whatever is then made of them. */
class Track {
  readonly stream: KnownStream;
  private readonly view: View;
  private readonly windows: (readonly number[])[] = [];

  constructor(view: View, stream: KnownStream) {
    this.view = view;
    this.stream = stream;
  }

  /** The movements that the recogniser finds by a contract. */
  readonly answer = (contract: StreamContract): Movement[] => {
    const { view, windows, stream } = this;
    const movements: Movement[] = [];
    const recognizer = new Replay(Object.create(view, { stream: { value: contract } }) as View, windows, {
      movements: Spotter,
      oneEuro: contract.oneEuro && OneEuroFilter,
      onMovement: ({ name, ...movement }) => movements.push({ label: view.classes.indexOf(name), ...movement }),
    });
    for (const { frame, seconds } of stream.frames) recognizer.push(frame, seconds);
    recognizer.finish();
    return movements;
  };
}

/** A recogniser of a stream that it, or another of the same windows, has seen before. */
class Replay extends Recognizer {
  private readonly windows: (readonly number[])[];
  private next = 0;

  constructor(view: View, windows: (readonly number[])[], options: ConstructorParameters<typeof Recognizer>[1]) {
    super(view, options);
    this.windows = windows;
  }

  protected override scoresOf(view: View, cells: Cells): readonly number[] {
    this.windows[this.next] ??= super.scoresOf(view, cells);
    return this.windows[this.next++];
  }
}
