import { decodeNumbers, parseDtype } from '../arrays/dtype.js';
import { Callable, itemsOf, latinBytes, PickledArray, PickledDtype, Span, Tuple, type Value } from './values.js';

/**
 * Everything that a pickle may name. Nothing else is looked up, and what is here makes arrays, numbers and collections out
 * of values that the pickle holds.
 */
export function allowedGlobal(module: string, name: string): Callable | undefined {
  return ALLOWED.get(`${module.replace(/^numpy\._core\./, 'numpy.core.')}.${name}`);
}

const collection = (name: string, call: (args: readonly Value[]) => Value | undefined) =>
  [name, new Callable(name, call)] as const;

const emptyMap = ([items]: readonly Value[]): Value | undefined => {
  const map = new Map<string | number, Value>();
  for (const pair of itemsOf(items) ?? []) {
    const [key, value] = itemsOf(pair) ?? [];
    if (typeof key === 'string' || typeof key === 'number') map.set(key, value ?? null);
  }
  return map;
};

const ALLOWED: ReadonlyMap<string, Callable> = new Map([
  collection('numpy.core.multiarray._reconstruct', () => new PickledArray()),
  collection('numpy.core.multiarray.scalar', scalar),
  collection('numpy.core.numeric._frombuffer', fromBuffer),
  collection('numpy.ndarray', () => undefined),
  collection('numpy.dtype', ([descr]) => (typeof descr === 'string' ? new PickledDtype(descr) : undefined)),
  collection('_codecs.encode', ([text]) => encode(text)),
  collection('collections.OrderedDict', emptyMap),
  collection('collections.defaultdict', () => new Map()),
  ...['builtins', '__builtin__'].flatMap((module) => [
    collection(`${module}.dict`, emptyMap),
    collection(`${module}.list`, ([items]) => [...(itemsOf(items) ?? [])]),
    ...['tuple', 'set', 'frozenset'].map((kind) =>
      collection(`${module}.${kind}`, ([items]) => new Tuple(itemsOf(items) ?? [])),
    ),
    collection(`${module}.int`, ([value]) => (typeof value === 'number' ? Math.trunc(value) : 0)),
    collection(`${module}.float`, ([value]) => (typeof value === 'number' ? value : 0)),
    collection(`${module}.bool`, ([value]) => value === true || value === 1),
    collection(`${module}.str`, ([value]) => (typeof value === 'string' ? value : '')),
    collection(`${module}.bytes`, ([value]) => (value instanceof Span ? value : '')),
    collection(`${module}.bytearray`, ([value]) => (value instanceof Span ? value : '')),
  ]),
]);

/** Bytes that protocol 2 writes as a text of Latin letters. */
function encode(text: Value | undefined): Value | undefined {
  if (text instanceof Span) return new Span(text.start, text.end, 'utf-8');
  return typeof text === 'string' ? text : undefined;
}

/** A number of numpy out of its type and its bytes. */
function scalar([type, data]: readonly Value[]): Value | undefined {
  if (!(type instanceof PickledDtype) || typeof data !== 'string') return undefined;
  return decodeNumbers(latinBytes(data), parseDtype(type.descr, 'pickle', 'a number'))[0];
}

/** An array of protocol 5: bytes, type, shape and order. */
function fromBuffer([data, type, shape, order]: readonly Value[]): Value | undefined {
  const array = new PickledArray();
  return setArray(array, shape, type, order === 'F', data) ? array : undefined;
}

/** Whether the parts make an array, to which they are given. */
export function setArray(
  array: PickledArray,
  shape: Value | undefined,
  type: Value | undefined,
  isFortran: boolean,
  data: Value | undefined,
): boolean {
  const sizes = itemsOf(shape);
  if (!sizes?.every((size) => typeof size === 'number') || !(type instanceof PickledDtype)) return false;
  array.shape = sizes as number[];
  array.dtype = type;
  array.isFortran = isFortran;
  array.data = data instanceof Span || typeof data === 'string' ? data : undefined;
  return true;
}
