/**
 * What public functions say of arguments that no type checker saw: which argument of which function, what it should be and
 * what it is, before anything is done with it.
 */
import { excerpt, InputError } from './errors.js';
import { suggest } from './suggest.js';

/** What an argument should be, in words and as a check. */
export interface Kind {
  readonly expected: string;
  readonly holds: (value: unknown) => boolean;
  /** Of an object: the only keys that it may have. */
  readonly keys?: readonly string[];
}

export const aText: Kind = { expected: 'a text', holds: (value) => typeof value === 'string' };
export const aNumber: Kind = { expected: 'a number', holds: (value) => Number.isFinite(value) };
export const someBytes: Kind = { expected: 'bytes in a Uint8Array', holds: isBytes };
export const textOrBytes: Kind = {
  expected: 'a text, or bytes in a Uint8Array',
  holds: (value) => typeof value === 'string' || isBytes(value),
};
export const anyOptions: Kind = {
  expected: 'an object, or nothing',
  holds: (value) => value === undefined || isObject(value),
};

type KeysOfAny<T> = T extends unknown ? keyof T : never;

/** Options, or none: each key of `T`, of all its members where it is a union, and no other. */
// @__NO_SIDE_EFFECTS__
export function optionsOf<T extends object>(keys: Record<KeysOfAny<T>, true>): Kind {
  return { ...anyOptions, keys: Object.keys(keys) };
}

export const aModel = objectWith('a model, as decodeModel gives it', 'description', 'parameters', 'network');
export const aDataset = objectWith(
  'a data set, as readFolder gives it',
  'name',
  'classes',
  'samples',
  'splits',
  'layout',
);
export const aRecipe = objectWith(
  'a recipe, as parseRecipe gives it',
  'name',
  'preprocessing',
  'network',
  'pruning',
  'training',
);
export const aTraining = objectWith('a training, as createTraining gives it', 'recipe', 'dataset', 'runEpoch');
export const aCheckpoint = objectWith('a checkpoint, as takeCheckpoint gives it', 'identity', 'state');
export const aReport = objectWith('a report, as createReport gives it', 'dataset', 'split', 'rates', 'notes');
export const aSequence = objectWith('a sequence', 'frames', 'persons', 'joints', 'positions');

export const aFile = objectWith('a file, as memoryFile gives it', 'path', 'bytes', 'read');
export const optionalText: Kind = {
  expected: 'a text, or nothing',
  holds: (value) => value === undefined || typeof value === 'string',
};

/** An object that has these properties. */
// @__NO_SIDE_EFFECTS__
export function objectWith(expected: string, ...keys: readonly string[]): Kind {
  return { expected, holds: (value) => isObject(value) && keys.every((key) => value[key] !== undefined) };
}

/** A list whose items are all of a kind. */
// @__NO_SIDE_EFFECTS__
export function listOf(expected: string, { holds }: Kind): Kind {
  return { expected, holds: (value) => Array.isArray(value) && value.every(holds) };
}

export const labelled = listOf(
  'labelled sequences',
  objectWith('one', 'frames', 'persons', 'joints', 'positions', 'label'),
);

/** One of some words, or true or false. */
// @__NO_SIDE_EFFECTS__
export function oneOf(...words: readonly (string | boolean)[]): Kind {
  return { expected: `one of ${words.join(', ')}`, holds: (value) => words.includes(value as string) };
}

/** @throws InputError that names the function and its first argument that is of another kind, or has a key that is unknown */
export function checkArguments(
  called: string,
  given: Readonly<Record<string, readonly [kind: Kind, value: unknown]>>,
): void {
  for (const [name, [{ expected, holds, keys }, value]] of Object.entries(given)) {
    const mend = isPromise(value) ? 'Put await before it.' : `See the documentation of ${called}.`;
    if (!holds(value)) throw new InputError({ source: called, place: name, expected, found: shown(value), mend });
    const unknown = keys && Object.keys(value ?? {}).find((key) => !keys.includes(key));
    if (unknown !== undefined) throw unknownKey(called, name, unknown, keys!);
  }
}

function unknownKey(called: string, place: string, key: string, keys: readonly string[]): InputError {
  const expected = keys.length === 1 ? `${keys[0]} alone` : `nothing but ${keys.join(', ')}`;
  const mend = suggest(key, keys) ?? `Leave it out. See the documentation of ${called}.`;
  return new InputError({ source: called, place, expected, found: excerpt(key, 40), mend });
}

function shown(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (isPromise(value)) return 'a promise';
  return ArrayBuffer.isView(value) ? `a ${value.constructor.name}` : excerpt(value, 40);
}

function isPromise(value: unknown): boolean {
  return typeof Object(value).then === 'function';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

/** Of another realm too, as a frame or a test has its own. */
function isBytes(value: unknown): boolean {
  return Object.prototype.toString.call(value) === '[object Uint8Array]';
}
