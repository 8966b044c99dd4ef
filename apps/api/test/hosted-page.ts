import type { RunningSandbox } from '../../sandbox/src/app.ts'
import type { TestApp } from './app.ts'
import { paymentOf } from './placed-order.ts'

/** What a shopper may do on a provider's hosted page, or time in their stead. */
export type AtHostedPage = 'approve' | 'refuse' | 'leave' | 'expire'

const acts = {
  tabby: ({ control: { tabby } }: RunningSandbox, ref: string): Record<AtHostedPage, () => unknown> => ({
    approve: () => tabby.approve(ref),
    refuse: () => tabby.reject(ref),
    leave: () => tabby.abandon(ref),
    expire: () => tabby.expireNow(ref),
  }),
  tamara: ({ control: { tamara } }: RunningSandbox, ref: string): Record<AtHostedPage, () => unknown> => ({
    approve: () => tamara.approve(ref),
    refuse: () => tamara.decline(ref),
    leave: () => tamara.cancel(ref),
    expire: () => tamara.expireNow(ref),
  }),
}

/** Does something on the page of an attempt, whichever of the two it is at. Throws when that page is over. */
export function actOn(
  { sandbox }: Pick<TestApp, 'sandbox'>,
  payment: { provider: string; providerRef: string | null },
  act: AtHostedPage,
): void {
  if (payment.provider !== 'tabby' && payment.provider !== 'tamara') throw new Error(`${payment.provider} has no page`)
  const done = acts[payment.provider](sandbox, payment.providerRef ?? '')[act]()
  if (done === false || done === undefined) throw new Error(`nothing to ${act} at ${payment.provider}`)
}

/** {@link actOn} the page of the attempt that counts. */
export const atHostedPage = async (app: TestApp, number: string, act: AtHostedPage): Promise<void> =>
  actOn(app, await paymentOf(app, number), act)
