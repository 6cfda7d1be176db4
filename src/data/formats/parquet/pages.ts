import type { ColumnMetaData, DataReader, PageHeader } from 'hyparquet';
import { checkRuns } from './runs.js';

/** The most bytes of an inflated page, for each of its values: those read here are numbers and short words. */
const MOST_BYTES_PER_VALUE = 64;
const MOST_OTHER_BYTES = 1 << 16;

/** What hyparquet is needed for. */
export interface PageTools {
  /** Reads the header of a page, and leaves the reader at its data. */
  readonly parquetHeader: (reader: DataReader) => PageHeader;
  readonly snappyUncompress: (input: Uint8Array, output: Uint8Array) => void;
}

/** The column of a row group. */
export interface Chunk {
  readonly metadata: ColumnMetaData;
  /** Values of the row group. */
  readonly rows: number;
  /** Whether values may be absent, which each page then says before them. */
  readonly isOptional: boolean;
}

/**
 * Walks the pages of a column before they are decoded, since a page of a few bytes can claim thousands of millions of values.
 * @throws Error if pages lie outside the file, claim more values than there are rows, or are of a rare kind
 */
export function checkPages(bytes: Uint8Array, chunk: Chunk, tools: PageTools): void {
  const { rows, metadata } = chunk;
  const start = Number(metadata.dictionary_page_offset || metadata.data_page_offset);
  const end = start + Number(metadata.total_compressed_size);
  if (!(start >= 4 && end > start && end <= bytes.length)) throw new Error('a column outside the file');
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, end), offset: start };
  let values = 0;
  while (reader.offset < end) {
    const header = tools.parquetHeader(reader);
    checkSizes(header, rows, end - reader.offset);
    const next = reader.offset + header.compressed_page_size;
    if (header.data_page_header !== undefined) {
      values += header.data_page_header.num_values;
      if (values > rows) throw new Error('pages of more values than rows');
      checkData(inflated(bytes.subarray(reader.offset, next), header, chunk, tools), header.data_page_header, chunk);
    }
    reader.offset = next;
  }
}

function checkSizes(header: PageHeader, rows: number, left: number): void {
  const { type, compressed_page_size: size, uncompressed_page_size: most } = header;
  if (type !== 'DATA_PAGE' && type !== 'DICTIONARY_PAGE') throw new Error(`a page of the kind ${type}`);
  const values = (type === 'DATA_PAGE' ? header.data_page_header : header.dictionary_page_header)?.num_values ?? -1;
  if (!(values >= 0 && values <= rows)) throw new Error('a page of more values than rows');
  if (!(size >= 0 && size <= left)) throw new Error('a page that is cut off');
  if (!(most >= 0 && most <= values * MOST_BYTES_PER_VALUE + MOST_OTHER_BYTES)) {
    throw new Error('a page that inflates to more than its values need');
  }
}

function inflated(page: Uint8Array, header: PageHeader, { metadata }: Chunk, tools: PageTools): Uint8Array {
  if (metadata.codec !== 'SNAPPY') return page;
  const output = new Uint8Array(header.uncompressed_page_size);
  tools.snappyUncompress(page, output);
  return output;
}

type DataHeader = NonNullable<PageHeader['data_page_header']>;

/** Which values are absent (their number of bytes, then runs), and the values: plain, or their numbers in a dictionary. */
function checkData(page: Uint8Array, header: DataHeader, { isOptional }: Chunk): void {
  let at = 0;
  if (isOptional) {
    if (page.length < 4) throw new Error('a page that is cut off');
    at = 4 + new DataView(page.buffer, page.byteOffset).getUint32(0, true);
    checkRuns(page.subarray(4, at), 1, header.num_values);
  }
  if (header.encoding === 'PLAIN') return;
  if (!header.encoding?.endsWith('_DICTIONARY')) throw new Error(`the encoding ${header.encoding}`);
  const width = page[at];
  if (!(width <= 32)) throw new Error('a dictionary of more than 32 bits');
  if (width > 0) checkRuns(page.subarray(at + 1), width, header.num_values);
}
