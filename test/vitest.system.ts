import { defineConfig } from 'vitest/config'

/** Suites with real parts: PostgreSQL under attack and killed, the agents, Prometheus, Chromium, a start from the command line. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/{attacks,chaos,clients,e2e,start}/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
})
