import { zero } from '@dhow/money/money.ts'
import type { Money } from '@dhow/money/money.ts'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { appearanceNow } from './appearance.ts'
import { loadPaymentScript } from './payment-script.ts'
import type { PaymentElement, PaymentElements, PaymentScript } from './payment-script.ts'

const slowAfterMs = 8000
const nothing = zero()

export interface PaymentSession {
  stripe: PaymentScript
  elements: PaymentElements
}

export interface PaymentElementControl {
  /** Where the provider's frame is put. */
  frame: RefObject<HTMLDivElement>
  /** `slow` is still loading, long enough to say so. */
  status: 'loading' | 'slow' | 'ready' | 'failed'
  session: () => PaymentSession | undefined
  retry: () => void
}

interface ElementOptions {
  scriptUrl: string
  publishableKey: string
  /** Null where a card is kept and nothing is paid. */
  payment: { captureMethod: 'automatic' | 'manual'; customerSession: string | null; total: Money } | null
  locale: string
}

/**
 * Puts the provider's card fields on the page. They live in a frame of the provider's own origin, so that no card number
 * touches ours. The effect mounts something outside React; it derives and fetches nothing.
 */
export function usePaymentElement(element: ElementOptions): PaymentElementControl {
  const { scriptUrl, publishableKey, payment, locale } = element
  // One by one, so that the same payment told anew draws nothing anew.
  const { captureMethod = 'automatic', customerSession = null, total: { amount, currency } = nothing } = payment ?? {}
  const isToPay = payment !== null
  const frame = useRef<HTMLDivElement>(null)
  const session = useRef<PaymentSession>()
  const [status, setStatus] = useState<PaymentElementControl['status']>('loading')
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    let isGone = false
    let mounted: PaymentElement | undefined
    const slow = setTimeout(() => setStatus((now) => (now === 'loading' ? 'slow' : now)), slowAfterMs)
    const scheme = matchMedia('(prefers-color-scheme: dark)')
    const dress = () => session.current?.elements.update({ appearance: appearanceNow() })

    async function mount(): Promise<void> {
      const makeStripe = await loadPaymentScript(scriptUrl)
      if (isGone || !frame.current) return
      const stripe = makeStripe(publishableKey)
      const customer = customerSession ? { customerSessionClientSecret: customerSession } : {}
      const purpose = isToPay
        ? ({ mode: 'payment', amount, captureMethod, ...customer } as const)
        : ({ mode: 'setup', setupFutureUsage: 'on_session' } as const)
      const look = { currency: currency.toLowerCase(), locale, appearance: appearanceNow() }
      const elements = stripe.elements({ ...purpose, ...look })
      mounted = elements.create('payment')
      mounted.on('ready', () => setStatus('ready'))
      mounted.on('loaderror', () => setStatus('failed'))
      mounted.mount(frame.current)
      session.current = { stripe, elements }
    }

    mount().catch(() => {
      if (!isGone) setStatus('failed')
    })
    scheme.addEventListener('change', dress)
    return () => {
      isGone = true
      clearTimeout(slow)
      scheme.removeEventListener('change', dress)
      session.current = undefined
      mounted?.destroy()
    }
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- another attempt mounts anew
  }, [scriptUrl, publishableKey, isToPay, captureMethod, customerSession, amount, currency, locale, attempt])

  const retry = useCallback(() => {
    setStatus('loading')
    setAttempt((number) => number + 1)
  }, [])

  return { frame, status, session: () => session.current, retry }
}
