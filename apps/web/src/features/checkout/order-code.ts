import { ApiProblem, ApiUnreachable } from '@dhow/api-client/api-client.ts'
import { requestOrderCode } from '@dhow/contracts/cod.ts'
import type { PageContext } from '../../framework/page.ts'
import { rememberCode, sentCodeOf } from '../../server/code-cookie.ts'
import { secondsUntil } from '../../server/seconds-until.ts'
import { askOrder } from '../../server/shopper-cart.ts'

/** Sends the code that confirms a cash order. False when this browser may not see the order. */
export async function sendCode(ctx: PageContext, number: string, proofOfWork?: string): Promise<boolean> {
  const body = proofOfWork ? { proofOfWork } : {}
  const sent = await askOrder(ctx, requestOrderCode, number, { body })
  if (!sent) return false
  rememberCode(ctx.cookies, { number, challengeId: sent.challengeId, resendAt: sent.resendAt })
  return true
}

/**
 * Sends the first code as part of placing the order, so that the page that asks for it can be loaded again and again without
 * another message, and gives that page. Where no code can be sent like that, the page has a button for it.
 */
export async function sendFirstCode(ctx: PageContext, number: string): Promise<string> {
  const sent = sentCodeOf(ctx.cookies, number)
  if (!sent || secondsUntil(sent.resendAt) === 0)
    try {
      await sendCode(ctx, number)
    } catch (error) {
      if (!(error instanceof ApiProblem) && !(error instanceof ApiUnreachable)) throw error
    }
  return ctx.paths.checkoutCode(number)
}
