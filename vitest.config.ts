import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    pool: 'threads',
    isolate: false,
    // By default one core stays idle.
    maxWorkers: availableParallelism(),
    // Long: a loaded machine is no failure, and nothing here asserts time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    globalSetup: ['test/support/build.ts', 'test/support/scratch.ts'],
    setupFiles: ['test/support/seed.ts'],
    include: ['test/**/*.test.ts'],
  },
});
