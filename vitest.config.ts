import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    pool: 'threads',
    isolate: false,
    // Long: a loaded machine is no failure, and nothing here asserts time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    globalSetup: ['test/support/build.ts'],
    setupFiles: ['test/support/seed.ts'],
    include: ['test/**/*.test.ts'],
  },
});
