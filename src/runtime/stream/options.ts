import type { OneEuro, Rejection, StatedSpotting } from '../file/header.js';
import { MOST_FRAMES_A_SECOND, MOST_SECONDS } from '../file/limits.js';
import type { View } from '../view.js';
import { checkContract } from './contract.js';
import { FRAMES_PER_SECOND } from './one-euro.js';
import { LEAST_VISIBILITY } from './read-frame.js';
import { shareFor, thresholdAt } from './rejection.js';
import type { Movement, SpottingOptions } from './spotter.js';

/** Seconds of a movement, where neither the model nor the caller says. */
export const WINDOW = 1.6;
/** Unless a rule of the model is asked for. */
export const CONFIDENCE = 0.6;
/** Share of the past in the scores. */
export const SMOOTHING = 0.5;

/** How a stream is read, and what counts as recognised. Times are in seconds. */
export interface RecognizerOptions {
  /** What is classified together: the length of a movement, 1.6 and not 1600; by default as the model says, else 1.6. */
  readonly window?: number | undefined;
  /** From one answer to the next, to a whole number of the window's cells; by default two cells. */
  readonly step?: number | undefined;
  /** How much of the window must have been seen before the first answer; by default a third of it. */
  readonly least?: number | undefined;
  /** The longest time without anybody that is bridged; a longer one empties the window; 0.5 by default. */
  readonly gap?: number | undefined;
  /** How joints go from where they were seen to where they are seen next: in a straight line, by default, or at once. */
  readonly bridge?: 'interpolate' | 'hold' | undefined;
  /** How long an answer stays when nothing is recognised any more; 0 by default. */
  readonly hold?: number | undefined;
  /** Of frames that are pushed without a time; by default as the model says, else 30. */
  readonly framesPerSecond?: number | undefined;
  /** Share of the past in the scores, from one step to the next, from 0 up to 1; by default as the model says, else 0.5. */
  readonly smoothing?: number | undefined;
  /** A class is less probable than this: nothing is recognised; 0.6 by default, unless the model or one of the next two asks for its rule. */
  readonly confidence?: number | undefined;
  /** Instead, by the model's rule: the share of the movements of its classes that may be refused; by default as the model says. */
  readonly refused?: number | undefined;
  /** Instead, by the model's rule: false alarms in a minute of ordinary motion. */
  readonly alarms?: number | undefined;
  /** Classes that mean nothing; by default as the model says. */
  readonly nothing?: readonly string[] | undefined;
  /** The picture is mirrored, as selfie cameras show it; false by default. */
  readonly mirrored?: boolean | undefined;
  /** What each joint is in a mirror; by default as the model says. */
  readonly partners?: readonly number[] | undefined;
  /** Width by height of the picture, where x and y are shares of it. */
  readonly aspect?: number | undefined;
  /** Landmarks that are less visible are lost, as in data; 0.5 by default. Where all of a person are 0, they say nothing. */
  readonly visibility?: number | undefined;
  /** Persons keep their places, whatever order they are given in; true by default. */
  readonly follow?: boolean | undefined;
  /**
   * When movements begin and end. By default as the model says, unless there is a `confidence`; else a movement is one whose
   * probability reaches `confidence`, or 0.6 where the model's rule goes by likeness, as long as it is at least two thirds of
   * that, of any length.
   */
  readonly spotting?: StatedSpotting | undefined;
  readonly onChange?: ((event: RecognizerEvent) => void) | undefined;
  /** Called with each movement that is over: requires `movements`. */
  readonly onMovement?: ((event: MovementEvent) => void) | undefined;
  readonly onRepetition?: ((event: RepetitionEvent) => void) | undefined;
  /** What smooths landmarks, `OneEuroFilter` of anyrate/one-euro: a model that states how requires it. */
  readonly oneEuro?: CreateFilter | undefined;
  /** What finds movements, for `onMovement` and `repetitions`: `Spotter` of anyrate/movements. */
  readonly movements?: CreateSpotter | undefined;
  /** What counts repetitions, for `onRepetition`: `RepetitionCounter` of anyrate/repetitions; requires `movements`. */
  readonly repetitions?: CreateCounter | undefined;
}

/** Makes a filter of the landmarks of so many joints; see one-euro.ts. */
export type CreateFilter = new (
  options: OneEuro,
  nodes: number,
) => {
  clear(): void;
  smooth(positions: Float32Array, time: number): void;
};

/** Makes what finds movements in answers; see spotter.ts. */
export type CreateSpotter = new (
  options: SpottingOptions,
) => {
  readonly current: Movement | undefined;
  adopt(options: SpottingOptions): void;
  update(seconds: number, scores: ArrayLike<number>, best: number, first?: number): Movement | undefined;
  finish(): Movement | undefined;
};

/** Makes a counter of poses of so many numbers; see repetitions.ts. */
export type CreateCounter = new (
  size: number,
) => {
  readonly count: number;
  /** Takes the last poses of a window, so many that are new; of a movement that is new, from the start. Whether it counted. */
  watch(window: Float32Array, poses: number, isNew: boolean): boolean;
};

/** What is recognised from a frame on. */
export interface RecognizerEvent {
  /** A class, or null for nothing. */
  readonly name: string | null;
  readonly probability: number;
  /** Frames that were pushed before. */
  readonly frame: number;
  /** Time of the frame. */
  readonly seconds: number;
}

/** A movement that is over. */
export interface MovementEvent {
  /** Its class. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** The greatest of its answers. */
  readonly probability: number;
  /** When it was first known, later than `start`. */
  readonly known: number;
}

/** A movement was made once more. */
export interface RepetitionEvent {
  /** Its class. */
  readonly name: string;
  /** How often so far. */
  readonly count: number;
  readonly seconds: number;
}

