import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'apps/*/src/**/*.test.ts',
      'apps/web/{features,lib,server,widget}/**/*.test.ts',
      'tests/**/*.test.ts',
      'faults/**/*.test.ts',
    ],
    // Starts one PostgreSQL and one Redis for the whole run; each file makes its own database in it.
    globalSetup: ['tests/_util/global-setup.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Two cores: more processes only wait for each other.
    maxWorkers: 2,
  },
})
