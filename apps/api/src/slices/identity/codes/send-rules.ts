import type { Config } from '../../../config.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import type { Sealer } from '../../../platform/crypto/sealing.ts'
import { callerOf } from '../../../platform/limits/address.ts'
import type { WindowRule } from '../../../platform/limits/windows.ts'

/** Whom a message concerns, as keyed hashes: what limits, budgets and blocks count by. */
export interface SendSubject {
  country: string
  phoneIndex: Buffer
  /** The number without its last four digits: neighbours a flood goes through one by one. */
  prefixIndex: Buffer
  ipIndex: Buffer
  networkIndex: Buffer
  deviceIndex: Buffer | null
  accountId: string | null
}

export function subjectOf(
  sealer: Sealer,
  request: { phone: string; country: string; client: ClientFacts; accountId: string | null },
): SendSubject {
  const { phone, country, client, accountId } = request
  const index = (name: string, value: string): Buffer => sealer.blindIndex(`otp_sends.${name}`, value)
  return {
    country,
    phoneIndex: index('phone', phone),
    prefixIndex: index('prefix', phone.slice(0, -4)),
    ipIndex: index('ip', callerOf(client.ip)),
    networkIndex: index('network', client.network),
    deviceIndex: client.deviceId === undefined ? null : index('device', client.deviceId),
    accountId,
  }
}

/** The columns of `otp_sends` a rule may count by. */
export type Counted = 'phone' | 'prefix' | 'ip' | 'network' | 'device' | 'account' | 'country'

export interface SendRule extends WindowRule {
  by: Counted
  /** Whom exactly, as it stands in the column. */
  value: Buffer | string
}

const DAY_SECONDS = 86_400

/**
 * Every window a message must fit into (OT-3). The one named `proof` comes last and only while no proof of work is given: the
 * first messages of an address are free (OT-7). Hosting networks have no limit of their own: nothing here knows networks' owners.
 */
export function rulesFor(config: Config, subject: SendSubject, hasProof: boolean): SendRule[] {
  const { country, accountId } = subject
  const values: [Counted, Buffer | string | null][] = [
    ['phone', subject.phoneIndex],
    ['account', accountId],
    ['ip', subject.ipIndex],
    ['network', subject.networkIndex],
    ['device', subject.deviceIndex],
    ['prefix', subject.prefixIndex],
    ['country', country],
  ]
  const keyOf = (by: Counted, value: Buffer | string): string =>
    `otp:${by}:${typeof value === 'string' ? value : value.toString('hex')}`
  const rules = values.flatMap(([by, value]): SendRule[] => {
    if (value === null) return []
    const windows = config.OTP_LIMITS.get(`${by}:${country}`) ?? config.OTP_LIMITS.get(by) ?? []
    return windows.map((window) => ({ ...window, name: by, by, value, key: keyOf(by, value) }))
  })
  if (hasProof) return rules
  const { ipIndex: value } = subject
  const free = { limit: config.OTP_FREE_SENDS_PER_IP, seconds: DAY_SECONDS }
  return [...rules, { ...free, name: 'proof', by: 'ip', value, key: keyOf('ip', value) }]
}

/** Seconds until the same number may be sent another message: the window that holds one. */
export const resendSeconds = (config: Config): number =>
  Math.max(
    0,
    ...(config.OTP_LIMITS.get('phone') ?? []).filter((window) => window.limit === 1).map(({ seconds }) => seconds),
  )
