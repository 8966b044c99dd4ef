import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ROOT } from './launcher/config.ts'
import { messageOf } from './launcher/session.ts'
import { buildIfChanged } from './launcher/app-build.ts'
import { runChecks } from './testing/checks.ts'
import { ensureSystemPackages, MissingPackagesError } from './testing/system-packages.ts'
import { tallyReport, type Tally } from './testing/vitest-report.ts'

/**
 * `npm test`: system packages, checks, the builds of website and back office, then every test there is. What follows a failure runs all the
 * same, so that one run tells everything. The last line is always "N passed, N failed".
 */
async function main(): Promise<number> {
  const write = (text: string) => void process.stdout.write(text)
  ensureSystemPackages(write)
  write('Checks\n')
  const checks = await runChecks(write)
  const tallies = [tallyChecks(checks), await build('web', write), await build('admin', write), await runVitest()]
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0)
  const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0)
  for (const problem of tallies.flatMap((tally) => tally.problems)) write(`✗ ${problem}\n`)
  write(`${passed} passed, ${failed} failed\n`)
  return failed === 0 ? 0 : 1
}

function tallyChecks(checks: { name: string; passed: boolean }[]): Tally {
  const failed = checks.filter((check) => !check.passed)
  return {
    passed: checks.length - failed.length,
    failed: failed.length,
    problems: failed.map(({ name }) => `npm run ${name}`),
  }
}

async function build(app: 'web' | 'admin', write: (text: string) => void): Promise<Tally> {
  try {
    write(`✓ ${app} ${(await buildIfChanged(app)) ? 'built' : 'is up to date'}\n`)
    return { passed: 1, failed: 0, problems: [] }
  } catch (error) {
    write(`✗ ${app} build\n${messageOf(error)}\n`)
    return { passed: 0, failed: 1, problems: ['npm run build'] }
  }
}

async function runVitest(): Promise<Tally> {
  const directory = mkdtempSync(path.join(tmpdir(), 'dhow-report-'))
  const report = path.join(directory, 'vitest.json')
  try {
    const exitCode = await spawnVitest(['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`])
    return tallyReport(report, exitCode)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function spawnVitest(args: string[]): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const vitest = path.join(ROOT, 'node_modules/vitest/vitest.mjs')
    const child = spawn(process.execPath, [vitest, ...args], { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
    child.once('error', reject)
    child.once('exit', resolve)
  })
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof MissingPackagesError ? error.message : error)
  process.exitCode = 1
}
