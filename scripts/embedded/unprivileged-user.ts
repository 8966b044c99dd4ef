import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, statSync } from 'node:fs'

/** The system user that runs PostgreSQL when we are root; PostgreSQL itself refuses to run as root. */
export type UnixUser = { uid: number; gid: number; name: string }

/**
 * Whom PostgreSQL should run as. Undefined: as ourselves. As root it is the owner of the data that is already there (so that
 * one `sudo npm start` locks nobody out), else the system user `dhow`, created when missing, else `nobody`.
 */
export function findPostgresUser(dataDirectory: string, note: (line: string) => void): UnixUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const owner = statSync(dataDirectory, { throwIfNoEntry: false })
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, name: String(owner.uid) }
  const existing = findUser('dhow')
  if (existing) return existing
  const created = createSystemUser()
  if (created) {
    note('created the system user "dhow", because PostgreSQL refuses to run as root')
    return created
  }
  const nobody = findUser('nobody')
  if (!nobody) throw new Error('PostgreSQL refuses to run as root, and there is neither a user "dhow" nor "nobody"')
  return nobody
}

function findUser(name: string): UnixUser | undefined {
  try {
    const ask = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }))
    return { uid: ask('-u'), gid: ask('-g'), name }
  } catch {
    return undefined // id exits 1 for a user it does not know
  }
}

function createSystemUser(): UnixUser | undefined {
  const nologin = '/usr/sbin/nologin'
  // shadow's useradd, then busybox' adduser. A second start doing the same at once makes one of them fail: look again.
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--home-dir', '/', '--shell', nologin, 'dhow'])
  if (!findUser('dhow')) spawnSync('adduser', ['-S', '-D', '-H', '-s', '/sbin/nologin', 'dhow'])
  return findUser('dhow')
}

/** Whether that user can get into a directory. Asked of the system, since modes, ACLs and mounts all have a say. */
export function canEnter(directory: string, user: UnixUser): boolean {
  const { uid, gid } = user
  return spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', directory], { uid, gid, cwd: '/' }).status === 0
}

/** The fallback below which PostgreSQL keeps what it could not reach inside the checkout, such as one under /root. */
export function makeSharedDirectory(): string {
  mkdirSync('/var/lib/dhow', { recursive: true, mode: 0o755 })
  return '/var/lib/dhow'
}
