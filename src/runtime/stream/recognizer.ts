import type { View } from '../view.js';
import { Cells } from './cells.js';
import { Follower } from './follow.js';
import { type RecognizerEvent, type RecognizerOptions, type ResolvedOptions, resolveOptions } from './options.js';
import { type Frame, FrameReader } from './read-frame.js';

/**
 * Recognises classes in a stream of landmarks, over a window that slides in time.
 * @example
 * const recognizer = new Recognizer(view, { onChange: ({ name }) => console.log(name) });
 * recognizer.push(landmarks, performance.now() / 1000); // one frame, and its time
 */
export class Recognizer {
  /** What is recognised now. */
  current: RecognizerEvent = { name: null, probability: 0, frame: 0, seconds: 0 };
  private view: View;
  private confidence: number;
  private readonly options: ResolvedOptions;
  private readonly reader: FrameReader;
  private readonly follower: Follower;
  private readonly cells: Cells;
  /** Of the last answer, [classes]; and the cell after it, −1 if there was none. */
  private readonly scores: Float64Array;
  private answered = -1;
  private pushed = 0;
  /** Of the last frame, of the last one that saw anybody, and of the last answer with a class. */
  private time = Number.NaN;
  private seen = Number.NaN;
  private recognised = 0;

  /** @throws RangeError on unknown options, and on values that make no sense */
  constructor(view: View, options: RecognizerOptions = {}) {
    const resolved = resolveOptions(options, view);
    const { persons, frames: cells } = view;
    const joints = view.layout.joints.length;
    const { partners, aspect, visibility, follow, window, isHeld } = resolved;
    this.view = view;
    this.options = resolved;
    this.confidence = resolved.confidenceOf(view);
    this.reader = new FrameReader({ persons, joints, partners, aspect, visibility });
    this.follower = new Follower(persons, joints, view.layout.anchors.root, follow);
    this.cells = new Cells(cells, persons * joints, window / cells, isHeld);
    this.scores = new Float64Array(view.classes.length);
  }

  /** Goes on with another view of the same model: a smaller or larger network. */
  use(view: View): void {
    this.view = view;
    this.confidence = this.options.confidenceOf(view);
  }

  /**
   * Takes the next frame and its time in seconds, by default that of the frame rate; an event if the answer changed.
   * @throws RangeError on a frame of other size or other things, and on a time before the last: it leaves no trace
   */
  push(frame: Frame, seconds?: number): RecognizerEvent | undefined {
    const { options, reader, follower, cells } = this;
    const time = seconds ?? (this.pushed === 0 ? 0 : this.time + 1 / options.framesPerSecond);
    if (!Number.isFinite(time) || time < this.time) {
      throw new RangeError(`seconds: expected a time in seconds, not before ${this.time}, found ${seconds}`);
    }
    const seen = reader.read(frame);
    this.time = time;
    this.pushed++;
    const isLate = time - this.seen > options.gap;
    const ended = isLate ? this.reset() : undefined;
    if (!follower.place(reader.positions, seen)) return ended;
    this.seen = time;
    cells.add(follower.positions, time, options.gap);
    return this.isDue() ? this.classify() : ended;
  }

  /** Forgets the frames so far: nothing is recognised until enough of the window is seen again. */
  reset(): RecognizerEvent | undefined {
    this.cells.clear();
    this.follower.clear();
    this.seen = Number.NaN;
    this.answered = -1;
    return this.answer(null, 0);
  }

  /** Whether a step has ended since the last answer. */
  private isDue(): boolean {
    const { step, least } = this.options;
    const complete = this.cells.begun - 1;
    return complete >= Math.max(least, 1) && Math.floor(complete / step) > Math.floor(this.answered / step);
  }

  private classify(): RecognizerEvent | undefined {
    const { view, cells, scores, options } = this;
    const { smoothing, nothing, step } = options;
    const complete = cells.begun - 1;
    const { persons, layout, frames } = view;
    const now = view.predict({ frames, persons, joints: layout.joints.length, positions: cells.window }).scores;
    const past = this.answered < 0 ? 0 : smoothing ** ((complete - this.answered) / step);
    let label = 0;
    for (let i = 0; i < scores.length; i++) {
      scores[i] = past * scores[i] + (1 - past) * now[i];
      if (scores[i] > scores[label]) label = i;
    }
    this.answered = complete;
    const name = view.classes[label];
    return this.settle(scores[label] < this.confidence || nothing.includes(name) ? null : name, scores[label]);
  }

  /** An answer, unless it is nothing and the one before it is held. */
  private settle(name: string | null, probability: number): RecognizerEvent | undefined {
    if (name !== null) this.recognised = this.time;
    else if (this.time - this.recognised < this.options.hold) return undefined;
    return this.answer(name, probability);
  }

  private answer(name: string | null, probability: number): RecognizerEvent | undefined {
    if (name === this.current.name) return undefined;
    this.current = { name, probability, frame: this.pushed, seconds: this.time };
    this.options.onChange(this.current);
    return this.current;
  }
}
