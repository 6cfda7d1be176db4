import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InputError } from '../../core/errors.js';
import { Registry } from '../../core/registry.js';

/**
 * Loads a plugin: a JavaScript module that registers methods, criteria, layouts, formats or exporters. Its default export,
 * if it has one, is called with all of `anyrate/node`, since its own import of the package may be another copy.
 * @throws InputError on a file that is missing, that fails, or that neither registers anything nor has such an export
 */
export async function loadPlugin(path: string): Promise<void> {
  const expected = 'a JavaScript module that registers something';
  if (!existsSync(path)) {
    throw new InputError({ source: path, expected, found: 'no such file', mend: 'Check the path of --plugin.' });
  }
  try {
    const before = Registry.additions;
    const { default: start } = (await import(pathToFileURL(resolve(path)).href)) as { default?: unknown };
    if (typeof start === 'function')
      await start(await import('../../node.js')); // takes a while to load
    else if (Registry.additions === before) throw idle(path, expected);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError({ source: path, expected, found: `one that fails: ${error}`, mend: 'Fix the plugin.' });
  }
}

function idle(source: string, expected: string): InputError {
  return new InputError({
    source,
    expected,
    found: 'one that registers nothing, and whose default export is no function',
    mend: 'Write: export default function ({ registerMethod }) { registerMethod(...); }',
  });
}
