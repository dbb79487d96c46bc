import { defineConfig } from 'vitest/config'

/** Suites with real parts: the agents, Prometheus, Chromium, and a start from the command line. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/{clients,e2e,start}/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
})
