import { defineConfig } from 'vitest/config';

// Many tests run the built command line, which takes its time on a busy machine.
export default defineConfig({ test: { testTimeout: 60_000, hookTimeout: 60_000 } });
