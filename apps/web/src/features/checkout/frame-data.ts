import type { ChosenPayment } from '../../paths.ts'
import type { SummaryData } from '../../ui/OrderSummary.tsx'
import type { StepView } from './step-guard.ts'

/** What stands round every step: where one is, and what is being bought. */
export interface CheckoutFrameData {
  steps: readonly StepView[]
  summary: SummaryData
  /** Carried along while earlier steps are changed. */
  chosen: ChosenPayment
}
