import type { PaymentTerms } from '../orders/orders.ts'
import type { ChosenOption } from '../payment-options/payment-options.ts'

/** What a way to pay adds to an order and takes from it, as the order keeps it. */
export const termsOf = ({ fee, feeVat, credit, rounding }: ChosenOption): PaymentTerms => ({
  paymentFeeAmount: fee.amount,
  paymentFeeVatAmount: feeVat.amount,
  storeCreditAmount: credit.amount,
  roundingAmount: rounding.amount,
})
