/**
 * Movements in a stream: what is passed to a Recognizer as `movements`, or used by itself.
 * @module anyrate/movements
 */

/** When a movement begins and ends, by the probability of its class. */
export interface SpottingOptions {
  /** A movement is one whose probability is at some time at least this. */
  readonly enter: number;
  /** It lasts from the first to the last answer in which its probability is at least this; two thirds of `enter` by default. */
  readonly leave?: number | undefined;
  /** Seconds that a movement lasts at least: what is shorter is not reported; 0 by default. */
  readonly shortest?: number | undefined;
  /** Seconds after which a movement is over though it goes on; the same class may then follow only after leaving. Any by default. */
  readonly longest?: number | undefined;
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

type Thresholds = { readonly [Name in keyof SpottingOptions]-?: number };
type Span = { -readonly [Key in keyof Movement]: Movement[Key] };

/** Options with their defaults. @throws RangeError on thresholds or lengths that exclude every movement */
export function thresholdsOf(options: SpottingOptions): Thresholds {
  const { enter, leave = (enter * 2) / 3, shortest = 0, longest = Infinity, rest = 0, lag = 0, ...others } = options;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw new RangeError(`spotting: expected enter, leave, shortest, longest, rest, lag, found ${unknown}`);
  }
  const isNumeric = [enter, leave, shortest, longest, rest, lag].every((value) => typeof value === 'number');
  if (
    !(
      isNumeric &&
      leave > 0 &&
      leave <= enter &&
      enter <= 1 &&
      shortest >= 0 &&
      longest > shortest &&
      rest >= 0 &&
      lag >= 0
    )
  ) {
    throw new RangeError('spotting: expected 0 < leave <= enter <= 1, 0 <= shortest < longest, rest and lag >= 0');
  }
  return { enter, leave, shortest, longest, rest, lag };
}

/**
 * From answers in time to movements, one for each: with hysteresis, a shortest and a longest length.
 * @example
 * const recognizer = new Recognizer(view, { movements: Spotter, onMovement: ({ name, start, end }) => console.log(name, start, end) });
 *
 * const spotter = new Spotter({ enter: 0.7, shortest: 0.2 }); // or by itself
 * const finished = spotter.update(seconds, scores, 0); // class 0 is the most probable; spotter.current goes on
 */
export class Spotter {
  private options!: Thresholds;
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
    this.options = thresholdsOf(options);
  }

  /** The movement that goes on and is known already: the early answer. The next update may change it. */
  get current(): Movement | undefined {
    return this.span.known < Infinity ? this.span : undefined;
  }

  /**
   * Takes the next answer; the movement that is over with it, if one is.
   * @param seconds of the stream, not before the last answer's
   * @param scores probability of every class; they are not kept
   * @param best the most probable class, or −1 if the answer means nothing, whatever the scores
   * @param first when the stream began, before which no movement does
   */
  update(seconds: number, scores: ArrayLike<number>, best: number, first = -Infinity): Movement | undefined {
    const { enter, leave, shortest, longest, rest, lag } = this.options;
    const { span } = this;
    const moment = Math.max(seconds - lag, first);
    const isOther = best !== span.label && scores[best] >= (this.current || this.isOver ? enter : leave);
    const isHeld = best >= 0 && scores[span.label] >= leave;
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
