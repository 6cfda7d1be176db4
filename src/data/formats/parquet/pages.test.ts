import type { ColumnMetaData, PageHeader } from 'hyparquet';
import { expect, test } from 'vitest';
import { checkPages } from './pages.js';

/** Pages of 10 bytes each, one after the other from byte 4 on; their headers take no room. */
function check(headers: readonly object[], rows: number, chunk: object = {}, content: readonly number[] = []): void {
  const whole = { data_page_offset: 4n, total_compressed_size: BigInt(headers.length * 10), codec: 'UNCOMPRESSED' };
  const metadata = Object.assign(whole, chunk) as unknown as ColumnMetaData;
  const bytes = new Uint8Array(4 + headers.length * 10);
  bytes.set(content, 4);
  let next = 0;
  const parquetHeader = () => headers[next++] as PageHeader;
  checkPages(bytes, { metadata, rows, isOptional: true }, { parquetHeader, snappyUncompress: () => undefined });
}

const sizes = { compressed_page_size: 10, uncompressed_page_size: 10 };
const dictionary = (num_values: number) => ({ type: 'DICTIONARY_PAGE', dictionary_page_header: { num_values } });
const data = (num_values: number) => ({ type: 'DATA_PAGE', data_page_header: { num_values, encoding: 'PLAIN' } });
const byNumber = { data_page_header: { num_values: 5, encoding: 'RLE_DICTIONARY' } };
const page = (header: object, other: object = {}) => Object.assign({}, sizes, header, other);

test('pages of as many values as rows pass, whatever the dictionary before them has', () => {
  expect(() => check([page(dictionary(5)), page(data(3)), page(data(2))], 5)).not.toThrow();
});

test.each([
  ['a dictionary of more values than rows', [page(dictionary(6))], {}, /more values than rows/],
  ['a page of more values than rows', [page(data(2 ** 31 - 1))], {}, /more values than rows/],
  ['pages of more values together', [page(data(3)), page(data(3))], {}, /pages of more values than rows/],
  ['a negative number of values', [page(data(-1))], {}, /more values than rows/],
  ['a page of another kind', [page({ type: 'DATA_PAGE_V2' })], {}, /the kind DATA_PAGE_V2/],
  ['a page without its header', [page({ type: 'DATA_PAGE' })], {}, /more values than rows/],
  ['a page that is cut off', [page(data(5), { compressed_page_size: 11 })], {}, /cut off/],
  ['a page that goes back', [page(data(5), { compressed_page_size: -1 })], {}, /cut off/],
  ['a page that inflates to gigabytes', [page(data(5), { uncompressed_page_size: 2 ** 31 - 1 })], {}, /inflates/],
  ['a column that begins before the file', [page(data(5))], { data_page_offset: 0n }, /outside the file/],
  ['a column that ends after the file', [page(data(5))], { total_compressed_size: 11n }, /outside the file/],
  ['a dictionary after the file', [page(data(5))], { dictionary_page_offset: 99n }, /outside the file/],
])('%s is refused', (_, headers, chunk, message) => {
  expect(() => check(headers, 5, chunk)).toThrow(message);
});

test('values that are numbers in a dictionary: runs of 5 present ones, and of 5 times number 1', () => {
  expect(() => check([page(data(5), byNumber)], 5, {}, [2, 0, 0, 0, 10, 1, 1, 10, 1])).not.toThrow();
});

test.each([
  ['levels of more values', [2, 0, 0, 0, 12, 1]],
  ['numbers of more values', [2, 0, 0, 0, 10, 1, 1, 12, 1]],
  ['a run of thousands of millions', [0, 0, 0, 0, 1, 0xfe, 0xff, 0xff, 0xff, 0x0f]],
])('%s than the page has are refused', (_, content) => {
  expect(() => check([page(data(5), byNumber)], 5, {}, content)).toThrow(/a run|runs of more values/);
});

test('an encoding that its writers do not use is refused by name', () => {
  const delta = { data_page_header: { num_values: 5, encoding: 'DELTA_BINARY_PACKED' } };
  expect(() => check([page(data(5), delta)], 5)).toThrow(/DELTA_BINARY_PACKED/);
});
