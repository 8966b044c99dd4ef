import path from 'node:path'

/** The repository. */
export const ROOT = path.resolve(import.meta.dirname, '../..')

/** What `npm start` and its companions read from the environment, parsed once. */
export type LauncherConfig = {
  /** Absolute; all data, logs and secrets are below it. */
  home: string
  /** Zero takes a free port. */
  ports: Record<PortName, number>
}

export type PortName = 'web' | 'admin' | 'api' | 'sandbox' | 'postgres' | 'redis'

/** The variable and the default of every port. */
export const PORTS: Record<PortName, { variable: string; fallback: number }> = {
  web: { variable: 'PORT', fallback: 3000 },
  admin: { variable: 'ADMIN_PORT', fallback: 3001 },
  api: { variable: 'API_PORT', fallback: 4000 },
  sandbox: { variable: 'SANDBOX_PORT', fallback: 4500 },
  postgres: { variable: 'POSTGRES_PORT', fallback: 54_320 },
  redis: { variable: 'REDIS_PORT', fallback: 63_790 },
}

/** All ports, in the order in which they are checked. */
export const PORT_NAMES = ['web', 'admin', 'api', 'sandbox', 'postgres', 'redis'] as const

/** A setting a person must change. The message is the one line to show; there is nothing to learn from a stack. */
export class LauncherError extends Error {}

/** Throws {@link LauncherError} naming the variable when a port is no port, or two are the same. */
export function readLauncherConfig(env: NodeJS.ProcessEnv): LauncherConfig {
  const ports = { web: 0, admin: 0, api: 0, sandbox: 0, postgres: 0, redis: 0 }
  const variableByPort = new Map<number, string>()
  for (const name of PORT_NAMES) {
    const { variable, fallback } = PORTS[name]
    const port = readPort(variable, env[variable]) ?? fallback
    const taken = variableByPort.get(port)
    if (port !== 0 && taken)
      throw new LauncherError(`${taken} and ${variable} are both ${port}. Give each its own port.`)
    variableByPort.set(port, variable)
    ports[name] = port
  }
  return { home: path.resolve(ROOT, env['DHOW_HOME'] || '.dhow'), ports }
}

function readPort(variable: string, text: string | undefined): number | undefined {
  if (text === undefined || text.trim() === '') return undefined
  if (/^\d{1,5}$/.test(text.trim()) && Number(text) <= 65_535) return Number(text)
  throw new LauncherError(`${variable} must be a port from 1 to 65535 (or 0 for a free one), not "${text}".`)
}
