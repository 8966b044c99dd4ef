import type { AppContext } from '../../context.ts'
import type { ThreatThresholds } from '../../platform/threat-thresholds.ts'
import { otpFigures } from '../identity/identity.ts'
import { listOpenAlerts } from './alerts.sql.ts'
import { kilometresBetween } from './distance.ts'
import { countEvents, listSignIns, listSignInsByNetwork } from './signals.sql.ts'
import type { SignInFacts } from './signals.sql.ts'

/** What a rule has seen of somebody. `mark` grows with each new sign of it: what was reported once is not reported again. */
export interface Finding {
  subject: string
  mark: number
  evidence: Record<string, string | number>
  response: Response
}

/** What follows besides the alert. */
export type Response =
  | { kind: 'none' }
  /** The network, or everyone, signs in slowly for a while. */
  | { kind: 'slow-sign-in'; subject: string }
  /** The session ends; its owner signs in anew. */
  | { kind: 'end-session'; sessionId: string; accountId: string }
  /** Every session of the account ends. */
  | { kind: 'end-sessions'; accountId: string }
  /** The session goes on, but must prove itself again before anything that matters. */
  | { kind: 'confirm-again'; sessionId: string; accountId: string }

interface Look {
  ctx: AppContext
  now: Date
  thresholds: ThreatThresholds
}

export interface ThreatRule {
  id: string
  severity: 'warning' | 'page'
  find(look: Look): Promise<Finding[]>
}

const MINUTE_MS = 60_000
const ago = (now: Date, minutes: number): Date => new Date(now.getTime() - minutes * MINUTE_MS)
const none: Response = { kind: 'none' }

/** Credential stuffing: many accounts from one network, or so many failures that it comes from everywhere. */
const stuffing: ThreatRule = {
  id: 'TR-1',
  severity: 'page',
  async find({ ctx, now, thresholds }) {
    const limits = thresholds['TR-1']
    const networks = await listSignInsByNetwork(ctx.db, ago(now, 10))
    const total = networks.reduce((sum, row) => sum + row.failures, 0)
    const findings: Finding[] = networks
      .filter(({ accounts, failures, successes }) => {
        const tries = failures + successes
        return accounts > limits.accounts || (tries > limits.minTries && failures / tries > limits.failureShare)
      })
      .map(({ network, failures, accounts, successes, lastSeq }) => ({
        subject: `network:${network}`,
        mark: lastSeq,
        evidence: { failures, accounts, successes, minutes: 10 },
        response: { kind: 'slow-sign-in', subject: `network:${network}` },
      }))
    if (total <= limits.failures) return findings
    const mark = Math.max(...networks.map((row) => row.lastSeq))
    const everywhere = { failures: total, networks: networks.length, minutes: 10 }
    const response: Response = { kind: 'slow-sign-in', subject: 'everyone' }
    return [...findings, { subject: 'everyone', mark, evidence: everywhere, response }]
  },
}

/** Somebody got in from a network that is being used for stuffing: their password is known to others. */
const successAfterStuffing: ThreatRule = {
  id: 'TR-2',
  severity: 'page',
  async find({ ctx, now }) {
    const open = await listOpenAlerts(ctx.db, 'TR-1')
    const since = new Map(open.map((alert) => [alert.subject, alert.firstSeenAt]))
    if (since.size === 0) return []
    const signIns = await listSignIns(ctx.db, ago(now, 15))
    return signIns
      .filter((signIn) => {
        const from = since.get(`network:${signIn.network}`)
        return from !== undefined && signIn.at >= ago(from, 10) && !signIn.knowsDevice
      })
      .map(({ sessionId, accountId, network, at }) => ({
        subject: `account:${accountId}`,
        mark: at.getTime(),
        evidence: { sessionId, network },
        response: { kind: 'end-session', sessionId, accountId },
      }))
  },
}

/** Codes cost nearly what they may, or a number range never answers. The breakers have acted already: this calls a person. */
const otpFlood: ThreatRule = {
  id: 'TR-4',
  severity: 'page',
  async find({ ctx, now, thresholds }) {
    const { budgetShare, sends, verified, blocks } = await otpFigures(ctx, ctx.db, now)
    const hour = Math.floor(now.getTime() / (60 * MINUTE_MS))
    const findings: Finding[] = []
    if (blocks > 0) {
      const evidence = { blocks, sends, verified }
      findings.push({ subject: 'conversion', mark: hour * 1000 + blocks, evidence, response: none })
    }
    if (budgetShare >= thresholds['TR-4'].budgetShare) {
      const evidence = { percentOfBudget: Math.round(budgetShare * 100), sends, verified }
      findings.push({ subject: 'budget', mark: hour, evidence, response: none })
    }
    return findings
  },
}

