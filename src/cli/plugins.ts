import { Option } from 'commander';
import { InputError } from '../core/errors.js';
import { loadPlugin } from '../run/node/plugins.js';

const FLAG = '--plugin';

/** Loads the plugins that arguments name, before a command is made: it may list what they register. */
export async function loadPlugins(args: readonly string[]): Promise<void> {
  for (const path of pluginPaths(args)) await loadPlugin(path);
}

/** The files of `--plugin FILE` and `--plugin=FILE`, in their order, each once. @throws InputError without a file */
export function pluginPaths(args: readonly string[]): string[] {
  const paths = args.flatMap((arg, i) => {
    if (arg.startsWith(`${FLAG}=`)) return [arg.slice(FLAG.length + 1)];
    return arg === FLAG ? [args[i + 1] ?? ''] : [];
  });
  if (!paths.includes('')) return [...new Set(paths)];
  throw new InputError({
    source: FLAG,
    expected: 'the file of a plugin',
    found: 'none',
    mend: 'Give one, or leave out --plugin.',
  });
}

/** Read by `pluginPaths`; here it is known to the program and its help. */
export function pluginOption(): Option {
  const meaning =
    'load a module that registers methods, criteria, layouts, recording formats or exporters; may be repeated';
  return new Option(`${FLAG} <file>`, meaning).argParser((file, files: string[] = []) => [...files, file]);
}
