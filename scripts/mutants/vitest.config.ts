import { defineConfig } from 'vitest/config';

/** The rooms whose code is changed, between commas; scripts/mutants.js sets it. */
const rooms = (process.env.MUTATED_ROOMS ?? '').split(',').filter((room) => room !== '');

/**
 * The unit tests of these rooms alone: those that need a build, a browser or a compiler say nothing of code that is changed
 * in src/, and those of later rooms take minutes for what is to be noticed at home.
 */
export default defineConfig({
  test: {
    include: rooms.length === 0 ? ['src/**/*.test.ts'] : rooms.map((room) => `src/${room}/**/*.test.ts`),
    exclude: ['src/train/determinism.test.ts', 'src/train/step/board-threads.test.ts', 'src/train/automatic/**'],
    testTimeout: 60_000,
  },
});
