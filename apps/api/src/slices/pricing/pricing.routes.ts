import { emirateCodes } from '@dhow/contracts/address.ts'
import { getDeliveryPromise } from '@dhow/contracts/cart.ts'
import { money } from '@dhow/money/money.ts'
import { mount } from '../../platform/http/mount.ts'
import type { Api } from '../../platform/http/mount.ts'
import { currentDeliveryRates, offersTo } from './pricing.ts'

/** Delivery promises for pages that have no cart yet. */
export function mountPricing(api: Api): void {
  mount(api, getDeliveryPromise, async () => {
    const rates = await currentDeliveryRates(api.ctx)
    const now = api.ctx.clock.now()
    const thresholds = rates.flatMap((rate) => rate.freeOver ?? [])
    return {
      freeOver: thresholds.length > 0 ? money(Math.min(...thresholds.map((threshold) => threshold.amount))) : null,
      emirates: emirateCodes.map((emirate) => ({ emirate, options: offersTo(rates, emirate, money(0), now) })),
    }
  })
}
