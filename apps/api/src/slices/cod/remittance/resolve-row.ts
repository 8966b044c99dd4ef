import type { RemittanceReport, RowResolution } from '@dhow/contracts/cod.ts'
import type { AppContext } from '../../../context.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { doOnce } from '../../../platform/http/do-once.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { recordAudit } from '../../audit/audit.ts'
import { postFee, postRemittance, postUnmatchedSettled } from '../../ledger/ledger.ts'
import type { ByStaff } from '../collect-cash.ts'
import { isBooked, judgeRow, varianceOf } from './judge-row.ts'
import { viewRemittance } from './remittance-view.ts'
import { decideRow, lockNamedCash, lockRow, markReconciled, markRemitted } from './remittances.sql.ts'
import type { NamedCash, RemittanceRowRecord, RowDecision } from './remittances.sql.ts'

export interface ResolveRow extends ByStaff {
  remittanceId: string
  line: number
  resolution: RowResolution
  /** The order it is about, where the file has another name for it. */
  orderNumber?: string | undefined
  note: string
  /** The same one again finds it decided. */
  requestId: string
}

/** What the import has booked of a row that fitted nothing is undone: it is an order's after all, or nobody's. */
const settleStray = (ctx: AppContext, tx: Tx, { remittanceId, line }: ResolveRow, row: RemittanceRowRecord) =>
  postUnmatchedSettled(ctx, tx, { source: `${remittanceId}:${line}`, amount: row.remittedAmount })

interface OpenRow {
  row: RemittanceRowRecord
  cash: NamedCash | undefined
}

const notOpen = (): Problem => new Problem('cod/row-not-open')

const ledgerRow = (wish: ResolveRow, cash: NamedCash, suffix: string) => ({
  orderId: cash.orderId,
  paymentId: cash.paymentId,
  source: `${wish.remittanceId}:${wish.line}${suffix}`,
})

/** The row again, against what is written down now: an order that was marked collected since fits, or differs by an amount. */
async function retry(ctx: AppContext, tx: Tx, wish: ResolveRow, { row, cash }: OpenRow): Promise<Partial<RowDecision>> {
  if (isBooked(row.outcome)) throw notOpen()
  const { collectedAmount: collected, feeAmount: fee, remittedAmount: remitted } = row
  const judged = judgeRow({ collected, fee, remitted }, cash, false)
  if (!cash || !isBooked(judged.outcome)) throw notOpen()
  await settleStray(ctx, tx, wish, row)
  await postRemittance(ctx, tx, { ...ledgerRow(wish, cash, ''), remitted, fee })
  const isWhole = judged.outcome === 'matched'
  await markRemitted(tx, wish.remittanceId, [{ paymentId: cash.paymentId, remitted, isWhole }], ctx.clock.now())
  const { outcome, expected: expectedAmount } = judged
  return { judged: { outcome, expectedAmount, paymentId: cash.paymentId }, isResolved: isWhole }
}

/** What of a booked row did not fit is booked too: as money that came by another transfer, or as our cost. */
async function close(ctx: AppContext, tx: Tx, wish: ResolveRow, { row, cash }: OpenRow): Promise<void> {
  if (!isBooked(row.outcome) || !cash) throw notOpen()
  const missing = -varianceOf({ fee: row.feeAmount, remitted: row.remittedAmount, expected: row.expectedAmount })
  const { paymentId, orderId, source } = ledgerRow(wish, cash, `:${wish.resolution}`)
  if (wish.resolution === 'settled')
    await postRemittance(ctx, tx, { paymentId, orderId, source, remitted: missing, fee: 0 })
  else await postFee(ctx, tx, { provider: 'cod', source, amount: missing, paymentId, orderId })
  await markReconciled(tx, paymentId, ctx.clock.now())
}

async function decide(ctx: AppContext, tx: Tx, wish: ResolveRow, open: OpenRow): Promise<Partial<RowDecision>> {
  switch (wish.resolution) {
    case 'retry':
      return retry(ctx, tx, wish, open)
    case 'settled':
    case 'written-off':
      await close(ctx, tx, wish, open)
      return {}
    case 'dismissed':
      if (isBooked(open.row.outcome)) throw notOpen()
      await settleStray(ctx, tx, wish, open.row)
      return {}
  }
}

/** Somebody decides on a row that does not fit, once. Throws `cod/remittance-not-found`, `cod/row-not-open`. */
export async function resolveRow(ctx: AppContext, wish: ResolveRow): Promise<RemittanceReport> {
  const { remittanceId, line, note, resolution, actor, client } = wish
  const now = ctx.clock.now()
  await doOnce(ctx, wish.requestId, async (tx) => {
    const row = await lockRow(tx, { remittanceId, line })
    if (!row) throw new Problem('cod/remittance-not-found')
    if (row.resolvedAt !== null || row.outcome === 'matched') throw notOpen()
    const [cash] = await lockNamedCash(
      tx,
      isBooked(row.outcome) && row.paymentId !== null
        ? { paymentId: row.paymentId }
        : { numbers: [wish.orderNumber ?? row.orderNumber] },
    )
    const decided = await decide(ctx, tx, wish, { row, cash })
    await decideRow(tx, { remittanceId, line, by: actor.accountId, note, now, isResolved: true, ...decided })
    await recordAudit(ctx, tx, {
      action: 'cod.row-resolved',
      result: 'ok',
      actor,
      client,
      reason: note,
      object: { type: 'cod-remittance', id: remittanceId },
      details: { line, resolution, outcome: row.outcome, orderNumber: wish.orderNumber ?? null },
    })
  })
  return viewRemittance(ctx.db, { id: remittanceId })
}
