import { defineConfig } from 'vitest/config';

/** Unit tests alone: those that need a build, a browser or a compiler say nothing of code that is changed in src/. */
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    exclude: ['src/train/determinism.test.ts', 'src/train/step/board-threads.test.ts'],
    testTimeout: 60_000,
  },
});
