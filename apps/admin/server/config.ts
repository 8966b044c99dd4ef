import { z } from 'zod'

const origin = z.url().transform((text) => new URL(text).origin)
const port = z.coerce.number().int().min(0).max(65_535)

const Environment = z.object({
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  HOST: z.string().min(1).default('127.0.0.1'),
  ADMIN_PORT: port.default(3001),
  API_URL: origin.default('http://127.0.0.1:4000'),
  /** Where staff find the back office. The API is given the same: no other origin may use staff cookies. */
  ADMIN_URL: origin.optional(),
  /** How many proxies in front are ours; their `X-Forwarded-For` is passed on, anybody else's is dropped. */
  TRUST_PROXY: z.coerce.number().int().min(0).max(5).default(0),
  /** `cloudflare` passes its `CF-*` headers on to the API; otherwise they are somebody's invention. */
  GEO_HEADERS: z.enum(['none', 'cloudflare']).default('none'),
})

export interface AdminConfig {
  logLevel: string
  host: string
  port: number
  apiUrl: string
  adminUrl: string
  isBehindProxy: boolean
  hasEdgeHeaders: boolean
}

/** Reads the environment once. Throws one line naming each variable that is wrong. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): AdminConfig {
  const filled = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(filled)
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`configuration: ${faults.join('; ')}`)
  }
  const env = parsed.data
  return {
    logLevel: env.LOG_LEVEL,
    host: env.HOST,
    port: env.ADMIN_PORT,
    apiUrl: env.API_URL,
    adminUrl: env.ADMIN_URL ?? `http://localhost:${env.ADMIN_PORT}`,
    isBehindProxy: env.TRUST_PROXY > 0,
    hasEdgeHeaders: env.GEO_HEADERS === 'cloudflare',
  }
}
