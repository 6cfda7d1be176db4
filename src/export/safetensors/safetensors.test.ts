import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../core/errors.js';
import { decodeSafetensors, encodeSafetensors, type RawTensor } from './safetensors.js';

const tensor = fc
  .tuple(fc.constantFrom(['F32', 4], ['F16', 2], ['U8', 1], ['I64', 8]), fc.array(fc.nat(4), { maxLength: 3 }))
  .chain(([[dtype, size], shape]) => {
    const length = shape.reduce((product, extent) => product * extent, Number(size));
    return fc
      .uint8Array({ minLength: length, maxLength: length })
      .map((bytes) => ({ dtype, shape, bytes }) as RawTensor);
  });
const name = fc.string({ minLength: 1 }).filter((text) => text !== '__metadata__' && text !== '__proto__');
const files = fc.record({
  metadata: fc.dictionary(name, fc.string()).map((entries) => ({ ...entries })),
  tensors: fc.array(fc.tuple(name, tensor)).map((entries) => new Map(entries)),
});

test('what is written is read again', () => {
  fc.assert(
    fc.property(files, (file) => void expect(decodeSafetensors(encodeSafetensors(file), 'x')).toEqual(sorted(file))),
  );
});

/** Objects list keys that are whole numbers first. */
function sorted<File extends { tensors: Map<string, RawTensor> }>(file: File): File {
  const names = Object.keys(Object.fromEntries(file.tensors));
  return { ...file, tensors: new Map(names.map((key) => [key, file.tensors.get(key) as RawTensor])) };
}

test('every truncation, and every change of a byte of the header, is read or refused with an InputError', () => {
  const bytes = encodeSafetensors({
    metadata: { a: 'b' },
    tensors: new Map([['w', { dtype: 'F32', shape: [2, 1], bytes: new Uint8Array(8) }]]),
  });
  const refused = (bytes: Uint8Array) => {
    try {
      decodeSafetensors(bytes, 'x');
      return false;
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      return true;
    }
  };
  for (let length = 0; length < bytes.length; length++) expect(refused(bytes.slice(0, length))).toBe(true);
  for (let at = 0; at < bytes.length - 8; at++) {
    for (let bit = 0; bit < 8; bit++) refused(bytes.with(at, bytes[at] ^ (1 << bit)));
  }
});

describe('hostile files are refused, and the message names what is wrong', () => {
  const entry = { dtype: 'F32', shape: [1], data_offsets: [0, 4] };
  const file = (header: unknown, data = 4, length?: bigint) => {
    const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
    const bytes = new Uint8Array(8 + text.length + data);
    new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(text.length), true);
    bytes.set(text, 8);
    return bytes;
  };
  test.each<[string, Uint8Array, RegExp]>([
    ['shorter than its length', new Uint8Array(7), /byte 0: expected 8 bytes/],
    ['a header longer than the file', file({}, 0, 100n), /length of the header: expected at most 2, found 100/],
    ['a header of 2⁶⁴ − 1 bytes', file({}, 0, 2n ** 64n - 1n), /length of the header/],
    ['a header that is not JSON', file('{"a":'), /header: expected JSON/],
    ['a header that is not UTF-8', file({}, 1, 3n).with(10, 0xff), /header: expected JSON in UTF-8/],
    ['a header that is a list', file('[]', 0), /header: expected a JSON object/],
    ['a header after a space', file(' {}', 0), /header: expected a JSON object that starts at once/],
    ['a header after a byte order mark', file('\ufeff{}', 0), /header: expected JSON/],
    [
      'metadata that is no text',
      file({ __metadata__: { a: 1 }, w: entry }),
      /__metadata__: expected an object of texts/,
    ],
    ['a tensor that is null', file({ w: null }), /tensor "w": expected dtype, shape and data_offsets/],
    ['a key that is unknown', file({ w: { ...entry, more: 1 } }), /tensor "w": expected dtype/],
    ['a type that is unknown', file({ w: { ...entry, dtype: 'constructor' } }), /dtype: expected BOOL/],
    ['a negative size', file({ w: { ...entry, shape: [-1, -1] } }), /shape: expected whole numbers/],
    ['a size beyond 2⁵³', file('{"w":{"dtype":"F32","shape":[9007199254740993],"data_offsets":[0,4]}}'), /shape/],
    ['sizes whose product overflows', file({ w: { ...entry, shape: [2 ** 52, 2 ** 52, 2 ** 52] } }), /data_offsets/],
    ['an end before the start', file({ w: { ...entry, data_offsets: [4, 0] } }), /an end not before it/],
    ['one offset', file({ w: { ...entry, data_offsets: [4] } }), /a start and an end/],
    [
      'fewer bytes than the shape has',
      file({ w: { ...entry, shape: [2] } }),
      /data_offsets: expected 8 bytes.* found 4/,
    ],
    ['a hole', file({ w: { ...entry, data_offsets: [4, 8] } }, 8), /tensor "w": expected a start at 0, found 4/],
    ['an overlap', file({ v: entry, w: entry }), /tensor "w": expected a start at 4, found 0/],
    ['tensors beyond the end', file({ w: entry }, 3), /end: expected 4 bytes of tensors, found 3/],
    ['bytes after the tensors', file({ w: entry }, 5), /end: expected 4 bytes of tensors, found 5/],
  ])('%s', (_, bytes, message) => {
    const read = () => decodeSafetensors(bytes, 'bad.safetensors');
    expect(read).toThrow(InputError);
    expect(read).toThrow(message);
  });
});
