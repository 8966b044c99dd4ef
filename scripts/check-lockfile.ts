import { readFileSync } from 'node:fs'
import path from 'node:path'

type LockEntry = { resolved?: string; link?: boolean; optionalDependencies?: Record<string, string> }

/**
 * Finds holes in package-lock.json: platform binaries that some other machine would miss (npm leaves them out silently when the
 * registry lacks them, and `npm ci` then fails there), and addresses of one registry, which would bind everybody to it.
 */
export function findLockfileFaults(packages: Record<string, LockEntry>): string[] {
  const faults: string[] = []
  for (const [place, entry] of Object.entries(packages)) {
    if (entry.resolved && !entry.link) faults.push(`${place} names a registry address: ${entry.resolved}`)
    for (const name of Object.keys(entry.optionalDependencies ?? {})) {
      if (!isLocked(packages, place, name)) faults.push(`${place || 'package.json'} wants ${name}, which is not locked`)
    }
  }
  return faults
}

/** As Node resolves it: in the package's own node_modules, then in each one above. */
function isLocked(packages: Record<string, LockEntry>, place: string, name: string): boolean {
  for (let folder = place; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    if (`${folder ? `${folder}/` : ''}node_modules/${name}` in packages) return true
    if (folder === '') return false
  }
}

function readPackages(): Record<string, LockEntry> {
  const lock: unknown = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../package-lock.json'), 'utf8'))
  if (isLock(lock)) return lock.packages
  throw new Error('package-lock.json has no "packages"')
}

function isLock(value: unknown): value is { packages: Record<string, LockEntry> } {
  return typeof value === 'object' && value !== null && 'packages' in value && typeof value.packages === 'object'
}

if (import.meta.main) {
  const faults = findLockfileFaults(readPackages())
  for (const fault of faults) console.error(fault)
  process.exitCode = faults.length === 0 ? 0 : 1
}
