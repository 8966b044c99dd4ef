import type { QueryOf, ResponseOf } from '@dhow/contracts/endpoint.ts'
import * as contract from '@dhow/contracts/reconciliation.ts'
import type { AppContext } from '../../context.ts'
import { inTransaction } from '../../platform/db/database.ts'
import { pageOf, parsePosition } from '../../platform/http/list-page.ts'
import { mount } from '../../platform/http/mount.ts'
import type { Api, Call } from '../../platform/http/mount.ts'
import { Problem } from '../../platform/http/problem.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import { recordAudit } from '../audit/audit.ts'
import { countOpenDifferences, listDifferences, resolveDifference } from './differences.sql.ts'
import { DAY_MS, LONGEST_DAYS, runJob } from './reconciliation.jobs.ts'
import { toDifferenceView, toRunView } from './reconciliation-view.ts'
import { booksToCompare, lastDays } from './run-reconciliation.ts'
import { listLastTotals, listRuns, listStandings } from './runs.sql.ts'

const STALE_MS = 3_600_000

async function overview(ctx: AppContext): Promise<ResponseOf<typeof contract.getReconciliation>> {
  const standings = new Map((await listStandings(ctx.db)).map((standing) => [standing.provider, standing]))
  const open = await countOpenDifferences(ctx.db)
  const totals = await listLastTotals(ctx.db)
  const now = ctx.clock.now().getTime()
  const books = booksToCompare(ctx).map((provider) => {
    const { lastSuccessAt = null, lastNightlyAt = null } = standings.get(provider) ?? {}
    return {
      provider,
      lastSuccessAt: lastSuccessAt?.toISOString() ?? null,
      lastNightlyAt: lastNightlyAt?.toISOString() ?? null,
      isStale: lastSuccessAt === null || now - lastSuccessAt.getTime() > (provider === 'cod' ? 26 : 1) * STALE_MS,
      openDifferences: open.get(provider) ?? 0,
      totals: totals.get(provider) ?? null,
    }
  })
  return { books }
}

async function listRunPage(ctx: AppContext, query: QueryOf<typeof contract.listReconciliationRuns>) {
  const { limit, cursor, ...filter } = query
  const found = await listRuns(ctx.db, filter, { after: parsePosition(cursor), limit: limit + 1 })
  const { rows, nextCursor } = pageOf(found, limit, ({ startedAt, id }) => ({ at: startedAt, id }))
  return { items: rows.map(toRunView), nextCursor }
}

async function listDifferencePage(ctx: AppContext, query: QueryOf<typeof contract.listReconciliationDifferences>) {
  const { limit, cursor, ...filter } = query
  const found = await listDifferences(ctx.db, filter, { after: parsePosition(cursor), limit: limit + 1 })
  const { rows, nextCursor } = pageOf(found, limit, ({ lastSeenAt, id }) => ({ at: lastSeenAt, id }))
  return { items: rows.map(toDifferenceView), nextCursor }
}

function resolve(ctx: AppContext, call: Call<typeof contract.resolveReconciliationDifference>) {
  const { params, body, actor, client } = call
  return inTransaction(ctx.db, async (tx) => {
    const resolution = { id: params.differenceId, by: actor.accountId, note: body.note, at: ctx.clock.now() }
    const row = await resolveDifference(tx, resolution)
    if (!row) throw new Problem('reconciliation/not-found')
    await recordAudit(ctx, tx, {
      action: 'reconciliation.difference-resolved',
      result: 'ok',
      actor,
      client,
      object: { type: 'reconciliation-difference', id: row.id },
      reason: body.note,
      details: { provider: row.provider, class: row.class, providerRef: row.providerRef },
    })
    return toDifferenceView(row)
  })
}

function start(ctx: AppContext, call: Call<typeof contract.startReconciliation>) {
  const { body, actor, client } = call
  const to = body.to ?? lastDays(ctx, 1).to.toISOString()
  const earliest = new Date(Date.parse(to) - LONGEST_DAYS * DAY_MS).toISOString()
  const wanted = body.from ?? new Date(Date.parse(to) - DAY_MS).toISOString()
  const from = Date.parse(wanted) < Date.parse(earliest) ? earliest : wanted
  if (Date.parse(from) >= Date.parse(to))
    throw new Problem('request/invalid', { errors: [{ pointer: '/from', code: 'invalid' }] })
  const queued = booksToCompare(ctx).filter((name) => body.provider === undefined || name === body.provider)
  return inTransaction(ctx.db, async (tx) => {
    await enqueue(tx, ...queued.map((provider) => runJob({ provider, kind: 'manual', from, to })))
    await recordAudit(ctx, tx, {
      action: 'reconciliation.started',
      result: 'ok',
      actor,
      client,
      details: { books: queued, from, to },
    })
    return { queued }
  })
}

/** What staff see and do about our books and everybody else's. */
export function mountReconciliation(api: Api): void {
  const { ctx } = api
  mount(api, contract.getReconciliation, () => overview(ctx))
  mount(api, contract.listReconciliationRuns, ({ query }) => listRunPage(ctx, query))
  mount(api, contract.listReconciliationDifferences, ({ query }) => listDifferencePage(ctx, query))
  mount(api, contract.resolveReconciliationDifference, (call) => resolve(ctx, call))
  mount(api, contract.startReconciliation, (call) => start(ctx, call))
}
