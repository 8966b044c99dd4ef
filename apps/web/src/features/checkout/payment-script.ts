/** The part of Stripe.js (v3 and later releases) the shop calls. The sandbox serves a stand-in with the same calls. */

export interface PaymentScriptError {
  type: string
  code?: string
  decline_code?: string
  message?: string
}

export interface PaymentElement {
  mount(target: HTMLElement): void
  on(event: 'ready' | 'loaderror', handler: () => void): void
  destroy(): void
}

export interface PaymentElements {
  create(kind: 'payment', options?: { layout?: string }): PaymentElement
  submit(): Promise<{ error?: PaymentScriptError }>
  update(change: { appearance: object }): void
}

/** Minor units; must equal the amount of the payment the server begins. */
interface ToPay {
  mode: 'payment'
  amount: number
  currency: string
  /** As the server begins the payment: a card that is charged, or whose money is held. */
  captureMethod: 'automatic' | 'manual'
  /** Lets the fields show a customer's saved cards and offer to keep a new one. */
  customerSessionClientSecret?: string
}

/** Keeps a card and takes nothing; for what, as the server begins it. */
interface ToKeep {
  mode: 'setup'
  currency: string
  setupFutureUsage: 'on_session'
}

type ElementsOptions = (ToPay | ToKeep) & { locale: string; appearance: object }

interface ConfirmOptions {
  elements: PaymentElements
  clientSecret: string
  confirmParams: { return_url: string }
  redirect: 'if_required'
}

interface KeepOptions extends Omit<ConfirmOptions, 'confirmParams'> {
  confirmParams: {
    return_url: string
    /** The customer asked for the card to be kept, so it may be shown to them wherever they pay. */
    payment_method_data: { allow_redisplay: 'always' }
  }
}

export interface PaymentScript {
  elements(options: ElementsOptions): PaymentElements
  confirmSetup(options: KeepOptions): Promise<{ error?: PaymentScriptError; setupIntent?: { status: string } }>
  confirmPayment(options: ConfirmOptions): Promise<{ error?: PaymentScriptError; paymentIntent?: { status: string } }>
}

declare global {
  interface Window {
    Stripe?: (publishableKey: string) => PaymentScript
  }
}

let loading: Promise<(publishableKey: string) => PaymentScript> | undefined

function inject(url: string): Promise<(publishableKey: string) => PaymentScript> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = url
    script.addEventListener('load', () => (window.Stripe ? resolve(window.Stripe) : reject(new Error('no Stripe'))))
    script.addEventListener('error', () => {
      script.remove()
      reject(new Error('the card form’s script did not load'))
    })
    document.head.append(script)
  })
}

/** Loads the provider's script from the provider's own host, once. Rejects when it cannot be had; the next call tries again. */
export function loadPaymentScript(url: string): Promise<(publishableKey: string) => PaymentScript> {
  if (window.Stripe) return Promise.resolve(window.Stripe)
  loading ??= inject(url).catch((error: unknown) => {
    loading = undefined
    throw error
  })
  return loading
}
