import { defineConfig } from 'vitest/config'

/** `npm test`: everything that needs no system package. The suites with real parts are in `test/vitest.system.ts`. */
export default defineConfig({
  test: {
    include: [
      '{api,collectors,db,rules,web}/src/**/*.test.ts',
      'test/{api,architecture,tooling}/**/*.test.ts',
    ],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
