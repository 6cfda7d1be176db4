import type { OneEuro, Rejection, StatedSpotting } from '../file/header.js';
import type { View } from '../view.js';
import { checkContract } from './contract.js';
import { LEAST_VISIBILITY } from './read-frame.js';
import { shareFor, thresholdAt } from './rejection.js';
import type { SpottingOptions } from './spotter.js';

/** Of a stream without time stamps, unless the model or the caller says otherwise. */
export const FRAMES_PER_SECOND = 30;
/** Seconds of a movement, where neither the model nor the caller says. */
export const WINDOW = 1.6;
/** Of a model without a rule of its own; and the share of known movements that others may refuse. */
const CONFIDENCE = 0.6;
const REFUSED = 0.05;

/** How a stream is read, and what counts as recognised. Times are in seconds. */
export interface RecognizerOptions {
  /** What is classified together: the length of a movement; by default as the model says, else 1.6. */
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
  /** Share of the past in the scores, from one step to the next, from 0 up to 1; 0.5 by default. */
  readonly smoothing?: number | undefined;
  /** A class is less probable than this: nothing is recognised; by default by the model's rule, else 0.6. */
  readonly confidence?: number | undefined;
  /** Instead, by the model's rule: the share of the movements of its classes that may be refused; by default 0.05. */
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
  readonly onMovement?: ((event: MovementEvent) => void) | undefined;
  readonly onRepetition?: ((event: RepetitionEvent) => void) | undefined;
  /** What smooths landmarks, `OneEuroFilter` of anyrate/one-euro: a model that states how requires it. */
  readonly oneEuro?: CreateFilter | undefined;
  /** What counts repetitions, for `onRepetition`: `RepetitionCounter` of anyrate/repetitions. */
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
    /** Of the model's rule, unless there is a confidence. */ means?: Rejection['means'];
  };

type Optional =
  | 'confidence'
  | 'refused'
  | 'alarms'
  | 'onChange'
  | 'onMovement'
  | 'onRepetition'
  | 'oneEuro'
  | 'repetitions';

/** Of each option: its type, its default, and the least and greatest number. */
const OPTIONS: Readonly<
  Record<keyof RecognizerOptions, readonly [type: string, fallback?: unknown, ...range: number[]]>
> = {
  window: ['number', WINDOW, 1e-3, 3600],
  step: ['number', 0, 0, 3600],
  least: ['number', 0, 0, 3600],
  gap: ['number', 0.5, 0, 3600],
  bridge: ['string', 'interpolate'],
  hold: ['number', 0, 0, 3600],
  framesPerSecond: ['number', FRAMES_PER_SECOND, 1e-3, 1e4],
  smoothing: ['number', 0.5, 0, 0.999],
  confidence: ['number', undefined, 0, Infinity],
  refused: ['number', undefined, 0, 1],
  alarms: ['number', undefined, 0, Infinity],
  nothing: ['object', []],
  mirrored: ['boolean', false],
  partners: ['object', []],
  aspect: ['number', 0, 0, 1000],
  visibility: ['number', LEAST_VISIBILITY, 0, 1],
  follow: ['boolean', true],
  spotting: ['object', {}],
  onChange: ['function'],
  onMovement: ['function'],
  onRepetition: ['function'],
  oneEuro: ['function'],
  repetitions: ['function'],
};

/**
 * Step and least in whole cells.
 * @throws RangeError on unknown options, and on values that make no sense; FormatError on a model that states such
 */
export function resolveOptions(options: RecognizerOptions, { stream, classes, frames, layout }: View): ResolvedOptions {
  checkContract(stream, classes);
  const { seconds: window, framesPerSecond, nothing, mirror, oneEuro } = stream;
  const stated = { window, framesPerSecond, nothing, partners: mirror?.joints };
  const resolved: Record<string, unknown> = {};
  for (const name in { ...OPTIONS, ...options }) {
    const [type, fallback, low = 0, high = 0] = OPTIONS[name as keyof RecognizerOptions] ?? [];
    const value = options[name as keyof RecognizerOptions] ?? stated[name as keyof typeof stated] ?? fallback;
    check(type, 'options', `${Object.keys(OPTIONS).join(', ')}`, name);
    resolved[name] = value;
    if (value === fallback) continue;
    check(typeof value === type, name, `${type}`, value);
    if (type === 'number') check(Number(value) >= low && Number(value) <= high, name, `${low} to ${high}`, value);
  }
  const all = resolved as unknown as { -readonly [Name in keyof ResolvedOptions]: ResolvedOptions[Name] };
  const unknown = all.nothing.find((name) => !classes.includes(name));
  check(unknown === undefined, 'nothing', 'classes of the model', unknown);
  check(all.bridge === 'interpolate' || all.bridge === 'hold', 'bridge', 'interpolate or hold', all.bridge);
  check(all.least <= all.window, 'least', 'no more than the window', all.least);
  const partners = all.partners.filter((joint, i) => all.partners[joint] === i).length;
  const { length } = layout.joints;
  check(!all.mirrored || partners === length, 'partners', `partners of ${length} joints`, all.partners);
  check(!oneEuro || all.oneEuro, 'oneEuro', 'OneEuroFilter of anyrate/one-euro', all.oneEuro);
  const cell = all.window / frames;
  if (all.confidence === undefined) all.spotting = { ...stream.spotting, ...all.spotting };
  all.means = all.confidence === undefined ? stream.rejection?.means : undefined;
  all.step = Math.max(Math.round(all.step / cell), all.step ? 1 : 2);
  all.least = Math.max(Math.round((all.least || all.window / 3) / cell), 1);
  return all;
}

/** The least likeness, or without the model's means probability, that counts at a view's rate. @throws RangeError on a rule that its model does not have */
export function confidenceOf({ confidence, refused, alarms }: ResolvedOptions, { stream, rate }: View): number {
  const { rejection: rule } = stream;
  if (confidence !== undefined) return confidence;
  const isKnown = rule ? rule.alarms || alarms === undefined : (refused ?? alarms) === undefined;
  check(isKnown, 'refused, alarms', 'confidence: this model has no such rule', refused ?? alarms);
  if (!rule) return CONFIDENCE;
  return thresholdAt(rule, rate, refused ?? (alarms === undefined ? REFUSED : shareFor(rule, alarms)));
}

function check(isGood: unknown, place: string, expected: string, found: unknown): void {
  if (!isGood) throw new RangeError(`${place}: expected ${expected}, found ${found}`);
}

/** When movements begin and end, where the least probability that counts is `enter`. */
export function spottingOf({ spotting, window, means }: ResolvedOptions, confidence: number): Spotting {
  const { enter = means ? CONFIDENCE : confidence } = spotting;
  const usual = { enter, leave: (enter * 2) / 3, shortest: 0, longest: Infinity, rest: 0, lag: window / 2 };
  return { ...usual, ...spotting } as Spotting;
}

type Spotting = { readonly [Name in keyof SpottingOptions]-?: number };
