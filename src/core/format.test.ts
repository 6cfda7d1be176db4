import { expect, test } from 'vitest';
import {
  formatCount,
  formatCounted,
  formatDuration,
  formatPercent,
  formatRate,
  inOneLine,
  shellWord,
  withoutControls,
} from './format.js';

test('counts, shares and rates in few digits', () => {
  expect([0, 999, 113_732, 1_000_000].map(formatCount)).toEqual(['0', '999', '113,732', '1,000,000']);
  expect([0, 1, 1203].map((count) => formatCounted(count, 'file'))).toEqual(['0 files', '1 file', '1,203 files']);
  expect([0, 0.9333, 1].map(formatPercent)).toEqual(['0.0 %', '93.3 %', '100.0 %']);
  expect([0, 0.98, 0.1 + 0.2, 1 - 2 ** -8].map(formatRate)).toEqual(['0', '0.98', '0.3', '0.996094']);
});

test('times in seconds below 90 s, in minutes below 90 min, else in hours', () => {
  expect([0.4, 89, 90, 5399, 5400].map(formatDuration)).toEqual(['0 s', '89 s', '2 min', '90 min', '1.5 h']);
});

test('control characters are shown by their codes; ends of lines and tabs stay', () => {
  expect(withoutControls('a\x1b[2J\x07\r\x9b\n\té🙂')).toBe('a\\x1b[2J\\x07\\x0d\\x9b\n\té🙂');
});

test('in one line, line breaks are written by their codes, too', () => {
  expect(inOneLine('a\tb\nc\r\u2028d\x1b[2J')).toBe('a\\tb\\nc\\x0d\\u2028d\\x1b[2J');
});

test('a path is one word of a command line, whatever it is called', () => {
  expect(shellWord('runs/irds-2')).toBe('runs/irds-2');
  expect(shellWord("Bob's runs/a b")).toBe("'Bob'\\''s runs/a b'");
  expect(shellWord('-rf $HOME')).toBe("'./-rf $HOME'");
  expect(shellWord('-x')).toBe('./-x');
});
