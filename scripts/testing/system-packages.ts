import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Any one of the programs or files will do. */
type SystemPackage = { debian: string; brew?: string; anyOf: string[] }

/** What the tests need beside npm's packages. */
const NEEDED: SystemPackage[] = [
  { debian: 'redis-server', brew: 'redis', anyOf: ['redis-server'] },
  { debian: 'nginx', brew: 'nginx', anyOf: ['nginx'] },
  {
    debian: 'chromium',
    brew: '--cask chromium',
    anyOf: [
      'chromium',
      'chromium-browser',
      'google-chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
  },
  // Arabic letters; without them the browser would measure and photograph boxes. Other systems bring their own.
  {
    debian: 'fonts-noto-core',
    anyOf: existsSync('/etc/debian_version') ? ['/usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf'] : ['/'],
  },
]

/** The tests cannot run here until a person has done what the message says. */
export class MissingPackagesError extends Error {}

/**
 * Installs what is missing when we are root on Debian or Ubuntu. Elsewhere throws one line with the command to run: a test
 * that is silently left out is worse than one that fails.
 */
export function ensureSystemPackages(write: (text: string) => void): void {
  const missing = NEEDED.filter(isMissing)
  if (missing.length === 0) return
  const names = missing.map(({ debian }) => debian).join(' ')
  const command = `apt-get update && apt-get install -y --no-install-recommends ${names}`
  if (process.platform === 'darwin') {
    const installs = missing.map(({ brew }) => `brew install ${brew}`).join(' && ')
    throw new MissingPackagesError(`The tests need more programs. Run: ${installs}`)
  }
  if (!existsSync('/etc/debian_version')) {
    throw new MissingPackagesError(
      `The tests need the programs of Debian's packages ${names}: install them with your package manager.`,
    )
  }
  if (process.getuid?.() !== 0)
    throw new MissingPackagesError(`The tests need more packages. Run: sudo sh -c '${command}'`)
  write(`Installing ${names} …\n`)
  install(command)
  const left = NEEDED.filter(isMissing).map(({ debian }) => debian)
  if (left.length > 0) throw new MissingPackagesError(`${left.join(', ')} could not be installed. Try: ${command}`)
}

function isMissing({ anyOf }: SystemPackage): boolean {
  // nginx is in a directory that only root has on its PATH.
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/local/sbin']
  const isPresent = (name: string) =>
    path.isAbsolute(name) ? existsSync(name) : folders.some((folder) => isExecutable(path.join(folder, name)))
  return !anyOf.some(isPresent)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const POLICY = '/usr/sbin/policy-rc.d'

/**
 * Debian starts a service as soon as it is installed, which here would take the ports of whoever runs the tests. A policy of
 * exit code 101 forbids it while we install.
 */
function install(command: string): void {
  const hasPolicy = existsSync(POLICY)
  if (!hasPolicy) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const { status } = spawnSync('/bin/sh', ['-c', command], { env, stdio: ['ignore', 'inherit', 'inherit'] })
    if (status !== 0)
      throw new MissingPackagesError(`apt-get failed; its message is above. The command was: ${command}`)
  } finally {
    if (!hasPolicy) rmSync(POLICY, { force: true })
  }
}
