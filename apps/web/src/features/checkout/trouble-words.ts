import type { PaidMethod } from '@dhow/contracts/cart.ts'
import type { DeclineReason } from '@dhow/contracts/orders.ts'
import type { MessageId, Translator } from '@dhow/i18n/translator.ts'

/** A lender that said no is not suggested once more. */
function keptWords(method: PaidMethod, reason: DeclineReason): MessageId {
  if (reason === 'not-approved') return 'checkout.decline.keptRefused'
  return method === 'card' ? 'checkout.decline.kept' : 'checkout.decline.keptOther'
}

/** Why the last try to pay did not work, and that nothing was taken. Tabby's refusal is said in Tabby's words. */
export function troubleWords(t: Translator, method: PaidMethod, reason: DeclineReason): string {
  const why =
    method === 'tabby' && reason === 'not-approved'
      ? t('checkout.refusal.tabby.not-available')
      : t(`checkout.decline.${reason}`)
  return `${why} ${t(keptWords(method, reason))}`
}
