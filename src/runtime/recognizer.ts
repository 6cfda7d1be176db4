import type { View } from './view.js';

/** How a stream is cut into windows, and what counts as recognised. */
export interface RecognizerOptions {
  /** Frames that are classified together, about the length of a movement; 48 by default. */
  readonly frames?: number;
  /** Frames from one classification to the next; 4 by default. */
  readonly every?: number;
  /** Share of the past in the scores, from 0 up to 1; 0.5 by default. */
  readonly smoothing?: number;
  /** A class is less probable than this: nothing is recognised; 0.6 by default. */
  readonly confidence?: number;
  /** Classes that mean nothing; none by default. */
  readonly nothing?: readonly string[];
  readonly onChange?: (event: RecognizerEvent) => void;
}

/** What is recognised from a frame on. */
export interface RecognizerEvent {
  /** A class, or null for nothing. */
  readonly name: string | null;
  readonly probability: number;
  /** Frames that were pushed before. */
  readonly frame: number;
}

/**
 * Recognises classes in a stream of landmarks, over a sliding window.
 * @example
 * const recognizer = new Recognizer(view, { frames: 48, onChange: ({ name }) => console.log(name) });
 * recognizer.push(frame); // one frame: [persons][joints][x, y, z]
 */
export class Recognizer {
  /** What is recognised now. */
  current: RecognizerEvent = { name: null, probability: 0, frame: 0 };
  private view: View;
  private readonly options: Required<RecognizerOptions>;
  private readonly window: Float32Array;
  private readonly size: number;
  private scores: readonly number[] | undefined;
  private held = 0;
  private pushed = 0;

  /** @throws RangeError on options out of range, and on a class in `nothing` that the view does not have */
  constructor(view: View, options: RecognizerOptions = {}) {
    const { frames = 48, every = 4, smoothing = 0.5, confidence = 0.6, nothing = [], onChange = () => {} } = options;
    const isWhole = frames >= 2 && every >= 1 && (frames % 1) + (every % 1) === 0;
    if (!isWhole || !(smoothing >= 0 && smoothing < 1 && confidence >= 0)) {
      throw new RangeError('options: expected whole frames >= 2 and every >= 1, smoothing in [0, 1), confidence >= 0');
    }
    const unknown = nothing.find((name) => !view.classes.includes(name));
    if (unknown !== undefined) throw new RangeError(`nothing: expected classes of the model, found ${unknown}`);
    this.view = view;
    this.options = { frames, every, smoothing, confidence, nothing, onChange };
    this.size = view.persons * view.layout.joints.length * 3;
    this.window = new Float32Array(this.options.frames * this.size);
  }

  /** Goes on with another view of the same model: a smaller or larger network. */
  use(view: View): void {
    this.view = view;
  }

  /**
   * Takes the next frame, [persons][joints][x, y, z] laid end to end, with NaN, null or undefined where a joint is lost, or
   * null or undefined where nobody is seen; an event if the answer changed.
   * @throws RangeError on a frame of other size, or that has other things than finite numbers: it leaves no trace
   */
  push(frame: ArrayLike<number | null | undefined> | null | undefined): RecognizerEvent | undefined {
    const { options, size, window } = this;
    if (frame === null || frame === undefined) {
      this.pushed++;
      return this.reset();
    }
    const values = Array.from(frame, (value) => value ?? Number.NaN);
    const bad = values.find((value) => typeof value !== 'number' || Math.abs(value) === Infinity);
    if (values.length !== size || bad !== undefined) {
      const found = bad === undefined ? values.length : typeof bad === 'number' ? bad : `${typeof bad}s`;
      throw new RangeError(
        `frame: expected ${size} numbers x, y, z, x, ... laid end to end, NaN or null where a joint is lost; found ${found}`,
      );
    }
    this.pushed++;
    window.copyWithin(0, size);
    window.set(values, window.length - size);
    const isFull = ++this.held >= options.frames;
    return isFull && this.pushed % options.every === 0 ? this.classify() : undefined;
  }

  /** Forgets the frames so far: nothing is recognised until the window is full again. */
  reset(): RecognizerEvent | undefined {
    this.held = 0;
    this.scores = undefined;
    return this.answer(null, 0);
  }

  private classify(): RecognizerEvent | undefined {
    const { frames, smoothing, confidence, nothing } = this.options;
    const { persons, layout, classes } = this.view;
    const { scores } = this.view.predict({ frames, persons, joints: layout.joints.length, positions: this.window });
    const past = this.scores ?? scores;
    const smooth = scores.map((score, i) => smoothing * past[i] + (1 - smoothing) * score);
    const probability = Math.max(...smooth);
    const name = classes[smooth.indexOf(probability)];
    this.scores = smooth;
    return this.answer(probability < confidence || nothing.includes(name) ? null : name, probability);
  }

  private answer(name: string | null, probability: number): RecognizerEvent | undefined {
    if (name === this.current.name) return undefined;
    this.current = { name, probability, frame: this.pushed };
    this.options.onChange(this.current);
    return this.current;
  }
}
