import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../../core/errors.js';
import { isBuiltin } from '../../../data/node/load.js';

/**
 * Finds data sets by name in a folder: DIR/NAME, DIR/NAME.anyset or DIR/NAME.zip; else those that come with anyrate. A name is only
 * compared with what lies there, since it comes from a queue.
 * @throws InputError where there is no such folder
 */
export function dataFinder(folder: string | undefined): (dataset: string) => string | undefined {
  if (folder !== undefined && !existsSync(folder)) {
    const mend = 'Give the folder that holds your data sets, each as NAME, NAME.anyset or NAME.zip.';
    throw new InputError({ source: '--data-dir', expected: 'a folder', found: `none at ${folder}`, mend });
  }
  return (dataset) => {
    const names = folder === undefined ? [] : readdirSync(folder);
    const found = names.find((name) => name.replace(/\.(anyset|zip)$/, '') === dataset);
    if (found !== undefined) return join(folder!, found);
    return isBuiltin(dataset) ? dataset : undefined;
  };
}
