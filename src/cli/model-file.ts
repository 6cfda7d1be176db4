import { extname } from 'node:path';
import { InputError } from '../core/errors.js';
import { suggest } from '../core/suggest.js';
import { exporters } from '../export/exporters.js';
import { checkFile } from './options.js';

const EXTENSION = '.anyrate';

/** Refuses paths that no model file belongs at: of other formats, and with a misspelt extension. */
export function checkModelFile(path: string): void {
  checkFile(path);
  const extension = extname(path);
  const isExported = exporters.some(({ extensions }) => extensions.includes(extension));
  const meant = isExported ? 'Use anyrate export for other formats.' : suggest(extension, [EXTENSION]);
  if (extension === EXTENSION || meant === undefined) return;
  throw new InputError({ source: path, expected: `a name that ends in ${EXTENSION}`, found: extension, mend: meant });
}
