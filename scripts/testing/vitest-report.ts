import { existsSync, readFileSync } from 'node:fs'

/** How many tests passed and failed; `problems` are failures no single test stands for. */
export type Tally = { passed: number; failed: number; problems: string[] }

type Report = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { name: string; status: string; assertionResults: { status: string }[] }[]
}

/**
 * Counts what vitest's JSON reporter wrote. A file that could not be loaded, a skipped test and a run that ended badly for no
 * visible reason (an unhandled rejection, a crash) count as failed: silence is not success.
 */
export function tallyReport(file: string, exitCode: number | null): Tally {
  const report = readReport(file)
  if (!report) return { passed: 0, failed: 1, problems: ['vitest ended without a report'] }
  const problems = report.testResults
    .filter(
      ({ status, assertionResults }) =>
        status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
    )
    .map(({ name }) => `${name} could not be run`)
  const skipped = report.numPendingTests + report.numTodoTests
  if (skipped > 0) problems.push(`${skipped} skipped: every test runs, or is deleted`)
  if (exitCode !== 0 && report.numFailedTests + problems.length === 0)
    problems.push(`vitest ended with exit code ${exitCode}`)
  const failed = report.numFailedTests + problems.length + Math.max(0, skipped - 1)
  return { passed: report.numPassedTests, failed, problems }
}

function readReport(file: string): Report | undefined {
  if (!existsSync(file)) return undefined
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
  return isReport(value) ? value : undefined
}

function isReport(value: unknown): value is Report {
  return typeof value === 'object' && value !== null && 'testResults' in value && 'numPassedTests' in value
}
