import { argmax } from '../view.js';

/** When a movement begins and ends, by the probability of its class. */
export interface SpottingOptions {
  /** A movement is one whose probability is at some time at least this. */
  readonly enter: number;
  /** It lasts from the first to the last answer in which its probability is at least this. */
  readonly leave: number;
  /** Seconds that a movement lasts at least: what is shorter is not reported. */
  readonly shortest: number;
  /** Seconds after which a movement is over though it goes on; the same class may then follow only after leaving. */
  readonly longest: number;
  /** Seconds below `leave` that do not yet end a movement; 0 by default. */
  readonly rest?: number | undefined;
  /** Seconds from the moment that an answer is about, such as the middle of its window, to the answer; 0 by default. */
  readonly lag?: number | undefined;
}

/** One movement of a stream, in seconds of the stream. */
export interface Movement {
  /** Index of its class. */
  readonly label: number;
  readonly start: number;
  /** Of a movement that goes on: so far. */
  readonly end: number;
  /** The greatest that was seen. */
  readonly probability: number;
  /** When it was first known; its delay is this less `start`. */
  readonly known: number;
}

type Span = { -readonly [Key in keyof Movement]: Movement[Key] };

/**
 * From answers in time to movements, one for each: with hysteresis, a shortest and a longest length.
 * @example
 * const spotter = new Spotter({ enter: 0.7, leave: 0.4, shortest: 0.2, longest: 10 });
 * const finished = spotter.update(seconds, scores, false); // spotter.current goes on
 */
export class Spotter {
  private options!: SpottingOptions;
  /** Answers at `leave` or above, one after the other; outside of them the label is −1. */
  private readonly span: Span = { label: -1, start: 0, end: 0, probability: 0, known: Infinity };
  /** The span has reached the greatest length. */
  private isOver = false;

  /** @throws RangeError as `adopt` */
  constructor(options: SpottingOptions) {
    this.adopt(options);
  }

  /** Goes on by other options; a movement that goes on stays. @throws RangeError on thresholds or lengths that exclude every movement */
  adopt(options: SpottingOptions): void {
    const { enter, leave, shortest, longest, rest = 0, lag = 0 } = options;
    if (!(leave > 0 && leave <= enter && enter <= 1 && shortest >= 0 && longest > shortest && rest >= 0 && lag >= 0)) {
      throw new RangeError('spotting: expected 0 < leave <= enter <= 1, 0 <= shortest < longest, rest and lag >= 0');
    }
    this.options = options;
  }

  /** The movement that goes on and is known already: the early answer. The next update may change it. */
  get current(): Movement | undefined {
    return this.span.known < Infinity ? this.span : undefined;
  }

  /**
   * Takes the next answer; the movement that is over with it, if one is.
   * @param seconds of the stream, not before the last answer's
   * @param scores probability of every class; they are not kept
   * @param isRefused whether the answer means nothing, whatever the scores
   */
  update(seconds: number, scores: ArrayLike<number>, isRefused: boolean): Movement | undefined {
    const { enter, leave, shortest, longest, rest = 0, lag = 0 } = this.options;
    const { span } = this;
    const moment = seconds - lag;
    const best = argmax(scores);
    const isOther = best !== span.label && scores[best] >= (this.current || this.isOver ? enter : leave) && !isRefused;
    const isHeld = scores[span.label] >= leave && !isRefused;
    let finished: Movement | undefined;
    if (isOther || (!isHeld && moment - span.end > rest)) {
      finished = this.finish();
      if (!isOther) return finished;
      span.label = best;
      span.start = moment;
      span.probability = 0;
    } else if (!isHeld) return undefined;
    span.end = moment;
    span.probability = Math.max(span.probability, scores[span.label]);
    if (this.isOver) return finished;
    if (span.probability >= enter && moment - span.start >= shortest) span.known = Math.min(span.known, seconds);
    if (moment - span.start < longest) return finished;
    const { label } = span;
    finished = this.finish();
    this.isOver = finished !== undefined;
    if (finished) span.label = label;
    return finished;
  }

  /** Ends what goes on, as where the stream ends; the movement, if it is known. */
  finish(): Movement | undefined {
    const { span } = this;
    const { label, start, end, probability, known } = span;
    span.label = -1;
    span.known = Infinity;
    this.isOver = false;
    return known < Infinity ? { label, start, end, probability, known } : undefined;
  }
}