/** Options with the defaults of a model. */
export type ResolvedOptions = {
  readonly [Name in keyof Omit<RecognizerOptions, Optional>]-?: NonNullable<RecognizerOptions[Name]>;
} & Pick<RecognizerOptions, Optional> & {
    /** Of the model's rule, if it is asked for. */ means?: Rejection['means'];
  };

type Optional =
  | 'confidence'
  | 'refused'
  | 'alarms'
  | 'onChange'
  | 'onMovement'
  | 'onRepetition'
  | 'oneEuro'
  | 'movements'
  | 'repetitions';

/** Of each option: its default, and the least and greatest number; what has none of them is a function. */
const OPTIONS: Readonly<Record<keyof RecognizerOptions, readonly [fallback?: unknown, ...range: number[]]>> = {
  window: [WINDOW, 1e-3, MOST_SECONDS],
  step: [0, 0, MOST_SECONDS],
  least: [0, 0, MOST_SECONDS],
  hold: [0, 0, MOST_SECONDS],
  gap: [0.5, 0, MOST_SECONDS],
  framesPerSecond: [FRAMES_PER_SECOND, 1e-3, MOST_FRAMES_A_SECOND],
  smoothing: [SMOOTHING, 0, 0.999],
  confidence: [undefined, 0, 1],
  alarms: [undefined, 0, Infinity],
  refused: [undefined, 0, 1],
  visibility: [LEAST_VISIBILITY, 0, 1],
  aspect: [0, 0, 1000],
  bridge: ['interpolate'],
  mirrored: [false],
  follow: [true],
  nothing: [[]],
  partners: [[]],
  spotting: [{}],
  onChange: [],
  onMovement: [],
  onRepetition: [],
  oneEuro: [],
  movements: [],
  repetitions: [],
};

/**
 * Step and least in whole cells.
 * @throws RangeError on unknown options, and on values that make no sense; FormatError on a model whose rule is none
 */
export function resolveOptions(options: RecognizerOptions, view: View): ResolvedOptions {
  check(view?.layout && `${options}` === '[object Object]', 'view, options', 'a view and options', view && options);
  const { stream, classes, frames, layout } = view;
  checkContract(stream, classes.length);
  const { seconds: window, framesPerSecond, smoothing, nothing, mirror, oneEuro } = stream;
  const stated = { window, framesPerSecond, smoothing, nothing, partners: mirror?.joints };
  const resolved: Record<string, unknown> = {};
  for (const name in { ...OPTIONS, ...options }) {
    const option = OPTIONS[name as keyof RecognizerOptions];
    check(option?.map, 'options', Object.keys(OPTIONS).join(', '), name);
    const [fallback, low, high] = option;
    const value = options[name as keyof RecognizerOptions] ?? stated[name as keyof typeof stated] ?? fallback;
    resolved[name] = value;
    if (value === fallback) continue;
    const type = low === undefined ? typeof (fallback ?? check) : 'number';
    check(typeof value === type, name, type, value);
    if (low !== undefined)
      check((value as number) >= low && (value as number) <= high!, name, `${low} to ${high}`, value);
  }
  const all = resolved as unknown as { -readonly [Name in keyof ResolvedOptions]: ResolvedOptions[Name] };
  const unknown = all.nothing.find((name) => !classes.includes(name));
  check(unknown === undefined, 'nothing', 'classes of the model', unknown);
  check(['interpolate', 'hold'].includes(all.bridge), 'bridge', 'interpolate or hold', all.bridge);
  check(all.least <= all.window, 'least', 'at most the window', all.least);
  const partners = all.partners.filter((joint, i) => all.partners[joint] === i).length;
  const { length } = layout.joints;
  check(!all.mirrored || partners === length, 'partners', `partners of ${length} joints`, all.partners);
  check(all.movements || !(all.onMovement || all.repetitions), 'movements', 'class of anyrate/movements');
  check(all.repetitions || !all.onRepetition, 'repetitions', 'class of anyrate/repetitions');
  check(all.oneEuro || !oneEuro, 'oneEuro', 'class of anyrate/one-euro');
  const cell = all.window / frames;
  if (all.confidence === undefined) {
    all.spotting = { ...stream.spotting, ...all.spotting };
    if (all.alarms === undefined) all.refused ??= stream.rejection?.share;
    if ((all.refused ?? all.alarms) !== undefined) all.means = stream.rejection?.means;
  }
  all.step = Math.round(all.step / cell) || (all.step ? 1 : 2);
  all.least = Math.round((all.least || all.window / 3) / cell) || 1;
  return all;
}

/** The least likeness, or without the model's means probability, that counts at a view's rate. @throws RangeError on a rule that its model does not have */
export function confidenceOf({ confidence, refused, alarms }: ResolvedOptions, { stream, rate }: View): number {
  const { rejection: rule } = stream;
  const asked = refused ?? alarms;
  if (confidence !== undefined || asked === undefined) return confidence ?? CONFIDENCE;
  check(
    rule && (rule.alarms || alarms === undefined),
    'refused, alarms',
    'confidence: this model has no such rule',
    asked,
  );
  return thresholdAt(rule!, rate, refused ?? shareFor(rule!, asked));
}

function check(isGood: unknown, place: string, expected: string, found?: unknown): void {
  if (!isGood) throw new RangeError(`${place}: expected ${expected}, found ${found}`);
}

/** When movements begin and end, by the confidence if it is a probability. */
export function spottingOf({ spotting, window, means }: ResolvedOptions, confidence: number): SpottingOptions {
  return {
    enter: means ? CONFIDENCE : confidence,
    lag: window / 2,
    ...(spotting as Partial<SpottingOptions>),
  } as SpottingOptions;
}
