/** Columns of a parquet file by the package hyparquet, with what the file claims checked before memory is taken. */
import type { AsyncBuffer, ColumnMetaData, FileMetaData, RowGroup } from 'hyparquet';
import { InputError } from '../../../core/errors.js';
import { badFile } from '../format.js';
import { checkPages } from './pages.js';

/** The most rows of a group, which are in memory at a time: 3,800 frames of 543 landmarks. */
const MOST_ROWS = 1 << 21;

/** Values of some columns in a group of rows, by the names of the columns. */
export type Columns = Readonly<Record<string, ArrayLike<unknown>>>;

/** A parquet file whose footer was read. */
export interface ParquetTable {
  readonly columnNames: readonly string[];
  /**
   * The values of some columns, one group of rows after the other.
   * @throws InputError that names the file where it is damaged or claims too much
   */
  read(names: readonly string[]): AsyncIterable<Columns>;
}

/** @throws InputError if hyparquet is not installed, or the footer is damaged */
export async function openTable(bytes: Uint8Array, source: string): Promise<ParquetTable> {
  const tools = await loadHyparquet(source);
  const file: AsyncBuffer = {
    byteLength: bytes.length,
    slice: (start, end) => new Uint8Array(bytes.subarray(start, end)).buffer,
  };
  const metadata = await orDamaged(source, 'footer', () => tools.parquetMetadataAsync(file, { geoparquet: false }));
  const fields = metadata.schema.slice(1).filter(({ num_children }) => num_children === undefined);
  return { columnNames: fields.map(({ name }) => name), read };

  async function* read(names: readonly string[]): AsyncGenerator<Columns> {
    checkGroups(metadata, source);
    let rowStart = 0;
    for (const [i, group] of metadata.row_groups.entries()) {
      const rowEnd = rowStart + Number(group.num_rows);
      const place = `row group ${i + 1}`;
      const span = { rowStart, rowEnd };
      yield await orDamaged(source, place, async () => {
        for (const name of names) {
          const chunk = chunkOf(group, name);
          checkCodec(chunk, source);
          const isOptional = isOptionalField(metadata, name);
          checkPages(bytes, { metadata: chunk, rows: rowEnd - span.rowStart, isOptional }, tools);
        }
        const scan = await tools.parquetScan({ file, metadata, columns: [...names], useOffsetIndex: false });
        const columns = await Promise.all(names.map((column) => scan.readColumn({ column, ...span })));
        if (columns.some(({ length }) => length !== rowEnd - span.rowStart))
          throw new Error('a column that ends early');
        return Object.fromEntries(names.map((name, column) => [name, columns[column]]));
      });
      rowStart = rowEnd;
    }
  }
}

/** Each import is caught by itself: bundlers then leave it in place where the package is not installed. */
async function loadHyparquet(source: string) {
  const hyparquet = await import('hyparquet').catch(() => undefined);
  const pages = await import('hyparquet/src/column.js').catch(() => undefined);
  if (hyparquet !== undefined && pages !== undefined) return { ...hyparquet, parquetHeader: pages.parquetHeader };
  const expected = 'the package hyparquet, which reads parquet';
  throw badFile(source, '', expected, 'that it is not installed', 'Install it: npm install hyparquet');
}

function checkGroups({ row_groups }: FileMetaData, source: string): void {
  for (const [i, { num_rows }] of row_groups.entries()) {
    if (num_rows >= 0n && num_rows <= BigInt(MOST_ROWS)) continue;
    const mend = 'Write it with smaller row groups, or as one file per recording.';
    throw badFile(source, `row group ${i + 1}`, `at most ${MOST_ROWS} rows`, `${num_rows}`, mend);
  }
}

/** Whether values of a column may be absent; columns of lists and structures are not read. */
function isOptionalField({ schema }: FileMetaData, name: string): boolean {
  const kind = schema.find((field) => field.name === name)?.repetition_type;
  const isFlat = schema.slice(1).every(({ num_children }) => num_children === undefined);
  if (!isFlat || (kind !== 'OPTIONAL' && kind !== 'REQUIRED')) throw new Error('columns of lists or structures');
  return kind === 'OPTIONAL';
}

function chunkOf({ columns }: RowGroup, name: string): ColumnMetaData {
  const chunk = columns.find(({ meta_data }) => meta_data?.path_in_schema.join('.') === name)?.meta_data;
  if (chunk === undefined) throw new Error(`no column ${name}`);
  return chunk;
}

function checkCodec({ codec, path_in_schema }: ColumnMetaData, source: string): void {
  if (codec === 'SNAPPY' || codec === 'UNCOMPRESSED') return;
  const mend = "Write it with compression='snappy'.";
  throw badFile(source, `column ${path_in_schema}`, 'the compression snappy, or none', String(codec), mend);
}

/** Whatever the package throws on a damaged file becomes an InputError. */
async function orDamaged<T>(source: string, place: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof InputError) throw error;
    const found = String((error as Error)?.message ?? error).slice(0, 100);
    throw badFile(source, place, 'a parquet file that is whole', found, 'Copy the file again.');
  }
}
