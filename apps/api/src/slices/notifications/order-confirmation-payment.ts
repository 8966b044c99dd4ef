import type { OrderView } from '@dhow/contracts/orders.ts'
import type { MessageId } from '@dhow/i18n/translator.ts'
import { money, sameMoney } from '@dhow/money/money.ts'
import type { Money } from '@dhow/money/money.ts'

/** How the mail begins: money that has arrived, that is held, or that the courier will take. */
export function paymentLine({ payment }: OrderView): MessageId {
  if (payment.method === 'cod') return 'email.order-confirmed.line.cash'
  return payment.state === 'authorised' ? 'email.order-confirmed.line.held' : 'email.order-confirmed.line'
}

export interface AmountRow {
  id: MessageId
  amount: Money
}

/** What cash costs, before the total. */
export const feeRows = ({ totals }: OrderView): AmountRow[] =>
  totals.paymentFee.amount === 0 ? [] : [{ id: 'email.order-confirmed.fee', amount: totals.paymentFee }]

const lastRow: Partial<Record<OrderView['payment']['method'], MessageId>> = {
  cod: 'email.order-confirmed.due.cash',
  tabby: 'email.order-confirmed.paid.tabby',
  tamara: 'email.order-confirmed.paid.tamara',
}

/** From the total to what is paid, and by whom. A card that pays all is named beside, by its last digits. */
export function dueRows({ totals, payment }: OrderView): AmountRow[] {
  const { storeCredit, rounding, due, grandTotal } = totals
  const rows: AmountRow[] = []
  if (storeCredit.amount > 0) rows.push({ id: 'email.order-confirmed.credit', amount: money(-storeCredit.amount) })
  if (rounding.amount !== 0) rows.push({ id: 'email.order-confirmed.rounding', amount: rounding })
  const id = lastRow[payment.method]
  if (id) rows.push({ id, amount: due })
  else if (due.amount > 0 && !sameMoney(due, grandTotal)) rows.push({ id: 'email.order-confirmed.paid', amount: due })
  return rows
}

/** What the courier asks for; null when no cash is to be brought. */
export const courierCode = ({ cash }: OrderView): string | null =>
  cash?.state === 'pending' ? cash.deliveryCode : null
