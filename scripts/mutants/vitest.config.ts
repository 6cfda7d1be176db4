import { defineConfig } from 'vitest/config';

/** The rooms whose code is changed, between commas; scripts/mutants.js sets it. */
const rooms = (process.env.MUTATED_ROOMS ?? '').split(',').filter((room) => room !== '');

/** Tests elsewhere that are the unit tests of a room: it is closed, and what it answers is told by files of the engine. */
const elsewhere: Readonly<Record<string, readonly string[]>> = {
  runtime: ['src/model/**/*.test.ts', 'test/vectors/vectors.test.ts', 'test/attacks/attacks.test.ts'],
};

/**
 * The unit tests of these rooms alone: those that need a build, a browser or a compiler say nothing of code that is changed
 * in src/, and those of later rooms take minutes for what is to be noticed at home.
 */
export default defineConfig({
  test: {
    include:
      rooms.length === 0
        ? ['src/**/*.test.ts']
        : rooms.flatMap((room) => [`src/${room}/**/*.test.ts`, ...(elsewhere[room] ?? [])]),
    exclude: ['src/train/determinism.test.ts', 'src/train/step/board-threads.test.ts', 'src/train/automatic/**'],
    testTimeout: 60_000,
  },
});
