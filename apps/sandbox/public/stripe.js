// A stand-in for Stripe.js: the same calls and answers as far as the shop uses them, against this sandbox.
// A classic script without dependencies. Styles are set property by property, so that a page's style-src stays strict.
;(() => {
  const ORIGIN = new URL(document.currentScript.src).origin
  const READY_TIMEOUT_MS = 15_000
  const FRAME_MARGIN_PX = 4

  // Stripe.js translates what the API says in English; codes it doesn't know keep the API's words.
  const MESSAGES = {
    en: {
      api_connection_error: "We couldn't reach the payment service. Check your connection and try again.",
      payment_intent_authentication_failure:
        "We couldn't confirm this payment with your bank. Try again or use another card.",
      setup_intent_authentication_failure:
        "We couldn't confirm this card with your bank. Try again or use another card.",
    },
    ar: {
      card_declined: 'رفض مصرفك هذه البطاقة. جرّب بطاقة أخرى.',
      insufficient_funds: 'رصيد البطاقة غير كافٍ. جرّب بطاقة أخرى.',
      expired_card: 'انتهت صلاحية البطاقة. جرّب بطاقة أخرى.',
      incorrect_cvc: 'رمز الأمان غير صحيح.',
      invalid_cvc: 'رمز الأمان غير صحيح.',
      incorrect_number: 'رقم البطاقة غير صحيح.',
      invalid_expiry_month: 'شهر الانتهاء غير صحيح.',
      invalid_expiry_year: 'سنة الانتهاء غير صحيحة.',
      processing_error: 'حدث خطأ أثناء معالجة البطاقة. حاول مجدداً بعد قليل.',
      authentication_required: 'تتطلب هذه البطاقة تأكيداً من مصرفك.',
      payment_intent_authentication_failure: 'لم يؤكد مصرفك عملية الدفع. حاول مجدداً أو جرّب بطاقة أخرى.',
      setup_intent_authentication_failure: 'لم يؤكد مصرفك هذه البطاقة. حاول مجدداً أو جرّب بطاقة أخرى.',
      api_connection_error: 'تعذر الاتصال بخدمة الدفع. تحقق من اتصالك ثم حاول مجدداً.',
    },
  }

  class IntegrationError extends Error {
    name = 'IntegrationError'
  }

  const languageOf = (locale) =>
    (locale && locale !== 'auto' ? locale : navigator.language).toLowerCase().startsWith('ar') ? 'ar' : 'en'

  function translated(error, locale) {
    const messages = MESSAGES[languageOf(locale)]
    const message = messages[error.decline_code] ?? messages[error.code] ?? messages[error.type] ?? error.message
    return { ...error, message }
  }

  function createEmitter() {
    const handlers = new Map()
    return {
      on: (name, handler) => handlers.set(name, [...(handlers.get(name) ?? []), handler]),
      off: (name, handler) =>
        handlers.set(name, handler ? (handlers.get(name) ?? []).filter((entry) => entry !== handler) : []),
      emit: (name, event) => (handlers.get(name) ?? []).forEach((handler) => handler(event)),
    }
  }

  const WALLETS = { apple_pay: 'applePay', google_pay: 'googlePay' }

  /**
   * The wallets of this browser: Apple Pay where the browser has it, and whatever `?sandbox-wallets=apple_pay,google_pay` in the
   * address of any page of the shop says, for as long as its tab is open.
   */
  function walletsOf(wish = {}) {
    const named = new URLSearchParams(location.search).get('sandbox-wallets')
    if (named !== null) sessionStorage.setItem('sandbox-wallets', named)
    const has = new Set((sessionStorage.getItem('sandbox-wallets') ?? '').split(','))
    if (window.ApplePaySession?.canMakePayments?.()) has.add('apple_pay')
    return Object.keys(WALLETS).filter((name) => has.has(name) && wish[WALLETS[name]] !== 'never')
  }

  function setStyle(element, style) {
    for (const [property, value] of Object.entries(style)) element.style.setProperty(property, value)
  }

  const schemeOf = (appearance) => (appearance?.theme === 'night' ? 'dark' : 'light')

  /** The frame with the card fields, and the private channel to it. */
  function createFrame({ key, group, emit }) {
    const frame = document.createElement('iframe')
    const calls = new Map()
    let port
    let next = 0
    const query = new URLSearchParams({ parent: location.origin, locale: languageOf(group.locale) })
    frame.src = `${ORIGIN}/elements/payment?${query}`
    frame.title = languageOf(group.locale) === 'ar' ? 'إطار آمن لبيانات البطاقة' : 'Secure card payment frame'
    frame.name = '__dhowPaymentFrame'
    frame.allow = 'payment *'
    setStyle(frame, {
      border: '0',
      display: 'block',
      width: `calc(100% + ${2 * FRAME_MARGIN_PX}px)`,
      margin: `-${FRAME_MARGIN_PX}px`,
      height: '242px',
      background: 'transparent',
      'color-scheme': schemeOf(group.appearance),
    })
    let timer
    const failed = () =>
      emit('loaderror', { elementType: 'payment', error: translated({ type: 'api_connection_error' }, group.locale) })

    function receive({ data }) {
      if (data.type === 'height') return setStyle(frame, { height: `${data.height}px` })
      if (data.type === 'answer') {
        calls.get(data.id)?.(data.result)
        return calls.delete(data.id)
      }
      if (data.type === 'ready') clearTimeout(timer)
      emit(data.type, { elementType: 'payment', ...data.change })
    }

    frame.addEventListener('load', () => {
      const channel = new MessageChannel()
      port = channel.port1
      port.addEventListener('message', receive)
      port.start()
      const init = {
        type: 'dhow:init',
        key,
        mode: group.mode === 'setup' || group.clientSecret?.startsWith('seti_') ? 'setup' : 'payment',
        customerSession: group.customerSessionClientSecret,
        wallets: walletsOf(group.wallets),
        appearance: cloneable(group.appearance),
        ground: groundOf(frame.parentElement),
      }
      frame.contentWindow.postMessage(init, ORIGIN, [channel.port2])
    })

    return {
      frame,
      start() {
        timer = setTimeout(failed, READY_TIMEOUT_MS)
      },
      stop() {
        clearTimeout(timer)
        port?.close()
      },
      call(method, params = {}) {
        if (!port) return Promise.reject(new IntegrationError('The Payment Element is not ready yet.'))
        next += 1
        const id = next
        port.postMessage({ id, method, params })
        return new Promise((resolve) => calls.set(id, resolve))
      },
    }
  }

  /** The colour behind the frame: it is painted inside too, so that contrast can be judged there. */
  function groundOf(node) {
    for (let element = node; element; element = element.parentElement) {
      const color = getComputedStyle(element).backgroundColor
      if (!/^rgba\(.*, 0(\.\d+)?\)$|^transparent$/.test(color)) return color
    }
    return undefined
  }

  const cloneable = (value) => JSON.parse(JSON.stringify(value ?? {}))

  function createElement({ key, group }) {
    const emitter = createEmitter()
    let link
    const element = {
      mount(target) {
        const node = typeof target === 'string' ? document.querySelector(target) : target
        if (!node) throw new IntegrationError(`Invalid value for mount(): no element matches ${target}.`)
        element.unmount()
        link = createFrame({ key, group, emit: emitter.emit })
        node.replaceChildren(link.frame)
        link.start()
      },
      unmount() {
        link?.stop()
        link?.frame.remove()
        link = undefined
      },
      destroy() {
        element.unmount()
        group.element = undefined
      },
      update() {},
      collapse() {},
      focus: () => void link?.call('focus'),
      blur: () => void link?.call('blur'),
      clear: () => void link?.call('clear'),
      on(name, handler) {
        emitter.on(name, handler)
        return element
      },
      once(name, handler) {
        const wrapped = (event) => {
          emitter.off(name, wrapped)
          handler(event)
        }
        emitter.on(name, wrapped)
        return element
      },
      off(name, handler) {
        emitter.off(name, handler)
        return element
      },
    }
    const ask = (method, params) => {
      if (!link) throw new IntegrationError('The Payment Element is not mounted.')
      return link.call(method, params)
    }
    const dress = () => {
      if (!link) return
      setStyle(link.frame, { 'color-scheme': schemeOf(group.appearance) })
      const ground = groundOf(link.frame.parentElement)
      void link.call('update', { appearance: cloneable(group.appearance), ground }).catch(() => undefined)
    }
    return { element, ask, dress }
  }

  function createElements({ key, locale }, options) {
    const isComplete =
      options?.mode === 'setup'
        ? options.currency
        : options?.mode === 'payment' && options.amount > 0 && options.currency
    if (!options?.clientSecret && !isComplete)
      throw new IntegrationError(
        'elements() needs clientSecret, mode: "payment" with amount and currency, or mode: "setup" with currency.',
      )
    const group = { ...options, locale: options.locale ?? locale, submitted: false, element: undefined }
    const elements = {
      create(type, elementOptions) {
        if (type !== 'payment') throw new IntegrationError(`The sandbox has no element of type ${type}.`)
        if (group.element) throw new IntegrationError('Can only create one Element of type payment.')
        group.wallets = elementOptions?.wallets
        group.element = createElement({ key, group })
        return group.element.element
      },
      getElement: (type) => (type === 'payment' ? (group.element?.element ?? null) : null),
      update(change) {
        Object.assign(group, change)
        if (change.appearance) group.element?.dress()
      },
      fetchUpdates: () => Promise.resolve({}),
      async submit() {
        if (!group.element) throw new IntegrationError('Create and mount the Payment Element before submit().')
        const result = await group.element.ask('submit')
        group.submitted = !result.error
        return result
      },
    }
    groups.set(elements, group)
    return elements
  }

  const groups = new WeakMap()

  /** Shows the bank's page over the shop's, as a modal dialog, until it has been answered. */
  function askBank(address, locale) {
    const asked = new URL(address)
    const url = new URL(asked.pathname + asked.search, ORIGIN) // the host this script came from, whatever the API calls itself
    url.searchParams.set('parent', location.origin)
    url.searchParams.set('locale', languageOf(locale))
    const dialog = document.createElement('dialog')
    const frame = document.createElement('iframe')
    frame.src = url.href
    frame.title = languageOf(locale) === 'ar' ? 'تأكيد المصرف' : 'Bank confirmation'
    dialog.setAttribute('aria-label', frame.title)
    const full = { border: '0', margin: '0', padding: '0', background: 'transparent', display: 'block' }
    setStyle(dialog, {
      ...full,
      width: '100vw',
      height: '100dvh',
      'max-width': 'none',
      'max-height': 'none',
      overflow: 'hidden',
    })
    setStyle(frame, { ...full, width: '100%', height: '100%', 'color-scheme': 'light' })
    dialog.addEventListener('cancel', (event) => event.preventDefault())
    dialog.append(frame)
    document.body.append(dialog)
    dialog.showModal()
    frame.focus()
    return new Promise((resolve) => {
      const done = (event) => {
        const isOurs = event.origin === ORIGIN && event.source === frame.contentWindow
        if (!isOurs || event.data?.type !== 'dhow:challenge-done') return
        window.removeEventListener('message', done)
        dialog.close()
        dialog.remove()
        resolve()
      }
      window.addEventListener('message', done)
    })
  }

  function leaveFor(returnUrl, intent) {
    const url = new URL(returnUrl)
    url.searchParams.set(intent.object, intent.id)
    url.searchParams.set(`${intent.object}_client_secret`, intent.client_secret)
    url.searchParams.set('redirect_status', 'succeeded')
    location.assign(url)
    return new Promise(() => {}) // the page is about to go
  }

  function Stripe(key, options = {}) {
    if (!String(key).startsWith('pk_')) throw new IntegrationError('Stripe() needs a publishable key.')
    const locale = options.locale

    async function retrieve(clientSecret) {
      const id = clientSecret.split('_secret_')[0]
      const isSetup = id.startsWith('seti_')
      const query = new URLSearchParams({ key, client_secret: clientSecret })
      try {
        const response = await fetch(`${ORIGIN}/v1/${isSetup ? 'setup_intents' : 'payment_intents'}/${id}?${query}`)
        const body = await response.json()
        if (body.error) return { error: translated(body.error, locale) }
        return isSetup ? { setupIntent: body } : { paymentIntent: body }
      } catch {
        return { error: translated({ type: 'api_connection_error' }, locale) }
      }
    }

    /** Leads the shopper through what is left to do, and tells how the payment stands then. */
    async function act(intent, language) {
      const action = intent.next_action
      const isSetup = intent.object === 'setup_intent'
      if (intent.status !== 'requires_action' || !action)
        return isSetup ? { setupIntent: intent } : { paymentIntent: intent }
      if (action.type === 'redirect_to_url') {
        location.assign(action.redirect_to_url.url)
        return new Promise(() => {})
      }
      await askBank(action.use_stripe_sdk.stripe_js, language)
      const result = await retrieve(intent.client_secret)
      const now = result.paymentIntent ?? result.setupIntent
      const failure = now?.status === 'requires_payment_method' && (now.last_payment_error ?? now.last_setup_error)
      return failure ? { error: translated({ ...failure, [now.object]: now }, language) } : result
    }

    async function confirm(call, { elements, clientSecret, confirmParams = {}, redirect = 'always' }) {
      const group = groups.get(elements)
      if (!group?.element) throw new IntegrationError(`${call}() needs elements with a mounted Payment Element.`)
      const secret = clientSecret ?? group.clientSecret
      if (!secret) throw new IntegrationError(`${call}() needs a clientSecret.`)
      if ((call === 'confirmSetup') !== secret.startsWith('seti_'))
        throw new IntegrationError(`${call}() was given the client secret of another kind of intent.`)
      if (redirect !== 'if_required' && !confirmParams.return_url)
        throw new IntegrationError('confirmParams.return_url is required unless redirect is "if_required".')
      if (!group.clientSecret && !group.submitted)
        throw new IntegrationError(`elements.submit() must be called before stripe.${call}().`)
      const { amount, currency, captureMethod } = group
      const isDeferred = !group.clientSecret && group.mode === 'payment'
      const deferred = isDeferred ? { amount, currency, captureMethod } : {}
      const isDeferredSetup = !group.clientSecret && group.mode === 'setup'
      const params = {
        clientSecret: secret,
        returnUrl: confirmParams.return_url,
        redisplay: confirmParams.payment_method_data?.allow_redisplay,
        ...(isDeferredSetup && { usage: group.setupFutureUsage ?? 'off_session' }),
        ...deferred,
      }
      const confirmed = await group.element.ask('confirm', params)
      if (confirmed.error) return { error: translated(confirmed.error, group.locale) }
      const result = await act(confirmed.paymentIntent ?? confirmed.setupIntent, group.locale)
      if (result.error || redirect === 'if_required') return result
      return leaveFor(confirmParams.return_url, result.paymentIntent ?? result.setupIntent)
    }

    return {
      elements: (elementsOptions) => createElements({ key, locale }, elementsOptions),
      confirmPayment: (options) => confirm('confirmPayment', options),
      confirmSetup: (options) => confirm('confirmSetup', options),
      retrievePaymentIntent: retrieve,
      retrieveSetupIntent: retrieve,
      async handleNextAction({ clientSecret }) {
        const result = await retrieve(clientSecret)
        return result.error ? result : act(result.paymentIntent ?? result.setupIntent, locale)
      },
    }
  }

  Stripe.version = 'dhow-sandbox'
  window.Stripe = Stripe
})()