const speedOf = (signIn: SignInFacts): { kilometres: number; hours: number } | undefined => {
  const { before, latitude, longitude, at } = signIn
  if (!before || latitude === null || longitude === null) return undefined
  const kilometres = kilometresBetween(before, { latitude, longitude })
  return { kilometres, hours: Math.max((at.getTime() - new Date(before.at).getTime()) / 3_600_000, 1 / 60) }
}

/** Two sign-ins of one account further apart than anybody travels. Customers only count on a device not seen before. */
const impossibleTravel: ThreatRule = {
  id: 'TR-5',
  severity: 'page',
  async find({ ctx, now, thresholds }) {
    const { kilometresPerHour, minKilometres } = thresholds['TR-5']
    const signIns = await listSignIns(ctx.db, ago(now, 5))
    return signIns.flatMap((signIn): Finding[] => {
      const travel = speedOf(signIn)
      if (!travel || travel.kilometres < minKilometres) return []
      if (travel.kilometres / travel.hours <= kilometresPerHour) return []
      const isStaff = signIn.audience === 'admin-api'
      if (!isStaff && signIn.knowsDevice) return []
      const { sessionId, accountId } = signIn
      const evidence = {
        sessionId,
        kilometres: Math.round(travel.kilometres),
        minutes: Math.round(travel.hours * 60),
        country: signIn.country ?? '',
      }
      const response: Response = isStaff
        ? { kind: 'end-sessions', accountId }
        : { kind: 'confirm-again', sessionId, accountId }
      return [{ subject: `account:${accountId}`, mark: signIn.at.getTime(), evidence, response }]
    })
  },
}

const privilegeActions = [
  'staff.invited',
  'staff.roles-changed',
  'staff.enabled',
  'staff.factors-reset',
  'role.created',
  'role.changed',
  'role.deleted',
  'approval.approved',
  'auth.key-rotated',
]

/** Who may do what has changed: everybody who minds hears of it within a minute. */
const privilegeChange: ThreatRule = {
  id: 'TR-6',
  severity: 'warning',
  async find({ ctx, now }) {
    const events = await countEvents(ctx.db, privilegeActions, ago(now, 15))
    return events.map(({ subject, count, lastSeq, actions }) => ({
      subject: `actor:${subject}`,
      mark: lastSeq,
      evidence: { count, actions: actions.join(', '), lastSeq },
      response: none,
    }))
  },
}

/** Refresh tokens used twice: stolen, or a client that is broken. Their sessions have ended already. */
const refreshReuse: ThreatRule = {
  id: 'TR-9',
  severity: 'page',
  async find({ ctx, now, thresholds }) {
    const events = await countEvents(ctx.db, ['auth.refresh-reuse'], ago(now, 60))
    const limits = { staff: thresholds['TR-9'].staff, customer: thresholds['TR-9'].customers }
    return (['staff', 'customer'] as const).flatMap((kind): Finding[] => {
      const mine = events.filter((event) => event.actorKind === kind)
      const count = mine.reduce((sum, event) => sum + event.count, 0)
      if (count < limits[kind]) return []
      const mark = Math.max(...mine.map((event) => event.lastSeq))
      return [{ subject: kind, mark, evidence: { count, accounts: mine.length, minutes: 60 }, response: none }]
    })
  },
}

/** A staff member signed in from a device or country they have not used before. */
const newStaffDevice: ThreatRule = {
  id: 'TR-16',
  severity: 'warning',
  async find({ ctx, now }) {
    const signIns = await listSignIns(ctx.db, ago(now, 5))
    return signIns
      .filter((signIn) => signIn.audience === 'admin-api' && !signIn.isFirst)
      .filter((signIn) => !signIn.knowsDevice || !signIn.knowsCountry)
      .map(({ sessionId, accountId, network, country, knowsDevice, at }) => ({
        subject: `account:${accountId}`,
        mark: at.getTime(),
        evidence: { sessionId, network, country: country ?? '', new: knowsDevice ? 'country' : 'device' },
        response: none,
      }))
  },
}

export const threatRules: readonly ThreatRule[] = [
  stuffing,
  successAfterStuffing,
  otpFlood,
  impossibleTravel,
  privilegeChange,
  refreshReuse,
  newStaffDevice,
]
