import type { Row } from './row.js';
import { arrayRows } from './rows/arrays.js';
import { csvRows } from './rows/csv.js';
import { detectorRows } from './rows/detectors.js';
import { jsonRows } from './rows/json.js';
import { matRows } from './rows/mat.js';
import { parquetRows } from './rows/parquet.js';
import { textRows } from './rows/text.js';

/** Every file that is known, with what is expected of it. */
export const rows: readonly Row[] = [
  ...arrayRows,
  ...matRows,
  ...parquetRows,
  ...jsonRows,
  ...detectorRows,
  ...csvRows,
  ...textRows,
];
