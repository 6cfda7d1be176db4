import { expect, test } from 'vitest';
import { InputError } from '../../../core/errors.js';
import { memoryFile } from '../format.js';
import { readPickle } from './read-pickle.js';
import { Span, Tuple } from './values.js';

/** Bytes of a pickle: text as Latin letters, numbers as bytes. */
const bytesOf = (...parts: readonly (string | number)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...part].map((c) => c.charCodeAt(0)))));

const read = (...parts: readonly (string | number)[]) => readPickle(memoryFile('a.pkl', bytesOf(...parts)));

test.each([
  ['None, True, False', ['(N', 0x88, 0x89, 't.'], new Tuple([null, true, false])],
  ['integers of one, two and four bytes', [']', '(K', 255, 'M', 1, 2, 'J', 0xfe, 255, 255, 255, 'e.'], [255, 513, -2]],
  ['long integers', [']', '(', 0x8a, 0, 0x8a, 1, 0x80, 0x8a, 2, 0, 0x80, 'e.'], [0, -128, -32768]],
  ['a float, big-endian', ['G', 0x3f, 0xf8, 0, 0, 0, 0, 0, 0, '.'], 1.5],
  ['protocol 0', ["(dp0\nS'a'\np1\n(lp2\nI1\naF2.5\naI01\nas."], new Map([['a', [1, 2.5, true]]])],
  ['texts', [']', '(', 0x8c, 2, 0xc3, 0xa9, 'X', 1, 0, 0, 0, 'b', 'e.'], ['é', 'b']],
  ['what is remembered', [']', 0x94, 'K', 7, 'a0h', 0, '.'], [7]],
  ['an ordered dictionary', ['ccollections\nOrderedDict\n)R', "S'k'\n", 'K', 3, 's.'], new Map([['k', 3]])],
])('%s', async (_, parts, expected) => {
  expect(await read(...parts)).toEqual(expected);
});

test('long bytes are left in the file', async () => {
  const value = await read('B', 0, 2, 0, 0, 'x'.repeat(512), '.');
  expect(value).toEqual(new Span(5, 517, 'bytes'));
});

test('bytes longer than what is read at once are passed over', async () => {
  const bytes = 3_000_000; // 0x2dc6c0
  const whole = new Uint8Array(6 + bytes + 5);
  whole.set(bytesOf(']B', 0xc0, 0xc6, 0x2d, 0));
  whole.set(bytesOf('aK', 9, 'a.'), 6 + bytes);
  expect(await readPickle(memoryFile('a.pkl', whole))).toEqual([new Span(6, 6 + bytes, 'bytes'), 9]);
});

test('a list that holds itself is read without end of it', async () => {
  const list = (await read(']', 0x94, 'h', 0, 'a.')) as unknown[];
  expect(list[0]).toBe(list);
});

test('lists that double a hundred times take the memory of a hundred', async () => {
  const doubled = Array.from({ length: 100 }, (_, i) => ['](h', i, 'h', i, 'e', 0x94]).flat();
  expect(await read(']', 0x94, ...doubled, '.')).toHaveLength(2);
});

test.each([
  ['a system call', ["cos\nsystem\n(S'true'\ntR."], /found "os.system".*is not read/],
  ['a system call by names on the stack', [0x8c, 5, 'posix', 0x8c, 6, 'system', 0x93, '.'], /found "posix.system"/],
  ['eval', ["cbuiltins\neval\n(S'1'\ntR."], /found "builtins.eval"/],
  ['a getter of attributes', ['cbuiltins\ngetattr\n.'], /found "builtins.getattr"/],
  ['a member of an allowed module', ['cnumpy\nload\n.'], /found "numpy.load"/],
  ['a name that objects inherit', ['cnumpy\nconstructor\n.'], /found "numpy.constructor"/],
  ['an instance by name (INST)', ['(ios\nsystem\n.'], /found "i"/],
  ['a reference that its reader would resolve', ['Pfile\n.'], /found "P"/],
  ['a registered extension', [0x82, 1, '.'], /found 0x82/],
  ['bytes longer than the file', ['B', 255, 255, 255, 127, '.'], /a length beyond it/],
  ['bytes of a length of 2^63', [0x8e, 0, 0, 0, 0, 0, 0, 0, 0x80, '.'], /a length beyond it/],
  ['a remembered value of a huge number', ['j', 255, 255, 255, 255, '.'], /remembered, found number 4294967295/],
  ['an empty stack', ['.'], /a value on the stack, found none/],
  ['no mark', ['t.'], /a mark on the stack, found none/],
  ['the end of the file', [']K', 1, 'a'], /its end/],
  ['a call of a list', [']', ')R.'], /found array/],
  ['a state for a number', ['K', 1, ')b.'], /the state of an array, found number/],
])('refuses %s', async (_, parts, message) => {
  await expect(read(...parts)).rejects.toThrow(InputError);
  await expect(read(...parts)).rejects.toThrow(message);
});
