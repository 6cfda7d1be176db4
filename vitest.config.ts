import { defineConfig } from 'vitest/config';
import { SkippedReporter } from './test/support/skipped-reporter.js';

// Many tests run the built command line, which takes its time on a busy machine.
export default defineConfig({
  test: { testTimeout: 60_000, hookTimeout: 60_000, reporters: ['default', new SkippedReporter()] },
});
