import type { FetchOutcome } from '../port.ts'
import { isMissing } from './client.ts'
import type { CallTamara } from './client.ts'
import { truthFrom } from './map.ts'
import { TamaraOrder } from './wire.ts'

export type OrderOutcome =
  | { kind: 'found'; order: TamaraOrder }
  | { kind: 'missing' }
  | { kind: 'unknown'; cause: unknown }

/** Asks for an order as Tamara has it. Reading is harmless, but is asked again by whoever asked, not here. */
export async function readOrder(call: CallTamara, orderId: string): Promise<OrderOutcome> {
  try {
    const path = `/merchants/orders/${encodeURIComponent(orderId)}`
    return { kind: 'found', order: await call({ operation: 'fetch', method: 'GET', path, answer: TamaraOrder }) }
  } catch (error) {
    return isMissing(error) ? { kind: 'missing' } : { kind: 'unknown', cause: error }
  }
}

export async function readTruth(
  call: CallTamara,
  orderId: string,
  captureBefore: string | null = null,
): Promise<FetchOutcome> {
  const outcome = await readOrder(call, orderId)
  return outcome.kind === 'found' ? { kind: 'found', truth: truthFrom(outcome.order, captureBefore) } : outcome
}
