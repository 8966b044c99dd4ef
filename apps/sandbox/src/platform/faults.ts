export type Provider = 'stripe' | 'sendgrid' | 'twilio' | 'tabby' | 'tamara'

/** `error500-kept` is a 500 that is stored under the idempotency key and repeated, as Stripe's own are once a request has begun. */
export const FAULT_KINDS = [
  'error500',
  'error500-kept',
  'timeout',
  'reset-before',
  'reset-after',
  'rate-limit',
  'slow',
  'slow-bytes',
] as const
export type FaultKind = (typeof FAULT_KINDS)[number]

export type Fault = {
  provider: Provider
  kind: FaultKind
  /** Only this method; any when absent. */
  method?: string | undefined
  /** Only this path; `*` or `{id}` stands for one segment (`/v1/payment_intents/{id}/confirm`). Any when absent. */
  path?: string | undefined
  /** How many requests it strikes; 1 when absent. */
  times?: number | undefined
  /** For `slow`: how long the answer waits after the request took effect. For `slow-bytes`: how long its body takes to arrive. */
  delayMs?: number | undefined
}

type Armed = { fault: Fault; left: number; path: RegExp | undefined }

export type Faults = {
  add: (fault: Fault) => void
  take: (provider: Provider, method: string, path: string) => Fault | undefined
  list: () => (Fault & { left: number })[]
  clear: () => void
}

/** Failures asked for through the control page, each striking the next matching requests. */
export function createFaults(): Faults {
  let armed: Armed[] = []
  return {
    add(fault) {
      armed.push({ fault, left: fault.times ?? 1, path: fault.path === undefined ? undefined : patternOf(fault.path) })
    },
    take(provider, method, path) {
      if (armed.length === 0) return undefined
      const hit = armed.find((entry) => strikes(entry, provider, method, path))
      if (!hit) return undefined
      hit.left -= 1
      if (hit.left <= 0) armed = armed.filter((entry) => entry !== hit)
      return hit.fault
    },
    list: () => armed.map(({ fault, left }) => ({ ...fault, left })),
    clear() {
      armed = []
    },
  }
}

function strikes(entry: Armed, provider: Provider, method: string, path: string): boolean {
  const { fault } = entry
  if (fault.provider !== provider) return false
  if (fault.method !== undefined && fault.method.toUpperCase() !== method) return false
  return entry.path === undefined || entry.path.test(path)
}

function patternOf(path: string): RegExp {
  const source = path.replaceAll(/\{[^}]*\}|:\w+/g, '*').replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(`^${source.replaceAll('*', '[^/]+')}$`)
}
