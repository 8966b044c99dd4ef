import { spawn } from 'node:child_process'
import path from 'node:path'
import manifest from '../../package.json' with { type: 'json' }
import { ROOT } from '../launcher/config.ts'

/** One of the `check:*` scripts of package.json, and how it went. */
export type CheckResult = { name: string; passed: boolean; output: string }

const AT_ONCE = 2

/** Runs every `check:*` script, two at a time, and says how each went; the output only of those that fail. */
export async function runChecks(write: (text: string) => void): Promise<CheckResult[]> {
  const waiting = Object.entries(manifest.scripts).filter(([name]) => name.startsWith('check:'))
  const results: CheckResult[] = []
  const takeNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const startedAt = performance.now()
      const result = await runCheck(...next)
      results.push(result)
      const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
      write(`${result.passed ? '✓' : '✗'} ${result.name} (${seconds} s)\n`)
      if (!result.passed) write(`${result.output.trimEnd()}\n`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, takeNext))
  return results
}

/** The script as npm would run it, without the half second npm itself takes. */
function runCheck(name: string, script: string): Promise<CheckResult> {
  return new Promise((resolve, reject) => {
    const env = {
      ...process.env,
      PATH: `${path.join(ROOT, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
      NO_COLOR: '1',
    }
    const child = spawn('/bin/sh', ['-c', script], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('error', reject)
    child.once('close', (code) => resolve({ name, passed: code === 0, output }))
  })
}
