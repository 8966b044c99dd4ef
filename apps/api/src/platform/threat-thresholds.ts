import { z } from 'zod'

const count = (fallback: number) => z.int().min(1).default(fallback)
const share = (fallback: number) => z.number().min(0).max(1).default(fallback)

/** From how much on each threat rule fires (security facts, table of §19). Windows are the rule's own. */
export const ThreatThresholds = z.strictObject({
  /** Credential stuffing: refused sign-ins in ten minutes overall, accounts tried from one network, and the share refused of so many tries. */
  'TR-1': z
    .strictObject({ failures: count(200), accounts: count(20), failureShare: share(0.8), minTries: count(50) })
    .prefault({}),
  /** OTP flood: share of the hourly or daily budget spent. */
  'TR-4': z.strictObject({ budgetShare: share(0.8) }).prefault({}),
  /** Impossible travel: kilometres an hour between two sign-ins, from so many kilometres on. */
  'TR-5': z.strictObject({ kilometresPerHour: count(900), minKilometres: count(200) }).prefault({}),
  /** Refresh tokens used twice within an hour. */
  'TR-9': z.strictObject({ staff: count(1), customers: count(20) }).prefault({}),
})
export type ThreatThresholds = z.output<typeof ThreatThresholds>

/** THREAT_THRESHOLDS: JSON naming only what shall differ, such as `{"TR-1":{"failures":500}}`. */
export const ThreatThresholdsText = z
  .string()
  .default('{}')
  .transform((text, context) => {
    try {
      const parsed = ThreatThresholds.safeParse(JSON.parse(text))
      if (parsed.success) return parsed.data
      context.issues.push({ code: 'custom', message: `is wrong: ${parsed.error.message}`, input: text })
    } catch {
      context.issues.push({ code: 'custom', message: 'must be JSON such as {"TR-1":{"failures":500}}', input: text })
    }
    return z.NEVER
  })
