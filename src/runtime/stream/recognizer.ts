import { exp } from '../network/exp.js';
import { argmax, type View } from '../view.js';
import { Cells } from './cells.js';
import { Follower } from './follow.js';
import {
  type CreateCounter,
  type CreateFilter,
  type CreateSpotter,
  confidenceOf,
  type RecognizerEvent,
  type RecognizerOptions,
  type ResolvedOptions,
  resolveOptions,
  spottingOf,
} from './options.js';
import { type Frame, FrameReader } from './read-frame.js';
import { likeness, log } from './rejection.js';
import type { Movement } from './spotter.js';

/**
 * Recognises classes in a stream of landmarks, over a window that slides in time.
 * @example
 * const recognizer = new Recognizer(view, { onChange: ({ name }) => console.log(name) });
 * recognizer.push(landmarks, performance.now() / 1000); // one frame, and its time
 */
export class Recognizer {
  /** What is recognised now. */
  current: RecognizerEvent = { name: null, probability: 0, frame: 0, seconds: 0 };
  private view!: View;
  private confidence!: number;
  private readonly options: ResolvedOptions;
  private readonly reader: FrameReader;
  private readonly follower: Follower;
  private readonly filter: InstanceType<CreateFilter> | undefined;
  private readonly cells: Cells;
  private readonly spotter: InstanceType<CreateSpotter> | undefined;
  private readonly counter: InstanceType<CreateCounter> | undefined;
  /** Of the last answer, smoothed: what is compared with the confidence. */
  private sureness = 0;
  /** Of the last answer, [classes]; and the complete cells at it, 0 if there was none. */
  private readonly scores: Float64Array;
  private answered = 0;
  private pushed = 0;
  /** Of the last frame, of the last one that saw anybody, and of the last answer with a class. */
  private time = -Infinity;
  private seen = Number.NaN;
  private recognised = 0;

  /** @throws RangeError on unknown options, and on values that make no sense */
  constructor(view: View, options: RecognizerOptions = {}) {
    const resolved = resolveOptions(options, view);
    const { persons, frames, classes, layout } = view;
    const { window, bridge, follow, movements, oneEuro, repetitions } = resolved;
    const joints = layout.joints.length;
    this.options = resolved;
    this.use(view);
    this.reader = new FrameReader({ persons, joints, ...resolved });
    this.follower = new Follower(persons, joints, follow);
    this.filter = oneEuro && new oneEuro(view.stream.oneEuro!, persons * joints);
    this.cells = new Cells(frames, persons * joints, window / frames, bridge === 'hold');
    this.spotter = movements && new movements(spottingOf(this.options, this.confidence));
    this.counter = repetitions && new repetitions(persons * joints * 3);
    this.scores = new Float64Array(classes.length);
  }

  /** Goes on with another view of the same model: a smaller or larger network. */
  use(view: View): void {
    this.view = view;
    this.confidence = confidenceOf(this.options, view);
    this.spotter?.adopt(spottingOf(this.options, this.confidence));
  }

  /**
   * Takes the next frame and its time in seconds, by default that of the frame rate; an event if the answer changed.
   * @throws RangeError on a frame of other size or other things, and on a time before the last: it leaves no trace
   */
  push(frame: Frame, seconds?: number): RecognizerEvent | undefined {
    const { options, reader, follower, cells } = this;
    const time = seconds ?? (this.pushed ? this.time + 1 / options.framesPerSecond : 0);
    if (!Number.isFinite(time) || time < this.time) {
      throw new RangeError(`seconds: expected ${this.time} or later, found ${seconds}`);
    }
    const persons = reader.read(frame);
    this.time = time;
    this.pushed++;
    const ended = time - this.seen > options.gap ? this.reset() : undefined;
    if (!follower.place(reader.positions, persons)) return ended;
    this.seen = time;
    this.filter?.smooth(follower.positions, time);
    cells.add(follower.positions, time, options.gap);
    const { complete } = cells;
    const { step, least } = options;
    const isStep = !this.answered || Math.floor(complete / step) > Math.floor(this.answered / step);
    return isStep && complete >= least ? this.classify(complete) : ended;
  }

  /** Forgets the frames so far: nothing is recognised until enough of the window is seen again. */
  reset(): RecognizerEvent | undefined {
    this.finish();
    this.filter?.clear();
    this.cells.clear();
    this.follower.clear();
    this.seen = Number.NaN;
    this.answered = 0;
    return this.answer(null, 0);
  }

  /** Ends the movement that goes on, as at the end of the stream. */
  finish(): void {
    this.tell(this.spotter?.finish());
  }

  private classify(complete: number): RecognizerEvent | undefined {
    const { view, cells, scores } = this;
    const { smoothing, nothing, step, means, hold } = this.options;
    const now = this.scoresOf(view, cells);
    const past = this.answered && exp(((complete - this.answered) / step) * log(smoothing));
    for (let i = 0; i < scores.length; i++) scores[i] = past * scores[i] + (1 - past) * now[i];
    const label = argmax(scores);
    const name = view.classes[label];
    const mean = means?.[label];
    this.sureness = mean ? past * this.sureness + (1 - past) * likeness(now, mean) : scores[label];
    const isUnsure = this.sureness < this.confidence;
    const isRefused = nothing.includes(name) || (isUnsure && mean);
    this.spot(isRefused ? -1 : label, complete);
    this.answered = complete;
    if (!isUnsure && !isRefused) {
      this.recognised = this.time;
      return this.answer(name, scores[label]);
    }
    return this.time - this.recognised < hold ? undefined : this.answer(null, scores[label]);
  }

  /** Of a window, probabilities of the classes. @internal */
  protected scoresOf(view: View, cells: Cells): readonly number[] {
    const { persons, layout, frames } = view;
    const { window: positions, room } = cells;
    return view.predict({ frames, persons, joints: layout.joints.length, positions, room }).scores;
  }

  /** Looks for movements, and counts the repetitions of one that goes on. */
  private spot(label: number, complete: number): void {
    const { spotter, counter, cells, options, time } = this;
    this.tell(spotter?.update(time, this.scores, label, cells.origin));
    const current = spotter?.current;
    const isNew = current?.known === time; // of it, nothing was looked at yet
    if (!current || !counter?.watch(cells.window, complete - (isNew ? 0 : this.answered), isNew)) return;
    options.onRepetition?.({ name: this.view.classes[current.label], count: counter.count, seconds: time });
  }

  private tell(movement: Movement | undefined): void {
    if (!movement) return;
    const { label, ...facts } = movement;
    this.options.onMovement?.({ name: this.view.classes[label], ...facts });
  }

  private answer(name: string | null, probability: number): RecognizerEvent | undefined {
    if (name === this.current.name) return undefined;
    this.current = { name, probability, frame: this.pushed, seconds: this.time };
    this.options.onChange?.(this.current);
    return this.current;
  }
}
