import type { SummaryData } from '../../ui/OrderSummary.tsx'
import type { StepView } from './step-guard.ts'

/** What stands round every step: where one is, and what is being bought. */
export interface CheckoutFrameData {
  steps: readonly StepView[]
  summary: SummaryData
  /** The payment chosen before, carried along while earlier steps are changed. */
  method: string | null
}
