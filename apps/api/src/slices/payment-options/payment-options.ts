/** What other slices may use of the ways to pay. */
export { subjectOfCart, subjectOfOrder } from './option-subject.ts'
export { offeredProvider, requireOption } from './require-option.ts'
export type { ChosenOption } from './require-option.ts'
