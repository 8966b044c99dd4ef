import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { tallyReport } from './vitest-report.ts'

const clean = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] }

function write(report: object): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'dhow-report-test-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  const file = path.join(directory, 'report.json')
  writeFileSync(file, JSON.stringify(report))
  return file
}

test('passed and failed tests are counted', () => {
  expect(tallyReport(write({ ...clean, numFailedTests: 2 }), 1)).toEqual({ passed: 3, failed: 2, problems: [] })
})

test('a file that could not be loaded is a failure', () => {
  const testResults = [{ name: 'broken.test.ts', status: 'failed', assertionResults: [] }]
  expect(tallyReport(write({ ...clean, testResults }), 1)).toEqual({
    passed: 3,
    failed: 1,
    problems: ['broken.test.ts could not be run'],
  })
})

test('skipped tests are failures, each of them', () => {
  expect(tallyReport(write({ ...clean, numPendingTests: 1, numTodoTests: 1 }), 0)).toMatchObject({
    passed: 3,
    failed: 2,
  })
})

test('a run that ends badly though no test failed is a failure', () => {
  expect(tallyReport(write(clean), 1)).toEqual({ passed: 3, failed: 1, problems: ['vitest ended with exit code 1'] })
})

test('no report at all is a failure', () => {
  expect(tallyReport('/nowhere/report.json', null)).toMatchObject({ passed: 0, failed: 1 })
})
