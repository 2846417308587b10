import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Not threads: the terminals' native library does not outlive the thread that it was loaded in.
    pool: 'forks',
    isolate: false,
    // One more than there are cores: many tests wait for a terminal or a program. (By default one core stays idle.)
    maxWorkers: availableParallelism() + 1,
    // Long: a loaded machine is no failure, and nothing here asserts time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    globalSetup: ['test/support/build.ts'],
    setupFiles: ['test/support/seed.ts'],
    include: ['test/**/*.test.ts'],
  },
});
