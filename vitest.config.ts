import { defineConfig } from 'vitest/config'

const ignored = ['**/node_modules/**', '**/dist/**', '.dhow/**']
const needsServices = [
  '**/*.http.test.ts',
  '**/*.db.test.ts',
  'apps/api/src/providers/**/*.test.ts',
  'tests/launcher/**/*.test.ts',
]
// Generous, because they must hold on a slow and busy machine: a test fails by what it sees, not by the clock.
const patience = { testTimeout: 60_000, hookTimeout: 120_000, teardownTimeout: 60_000 }
const services = ['tests/harness/global-setup.ts']

export default defineConfig({
  test: {
    allowOnly: false,
    reporters: ['default'],
    projects: [
      {
        test: {
          ...patience,
          name: 'unit',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [...ignored, ...needsServices, 'tests/e2e/**', 'tests/faults/**'],
        },
      },
      {
        test: { ...patience, name: 'integration', include: needsServices, exclude: ignored, globalSetup: services },
      },
      {
        // Browsers and faults come one file after the other: they start whole shops, and some kill theirs.
        test: {
          ...patience,
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: services,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
        },
      },
      {
        test: {
          ...patience,
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          globalSetup: services,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
          testTimeout: 120_000,
        },
      },
    ],
  },
})
