import type { ReconciledBooks, RunKind } from '@dhow/contracts/reconciliation.ts'
import { startTestApp } from './app.ts'
import type { TestApp } from './app.ts'

/** An app that hears nothing by webhook, so that whatever it knows it found out by comparing. */
export async function startReconciled(): Promise<TestApp> {
  const app = await startTestApp()
  app.sandbox.control.setWebhooks({ mode: 'drop' })
  return app
}

/** What staff would see of a comparison: the differences that are open about something, by class. */
export function booksOf(app: TestApp) {
  const { db, worker } = app
  const compare = (provider: ReconciledBooks, kind: RunKind = 'recent') =>
    worker.runTask('reconciliation.run', { provider, kind })
  const differences = (providerRef: string, state: 'open' | 'healed' | 'resolved' = 'open') =>
    db
      .selectFrom('reconciliationDifferences')
      .select(['id', 'class', 'ours', 'theirs', 'state', 'paymentId', 'orderId'])
      .where('providerRef', '=', providerRef)
      .where('state', '=', state)
      .orderBy('class')
      .execute()
  const classes = async (providerRef: string) => (await differences(providerRef)).map((one) => one.class)
  const lastRun = (provider: ReconciledBooks) =>
    db
      .selectFrom('reconciliationRuns')
      .selectAll()
      .where('provider', '=', provider)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
  const alerts = (alert: string, providerRef?: string) =>
    app.logs.filter(
      (line) => line['alert'] === alert && (providerRef === undefined || line['providerRef'] === providerRef),
    )
  return { compare, differences, classes, lastRun, alerts }
}
