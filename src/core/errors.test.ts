import { expect, test } from 'vitest';
import { excerpt } from './errors.js';
import { parseDecimal } from './format.js';

test('what was found is shown short, whatever it is', () => {
  const deep = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`);
  expect([undefined, null, 'a', { a: [1] }, () => 1].map((value) => excerpt(value))).toEqual([
    'nothing',
    'null',
    '"a"',
    '{"a":[1]}',
    'function',
  ]);
  expect(excerpt('a'.repeat(100), 5)).toBe('"aaa…');
  expect(excerpt('aaa', 5)).toBe('"aaa"');
  expect(excerpt(deep)).toBe('lists or objects too deep inside one another');
});

test('a decimal number is one in decimal digits', () => {
  expect(['1', ' -2.5 ', '.5', '1.', '1e3', '+7E-1'].map(parseDecimal)).toEqual([1, -2.5, 0.5, 1, 1000, 0.7]);
  for (const text of ['', ' ', '0x10', '0b1', '1_000', 'Infinity', 'NaN', '1 2', '1e', '.', 'e5', '１']) {
    expect(parseDecimal(text), text).toBeUndefined();
  }
});
