import type { ImportReport } from './import-catalogue.ts'
import { issueWords } from './issues.ts'
import type { Issue } from './issues.ts'

const MAX_PRINTED = 200

function printIssue(issue: Issue): string {
  const place = [issue.line > 0 ? `line ${issue.line}` : 'file', issue.column, issue.handle].filter(Boolean).join(', ')
  const value = issue.value === null || issue.value === '' ? '' : ` — "${issue.value}"`
  return `  ${place}: ${issueWords[issue.code]} [${issue.code}]${value}`
}

function printIssues(title: string, issues: readonly Issue[], total: number): string[] {
  if (total === 0) return []
  const left = total - Math.min(issues.length, MAX_PRINTED)
  return [
    '',
    `${title} (${total})`,
    ...issues.slice(0, MAX_PRINTED).map(printIssue),
    ...(left > 0 ? [`  … and ${left} more (--json lists them)`] : []),
  ]
}

/** The report as a person reads it on a terminal. */
export function printReport(report: ImportReport): string {
  const { created, updated, unchanged, refused } = report.products
  const rate = report.seconds > 0 ? Math.round(report.rows / report.seconds) : report.rows
  const isNothingNew = created + updated + report.refused === 0
  return [
    report.isDryRun
      ? 'Dry run: nothing was written.'
      : isNothingNew
        ? 'Nothing changed: the shop has all of it already.'
        : 'Imported.',
    `  rows       ${report.rows} in ${report.seconds.toFixed(1)} s (${rate} rows/s), ${report.variants} variants`,
    `  products   ${created} created, ${updated} updated, ${unchanged} unchanged, ${refused} refused`,
    ...printIssues(
      'Refused',
      report.issues.filter((issue) => issue.severity === 'refused'),
      report.refused,
    ),
    ...printIssues(
      'Warnings',
      report.issues.filter((issue) => issue.severity === 'warning'),
      report.warnings,
    ),
    '',
  ].join('\n')
}
