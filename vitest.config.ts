import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { compiledCodeIn } from './scripts/launcher/settings.ts'

const ignored = ['**/node_modules/**', '**/dist/**', '.dhow/**']
const needsServices = ['**/*.http.test.ts', '**/*.db.test.ts', 'apps/api/src/providers/**/*.test.ts']
// All cores: half of the time the tests wait for the database. Fast tests first.
const together = { maxWorkers: '100%', sequence: { groupOrder: 0 } }
// Browsers and killed processes come last, two at a time: each has a shop of its own, and waits for most of its time.
const last = { maxWorkers: 2, sequence: { groupOrder: 1 }, testTimeout: 120_000 }
// Generous, because they must hold on a slow and busy machine: a test fails by what it sees, not by the clock.
const patience = {
  testTimeout: 60_000,
  hookTimeout: 120_000,
  teardownTimeout: 60_000,
  expect: { poll: { timeout: 20_000 } },
}
const services = ['tests/harness/global-setup.ts']

export default defineConfig({
  test: {
    allowOnly: false,
    env: compiledCodeIn(path.join(import.meta.dirname, 'node_modules/.cache')),
    reporters: ['default'],
    projects: [
      {
        test: {
          ...patience,
          ...together,
          name: 'unit',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [...ignored, ...needsServices, 'tests/{e2e,faults,launcher}/**'],
        },
      },
      {
        test: {
          ...patience,
          ...together,
          name: 'integration',
          include: needsServices,
          exclude: ignored,
          globalSetup: services,
        },
      },
      {
        test: {
          ...patience,
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: services,
          ...last,
        },
      },
      {
        test: {
          ...patience,
          name: 'faults',
          include: ['tests/{faults,launcher}/**/*.test.ts'],
          globalSetup: services,
          ...last,
        },
      },
    ],
  },
})
