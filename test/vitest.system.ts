import { availableParallelism } from 'node:os'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

type ProjectConfig = NonNullable<TestProjectInlineConfiguration['test']>

const shared: ProjectConfig = {
  globalSetup: ['test/support/global-setup.ts'],
  pool: 'forks',
  testTimeout: 120_000,
  hookTimeout: 180_000,
  // Real parts on a busy machine answer late; they never answer more.
  expect: { poll: { timeout: 10_000 } },
}

/** Loads the verification path with k6, whose thresholds hold on a quiet machine. */
const ALARMS = 'test/clients/alarms.test.ts'

/** Suites with real parts: PostgreSQL under attack and killed, the agents, Prometheus, Chromium, a start from the command line. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'alone',
          include: ['test/{attacks,chaos,start}/**/*.test.ts', ALARMS],
          // They measure time or start the product whole: nothing else runs beside them.
          maxWorkers: 1,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...shared,
          name: 'together',
          include: ['test/{clients,e2e}/**/*.test.ts'],
          exclude: [ALARMS],
          // One more than the processors: several wait for the real parts most of the time.
          maxWorkers: availableParallelism() + 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
