import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { SkippedReporter } from './test/support/skipped-reporter.js';

/** The studio is a package of its own: what it imports of anyrate is what was built. */
const alias = Object.entries({
  browser: 'browser',
  page: 'page',
  movements: 'runtime/stream/spotter',
  repetitions: 'runtime/stream/repetitions',
  runtime: 'runtime',
}).map(([entry, file]) => ({
  find: new RegExp(`^anyrate/${entry}$`),
  replacement: fileURLToPath(new URL(`./dist/${file}.js`, import.meta.url)),
}));

// Many tests run the built command line, which takes its time on a busy machine.
export default defineConfig({
  resolve: { alias },
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    server: { deps: { external: [/\/dist\/(?!.*studio)/] } },
    maxWorkers: availableParallelism(),
    reporters: ['default', new SkippedReporter()],
  },
});
