import { expect, test } from 'vitest';
import { parseTable } from './table.js';

const ROWS = [
  { file: 'a', start: '0.5', class: 'wave' },
  { file: 'b, c', start: '2', class: 'clap' },
];

test.each([
  ['commas', 'File,start,class\na,0.5,wave\n"b, c",2,clap\n'],
  ['semicolons and decimal commas', 'file;start;class\r\na;0,5;wave\r\nb, c;2;clap'],
  ['tabs', '\n file\tstart\tclass\na\t0.5\twave \nb, c\t2\tclap\n'],
])('a table with %s', (_, text) => {
  expect(parseTable(text, 't.csv')).toEqual(ROWS);
});

test('rows of another width, and nothing at all, are refused by their lines', () => {
  expect(() => parseTable('file,start\na,1\n\nb\n', 't.csv')).toThrow('t.csv, line 4: expected 2 cells, found 1');
  expect(() => parseTable('', 't.csv')).toThrow('t.csv, line 1: expected a header and rows, found an empty file');
});
