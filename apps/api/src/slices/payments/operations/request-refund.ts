import type { createRefund, previewRefund } from '@dhow/contracts/admin-refunds.ts'
import type { BodyOf, ResponseOf } from '@dhow/contracts/endpoint.ts'
import { money } from '@dhow/money/money.ts'
import type { StaffActor } from '../../../platform/auth/actor.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import type { Tx } from '../../../platform/db/database.ts'
import type { AppContext } from '../../../context.ts'
import { recordAudit } from '../../audit/audit.ts'
import { askSecondPerson, findAsked, lockGiving, mayGiveAlone } from '../../staff/staff.ts'
import { addRefunds, refundsAddedBy } from './add-refunds.ts'
import { atOnce } from './at-once.ts'
import { auditOf, largeRefundAction, prepareLocked, prepareRefund } from './large-refund.ts'
import type { Prepared } from './large-refund.ts'
import { performRefund } from './perform-refund.ts'
import { leftAlone, vatOf } from './plan-refund.ts'
import { lockBasis, readBasis } from './refund-basis.ts'
import { viewRefunds } from './refund-view.ts'

export interface RefundRequestBy {
  number: string
  actor: StaffActor
  client: ClientFacts
}

const needsApproval = (alone: number, { basis, pieces }: Prepared): boolean => pieces.amount > leftAlone(alone, basis)

/** What a refund would come to. Nothing is written. */
export async function viewPlan(
  ctx: AppContext,
  wish: { number: string; actor: StaffActor; body: BodyOf<typeof previewRefund> },
): Promise<ResponseOf<typeof previewRefund>> {
  const basis = await readBasis(ctx.db, { number: wish.number })
  const prepared = await prepareRefund(ctx, ctx.db, { basis, wish: wish.body })
  const { pieces, routed } = prepared
  return {
    amount: money(pieces.amount),
    vat: money(vatOf(pieces)),
    lines: pieces.lines.map(({ line, quantity, amount, vatAmount }) => ({
      lineId: line.id,
      quantity,
      amount: money(amount),
      vat: money(vatAmount),
    })),
    delivery: money(pieces.delivery.amount),
    paymentFee: money(pieces.paymentFee.amount),
    other: money(pieces.otherAmount),
    rounding: money(pieces.roundingAmount),
    parts: routed.map(({ destination, pieces: part }) => ({ destination, amount: money(part.amount) })),
    needsApproval: needsApproval(await mayGiveAlone(ctx, ctx.db, wish.actor), prepared),
  }
}

interface Wish extends RefundRequestBy {
  body: BodyOf<typeof createRefund>
  /** Whoever asks again by it gets the refunds it has made, and no others. */
  requestId: string
}

async function write(ctx: AppContext, tx: Tx, { number, body, actor, client, requestId }: Wish) {
  const { expectedAmount, reason, ...wish } = body
  const by = { actor, client }
  const alone = await lockGiving(ctx, tx, actor)
  await lockBasis(tx, { number })
  const added = await refundsAddedBy(tx, requestId)
  if (added.length > 0) return { kind: 'requested', refundIds: added } as const
  const asked = await findAsked(ctx, tx, { id: requestId, action: largeRefundAction, actor })
  if (asked) return { kind: 'approval-requested', approval: asked } as const
  const prepared = await prepareLocked(ctx, tx, { by: { number }, wish, amount: expectedAmount.amount })
  const { order } = prepared.basis
  if (needsApproval(alone, prepared)) {
    const subject = { orderId: order.id, orderNumber: order.number, wish, amount: expectedAmount.amount }
    const approval = await askSecondPerson(ctx, tx, { id: requestId, action: largeRefundAction, subject, reason, by })
    return { kind: 'approval-requested', approval } as const
  }
  const refundIds = await addRefunds(ctx, tx, {
    ...prepared,
    requestId,
    reason,
    requestedBy: actor.accountId,
    approvalId: null,
  })
  await recordAudit(ctx, tx, {
    action: 'refund.requested',
    result: 'ok',
    ...by,
    object: { type: 'order', id: order.id },
    reason,
    details: auditOf(prepared, refundIds),
  })
  return { kind: 'requested', refundIds } as const
}

/**
 * Gives money back, or asks a second person when it is more than one may give alone. What goes to store credit is done when this
 * returns; what goes back to a card is asked of the provider at once, and by a job should this process die before.
 */
export async function requestRefund(ctx: AppContext, wish: Wish): Promise<ResponseOf<typeof createRefund>> {
  const written = await inTransaction(ctx.db, (tx) => write(ctx, tx, wish))
  if (written.kind === 'approval-requested') return written
  for (const id of written.refundIds) await atOnce(ctx, () => performRefund(ctx, id))
  return { kind: 'requested', refunds: await viewRefunds(ctx, { ids: written.refundIds }) }
}
