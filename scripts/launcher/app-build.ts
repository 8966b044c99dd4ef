import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { processIdentity } from '../embedded/processes.ts'
import { ROOT } from './config.ts'

/** What is built before it runs. */
export type BuiltApp = 'web' | 'admin'

const TITLES: Record<BuiltApp, string> = { web: 'website', admin: 'back office' }

/**
 * Builds the website or the back office with its own `build` script when anything that goes into it has changed since its last
 * build. Two at once take turns. Returns whether it built. Throws with the build's output when it fails.
 */
export async function buildIfChanged(app: BuiltApp, signal?: AbortSignal): Promise<boolean> {
  const stamp = path.join(ROOT, `apps/${app}/dist/.build-stamp`)
  const release = await takeTurn(path.join(ROOT, `node_modules/.dhow-${app}-build.lock`), signal)
  try {
    const wanted = hashOfSources(app)
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false
    rmSync(stamp, { force: true })
    await runBuild(app, signal)
    writeFileSync(stamp, wanted)
    return true
  } finally {
    release()
  }
}

function hashOfSources(app: BuiltApp): string {
  const hash = createHash('sha256').update(process.version)
  const skipped = (name: string) => name === 'node_modules' || name === 'dist'
  const files = globSync([`apps/${app}/**/*`, 'packages/**/*'], {
    cwd: ROOT,
    withFileTypes: true,
    exclude: (entry) => skipped(entry.name),
  })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
  for (const file of [...files.toSorted(), path.join(ROOT, 'package-lock.json')]) {
    hash
      .update(`${path.relative(ROOT, file)}\0`)
      .update(readFileSync(file))
      .update('\0')
  }
  return hash.digest('hex')
}

/** An exclusive file with the builder's identity; one whose builder is gone counts for nothing. */
async function takeTurn(lock: string, signal: AbortSignal | undefined): Promise<() => void> {
  const mine = `${process.pid} ${processIdentity(process.pid)}`
  for (;;) {
    signal?.throwIfAborted()
    try {
      writeFileSync(lock, mine, { flag: 'wx' })
      return () => rmSync(lock, { force: true })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    const builder = /^(\d+) (.+)$/.exec(existsSync(lock) ? readFileSync(lock, 'utf8') : '')
    if (builder && processIdentity(Number(builder[1])) !== builder[2]) rmSync(lock, { force: true })
    await delay(200)
  }
}

function runBuild(app: BuiltApp, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NODE_ENV: 'production' }
    const args = ['run', '--silent', 'build', '--workspace', `apps/${app}`]
    const child = spawn('npm', args, { cwd: ROOT, env, signal, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve()
      else
        reject(new Error(`The ${TITLES[app]} could not be built:\n${output.trim().split('\n').slice(-30).join('\n')}`))
    })
  })
}
