import type { Rejection } from '../file/header.js';
import type { View } from '../view.js';
import { checkContract } from './contract.js';
import { shareFor, thresholdAt } from './rejection.js';

/** What a stream without time stamps has, unless the model or the caller says otherwise. */
export const FRAMES_PER_SECOND = 30;
/** Of a model that does not say how long its movements take. */
const WINDOW = 48 / FRAMES_PER_SECOND;
/** Share of known movements that may be refused. */
const REFUSED = 0.05;

/** How a stream is read, and what counts as recognised. Times are in seconds. */
export interface RecognizerOptions {
  /** What is classified together: the length of a movement; by default as the model says, else 1.6. */
  readonly window?: number | undefined;
  /** From one answer to the next, to a whole number of the window's cells; by default two cells. */
  readonly step?: number | undefined;
  /** How much of the window must have been seen before the first answer; by default half of it. */
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
  /** The picture is mirrored, as selfie cameras show it; or the partner of each joint, where the model does not say. */
  readonly mirrored?: boolean | readonly number[] | undefined;
  /** Width by height of the picture, where x and y are shares of it. */
  readonly aspect?: number | undefined;
  /** Landmarks that are less visible are lost; 0 by default. */
  readonly visibility?: number | undefined;
  /** Persons keep their places, whatever order they are given in; true by default. */
  readonly follow?: boolean | undefined;
  readonly onChange?: ((event: RecognizerEvent) => void) | undefined;
}

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

/** Options with the defaults of a model. */
export interface ResolvedOptions {
  readonly window: number;
  /** In cells. */
  readonly step: number;
  /** In cells. */
  readonly least: number;
  readonly gap: number;
  readonly isHeld: boolean;
  readonly hold: number;
  readonly framesPerSecond: number;
  readonly smoothing: number;
  /** The least probability that counts, at the view's rate. */
  readonly confidenceOf: (view: View) => number;
  readonly nothing: readonly string[];
  /** The partner of each joint, in a mirrored picture. */
  readonly partners: readonly number[] | undefined;
  readonly aspect: number | undefined;
  readonly visibility: number;
  readonly follow: boolean;
  readonly onChange: (event: RecognizerEvent) => void;
}

const HELP: Readonly<Record<string, string>> = {
  frames: '; pass window in seconds',
  every: '; pass step in seconds',
};

/** @throws RangeError on unknown options, and on values that make no sense; FormatError where the model's do not */
export function resolveOptions(options: RecognizerOptions, view: View): ResolvedOptions {
  const { stream, classes, frames: cells, layout } = view;
  const joints = layout.joints.length;
  checkContract(stream, joints, classes);
  const known = new Set<string>();
  const take = <T>(name: keyof RecognizerOptions, fallback: T, isGood: (value: T) => boolean, expected: string): T => {
    known.add(name);
    const value = (options[name] as T | undefined) ?? fallback;
    if (isGood(value)) return value;
    throw new RangeError(`${name}: expected ${expected}, found ${value}`);
  };
  const number = (name: keyof RecognizerOptions, fallback: number, least: number, most: number, expected: string) =>
    take(name, fallback, (value) => typeof value === 'number' && value >= least && value <= most, expected);
  const flag = (name: keyof RecognizerOptions, fallback: boolean) =>
    take(name, fallback, (value) => typeof value === 'boolean', 'true or false');
  const window = number('window', stream.seconds ?? WINDOW, 1e-3, 3600, 'seconds, at most 3600');
  const cell = window / cells;
  const resolved = {
    window,
    step: Math.max(Math.round(number('step', 2 * cell, 0, 3600, 'seconds, at most 3600') / cell), 1),
    least: Math.round(number('least', window / 2, 0, window, 'seconds, at most the window') / cell),
    gap: number('gap', 0.5, 0, 3600, 'seconds from 0'),
    isHeld:
      take('bridge', 'interpolate', (way) => way === 'interpolate' || way === 'hold', 'interpolate or hold') === 'hold',
    hold: number('hold', 0, 0, 3600, 'seconds from 0'),
    framesPerSecond: number(
      'framesPerSecond',
      stream.framesPerSecond ?? FRAMES_PER_SECOND,
      1e-3,
      10000,
      'frames a second',
    ),
    smoothing: number('smoothing', 0.5, 0, 1 - 2 ** -52, '0 up to 1'),
    confidenceOf: confidenceBy(
      number('confidence', 0.6, 0, Infinity, 'a probability'),
      number('refused', REFUSED, 0, 1, 'a share'),
      number('alarms', 0, 0, Infinity, 'false alarms a minute'),
      options,
      stream.rejection,
    ),
    nothing: take(
      'nothing',
      stream.nothing ?? [],
      (names) => Array.isArray(names) && names.every((name) => classes.includes(name)),
      'a list of classes of the model',
    ),
    partners: partnersOf(
      take<boolean | readonly number[]>(
        'mirrored',
        false,
        (value) => typeof value === 'boolean' || isPartners(value, joints),
        `true, false or the partners of ${joints} joints`,
      ),
      stream.mirror?.joints,
    ),
    aspect: options.aspect === undefined ? undefined : number('aspect', 1, 1e-3, 1000, 'width by height'),
    visibility: number('visibility', 0, 0, 1, '0 to 1'),
    follow: flag('follow', true),
    onChange: take(
      'onChange',
      () => {},
      (value) => typeof value === 'function',
      'a function',
    ),
  };
  known.add('aspect');
  const unknown = Object.keys(options).find((name) => !known.has(name));
  if (unknown === undefined) return resolved;
  throw new RangeError(`options: expected ${[...known].join(', ')}, found ${unknown}${HELP[unknown] ?? ''}`);
}

/** One of confidence, refused and alarms, the earlier first; by the model's rule, a function of the rate. */
function confidenceBy(
  confidence: number,
  refused: number,
  alarms: number,
  given: RecognizerOptions,
  rule: Rejection | undefined,
): (view: View) => number {
  const isAsked = given.refused !== undefined || given.alarms !== undefined;
  if (isAsked && (!rule || (given.alarms !== undefined && !rule.alarms))) {
    throw new RangeError('refused, alarms: this model has no such rule: pass confidence');
  }
  if (given.confidence !== undefined || !rule) return () => confidence;
  const share = given.refused === undefined && given.alarms !== undefined ? shareFor(rule, alarms) : refused;
  return ({ rate }) => thresholdAt(rule, rate, share);
}

function isPartners(value: unknown, joints: number): boolean {
  return Array.isArray(value) && value.length === joints && value.every((joint, i) => value[joint] === i);
}

function partnersOf(mirrored: boolean | readonly number[], known: readonly number[] | undefined) {
  const partners = mirrored === true ? known : mirrored || undefined;
  if (mirrored && !partners) {
    throw new RangeError('mirrored: this model does not say which joints are partners: pass the partner of each joint');
  }
  return partners;
}
