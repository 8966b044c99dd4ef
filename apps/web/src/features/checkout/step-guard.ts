import type { CartView } from '@dhow/contracts/cart.ts'
import { checkoutSteps } from '../../paths.ts'
import type { CheckoutStep } from '../../paths.ts'

/** What the steps have gathered. The payment method stands in the address of the review, the rest in the cart. */
export interface CheckoutProgress {
  contact: CartView['contact']
  address: CartView['address']
  delivery: CartView['delivery']
  hasMethod: boolean
}

const isDone: Readonly<Record<CheckoutStep, (progress: CheckoutProgress) => boolean>> = {
  contact: (progress) => progress.contact !== null,
  address: (progress) => progress.address !== null,
  delivery: (progress) => progress.delivery !== null,
  payment: (progress) => progress.hasMethod,
  review: () => false,
}

/** The step to go to instead of the wanted one: the first before it that is not done. Undefined when it may be entered. */
export function missingBefore(wanted: CheckoutStep, progress: CheckoutProgress): CheckoutStep | undefined {
  return checkoutSteps.slice(0, checkoutSteps.indexOf(wanted)).find((step) => !isDone[step](progress))
}

export interface StepView {
  step: CheckoutStep
  state: 'done' | 'current' | 'open' | 'closed'
}

/** How the progress indicator shows each step: `open` ones can be gone to although they are not done yet. */
export function stepViews(current: CheckoutStep, progress: CheckoutProgress): StepView[] {
  return checkoutSteps.map((step) => {
    if (step === current) return { step, state: 'current' }
    if (missingBefore(step, progress) !== undefined) return { step, state: 'closed' }
    return { step, state: isDone[step](progress) ? 'done' : 'open' }
  })
}
