import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Command, Option } from 'commander';
import { InputError } from '../core/errors.js';
import { examples, wholeNumber } from './options.js';

const PACKAGE = 'anyrate-studio';
const DEFAULT_PORT = 8090;
const BUILD = 'In a clone, run: npm run studio:build';

/** What that package exports. */
interface StudioModule {
  serveStudio(options: {
    readonly port: number;
    readonly webhook: number | undefined;
  }): Promise<{ address(): unknown }>;
}

export function studioCommand(): Command {
  return new Command('studio')
    .description('open a page in which movements are recorded, trained, tried and shipped, on this computer alone')
    .addOption(
      new Option('--port <n>', 'where it is served, on loopback; 0 takes a free one')
        .argParser(wholeNumber('--port', 0, 65535))
        .default(DEFAULT_PORT),
    )
    .addOption(
      new Option('--webhook <port>', 'a port of this computer to which the page may post what it recognises').argParser(
        wholeNumber('--webhook', 1, 65535),
      ),
    )
    .addHelpText('after', examples('anyrate studio', 'anyrate studio --port 0', 'anyrate studio --webhook 3000'))
    .action(openStudio);
}

async function openStudio({ port, webhook }: { readonly port: number; readonly webhook?: number }): Promise<void> {
  const { serveStudio } = await loadStudio();
  try {
    const { port: taken } = (await serveStudio({ port, webhook })).address() as { readonly port: number };
    console.log(`The studio: http://localhost:${taken}/ (Ctrl-C ends it)`);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw new InputError({ source: 'studio', expected: 'a page', found: message, mend: BUILD });
    const [expected, mend] = ['a port that is free', 'Give another --port.'];
    throw new InputError({ source: `port ${port}`, expected, found: message, mend });
  }
}

async function loadStudio(): Promise<StudioModule> {
  let path: string;
  try {
    path = createRequire(import.meta.url).resolve(`${PACKAGE}/serve.js`);
  } catch {
    throw new InputError({
      source: 'studio',
      expected: `the package ${PACKAGE}, which holds the page`,
      found: 'that it is not installed',
      mend: `Run: npm install ${PACKAGE}`,
    });
  }
  return (await import(pathToFileURL(path).href)) as StudioModule;
}
