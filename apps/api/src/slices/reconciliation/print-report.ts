import type { Finding } from './differences.sql.ts'
import type { RunReport } from './run-reconciliation.ts'
import type { Sums } from './totals.ts'

/** AED with two decimals, for a terminal: `1234567` is `12,345.67`. */
const dirhams = (fils: number): string => {
  const digits = String(Math.abs(fils)).padStart(3, '0')
  const whole = digits.slice(0, -2).replaceAll(/\B(?=(\d{3})+$)/g, ',')
  return `${fils < 0 ? '-' : ''}${whole}.${digits.slice(-2)}`
}

const row = (cells: readonly string[]): string =>
  cells.map((cell, index) => (index === 0 ? cell.padEnd(12) : cell.padStart(16))).join('')

function sumsRows(ours: Sums, theirs: Sums): string[] {
  const parts = ['captured', 'refunded', 'fees', 'paidOut'] as const
  const of = (name: string, sums: Sums): string =>
    row([name, String(sums.count), ...parts.map((part) => dirhams(sums[part]))])
  const differences = parts.map((part) => dirhams(ours[part] - theirs[part]))
  return [
    row(['', 'payments', 'captured', 'refunded', 'fees', 'paid out']),
    of('  ours', ours),
    of('  theirs', theirs),
    row(['  difference', String(ours.count - theirs.count), ...differences]),
  ]
}

const sideText = (side: Finding['ours']): string =>
  Object.entries(side)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ') || 'nothing'

const findingText = (finding: Finding): string =>
  `  ✗ ${finding.class} ${finding.providerRef}${finding.orderId === null ? '' : ` (order ${finding.orderId})`}: ` +
  `ours ${sideText(finding.ours)}; theirs ${sideText(finding.theirs)}`

/** Whose sums there are two of. */
const isTwoSided = ({ provider }: RunReport): boolean => provider !== 'shop' && provider !== 'cod'

function reportText(report: RunReport): string {
  const { provider, state, failureReason, compared, healed, findings, unexplained, totals } = report
  const explained = findings.length - unexplained
  if (state === 'failed') return `${provider}\n  ✗ could not be compared: ${failureReason ?? 'unknown'}`
  return [
    provider,
    ...(isTwoSided(report) ? sumsRows(totals.ours, totals.theirs) : []),
    ...findings.map(findingText),
    `  ${compared} compared, ${healed} put right, ${findings.length} ${findings.length === 1 ? 'difference' : 'differences'}` +
      (explained > 0 ? `, ${explained} of them explained` : '') +
      (totals.foreign > 0 ? `, ${totals.foreign} of others on the same account left out` : ''),
  ].join('\n')
}

/** The report as people read it. */
export const printReport = (reports: readonly RunReport[]): string => reports.map(reportText).join('\n\n')
