// Changes of an input: of its bytes, of its text, and of the JSON in it.
import type { Random } from '../../src/core/random.js';

/** Numbers at which readers tend to break: limits of types, and what is no size. */
const NUMBERS = [
  0,
  1,
  -1,
  2,
  127,
  128,
  255,
  256,
  1023,
  1025,
  32768,
  65535,
  65536,
  2 ** 24,
  2 ** 31,
  2 ** 32 - 1,
  2 ** 32,
];

const WORDS = [
  ...['0', '-1', '1e308', '-1e-300', '1e999', 'NaN', 'Infinity', '4294967296', '9007199254740993', '0x10', '1.5', ''],
  ...[
    'null',
    'true',
    '""',
    '[]',
    '{}',
    '"__proto__"',
    '[[[[[[[[',
    ',,',
    '\n',
    '\r\n\r\n',
    '\0',
    '\ufeff',
    '\u202e',
    '../..',
  ],
];

const VALUES: readonly unknown[] = [
  ...[null, true, '', 'x', '__proto__', '../../x', [], {}, [null], [[]], { '': 0 }, 'x'.repeat(5000)],
  ...[...NUMBERS, -0.5, 0.5, 1e-300, 1e300, Number.MAX_SAFE_INTEGER],
];

/** The input changed in one to four places; other inputs may lend it some of theirs. */
export function mutate(input: Uint8Array, others: readonly Uint8Array[], random: Random): Uint8Array {
  let changed = input;
  for (let left = 1 + random.integer(4); left > 0; left--) {
    const isText = looksLikeText(changed);
    const kind = random.integer(isText ? 4 : 2);
    if (kind === 0) changed = changeByte(changed, random);
    else if (kind === 1) changed = changePiece(changed, others[random.integer(others.length)], random);
    else if (kind === 2) changed = changeJson(changed, random) ?? changeWord(changed, random);
    else changed = changeWord(changed, random);
  }
  return changed;
}

function looksLikeText(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 200).every((byte) => byte >= 32 || (byte >= 9 && byte <= 13));
}

/** A bit, a byte, or a number of 2, 4 or 8 bytes in either order. */
function changeByte(bytes: Uint8Array, random: Random): Uint8Array {
  if (bytes.length < 8) return Uint8Array.of(...bytes, random.integer(256));
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  const at = random.integer(random.integer(3) === 0 ? Math.min(64, copy.length - 7) : copy.length - 7);
  const [value, isLittle] = [NUMBERS[random.integer(NUMBERS.length)], random.integer(2) === 0];
  const kind = random.integer(5);
  if (kind === 0) copy[at] ^= 1 << random.integer(8);
  else if (kind === 1) copy[at] = value;
  else if (kind === 2) view.setUint16(at, value, isLittle);
  else if (kind === 3) view.setUint32(at, value, isLittle);
  else view.setBigInt64(at, BigInt(value), isLittle);
  return copy;
}

/** A piece is left out, repeated, or taken from another input; or the end is cut off. */
function changePiece(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  const [start, length] = [random.integer(bytes.length + 1), 1 + random.integer(1 << random.integer(10))];
  const end = Math.min(bytes.length, start + length);
  const from = random.integer(other.length + 1);
  const kind = random.integer(4);
  if (kind === 0) return joined(bytes.subarray(0, start), bytes.subarray(end));
  if (kind === 1) return joined(bytes.subarray(0, end), bytes.subarray(start));
  if (kind === 2) return joined(bytes.subarray(0, start), other.subarray(from, from + length), bytes.subarray(end));
  return bytes.slice(0, start);
}

/** A number or a word of a text. */
function changeWord(bytes: Uint8Array, random: Random): Uint8Array {
  const text = new TextDecoder().decode(bytes);
  const words = [...text.matchAll(/-?[\d.]+(?:e[-+]?\d+)?|[A-Za-z_]+|[^\sA-Za-z\d]/g)];
  if (words.length === 0) return bytes;
  const { index, 0: word } = words[random.integer(words.length)];
  const other = random.integer(3) === 0 ? words[random.integer(words.length)][0] : WORDS[random.integer(WORDS.length)];
  return new TextEncoder().encode(text.slice(0, index) + other + text.slice(index + word.length));
}

/** A value of a JSON document: replaced, taken out or repeated; undefined where the text is none. */
function changeJson(bytes: Uint8Array, random: Random): Uint8Array | undefined {
  try {
    const document: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const places = placesIn(document);
    if (places.length === 0) return undefined;
    const { parent, key } = places[random.integer(places.length)];
    const kind = random.integer(4);
    if (kind < 2) parent[key] = VALUES[random.integer(VALUES.length)];
    else if (kind === 3 && Array.isArray(parent)) parent.push(parent[Number(key)]);
    else if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
    return new TextEncoder().encode(JSON.stringify(document));
  } catch {
    return undefined;
  }
}

interface Place {
  readonly parent: Record<string, unknown>;
  readonly key: string;
}

/** Where values of a document are; of long lists the first ones. */
function placesIn(document: unknown): Place[] {
  const places: Place[] = [];
  const open = [document];
  for (let value = open.pop(); value !== undefined && places.length < 5000; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    const parent = value as Record<string, unknown>;
    for (const key of Object.keys(parent).slice(0, 50)) {
      places.push({ parent, key });
      if (typeof parent[key] === 'object' && parent[key] !== null) open.push(parent[key]);
    }
  }
  return places;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}
