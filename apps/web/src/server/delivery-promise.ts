import { getDeliveryPromise } from '@dhow/contracts/cart.ts'
import type { DeliveryOption } from '@dhow/contracts/cart.ts'
import type { DeliveryLine, DeliveryPromise } from '../framework/delivery.ts'
import type { PageContext } from '../framework/page.ts'

const dubaiDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Dubai' })
const oneDayMs = 24 * 60 * 60 * 1000

function dayWords(ctx: PageContext, day: string, nowMs: number): string {
  if (day === dubaiDay.format(nowMs)) return ctx.t('product.today')
  if (day === dubaiDay.format(nowMs + oneDayMs)) return ctx.t('product.tomorrow')
  return ctx.format.shortDay(day)
}

function lineOf(ctx: PageContext, option: DeliveryOption, nowMs: number): DeliveryLine {
  const first = dayWords(ctx, option.earliest, nowMs)
  const last = dayWords(ctx, option.latest, nowMs)
  return {
    method: option.method,
    price: option.price.amount === 0 ? null : option.price,
    when: first === last ? first : ctx.t('product.delivery.between', { first, last }),
    before: ctx.t('product.delivery.before', { time: ctx.format.time(option.orderBefore) }),
  }
}

/** What delivery costs and when it arrives, by emirate. Null when the API cannot say: the page does without. */
export async function deliveryPromise(ctx: PageContext): Promise<DeliveryPromise | null> {
  try {
    const { freeOver, emirates } = await ctx.api.call(getDeliveryPromise, {})
    const nowMs = Date.now()
    return {
      freeOver,
      emirates: emirates.map(({ emirate, options }) => ({
        emirate,
        lines: options.map((option) => lineOf(ctx, option, nowMs)),
      })),
    }
  } catch {
    return null
  }
}
