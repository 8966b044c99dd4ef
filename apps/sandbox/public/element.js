// The card form inside the frame. It talks to the page around it through one private channel, whose first message
// must come from the origin this frame was made for. Card data leaves this frame only for the sandbox's own API.
import { createChoices } from './choices.js'
import { brandOf, cvcFault, digitsOf, expiryFault, formatExpiry, formatNumber, numberFault } from './card.js'

const form = document.querySelector('#card')
const fields = { number: form.elements.number, expiry: form.elements.expiry, cvc: form.elements.cvc }
const errors = JSON.parse(form.dataset.errors)
const choices = createChoices({ form, texts: JSON.parse(form.dataset.texts), onChange: tellChange })
let channel
let mode = 'payment'
let saveUsage
let publishableKey = ''
let lastChange = ''

window.addEventListener('message', (event) => {
  const isInit = event.origin === form.dataset.parent && event.source === window.parent
  if (!isInit || channel || event.data?.type !== 'dhow:init') return
  channel = event.ports[0]
  publishableKey = event.data.key
  mode = event.data.mode
  dress(event.data)
  channel.addEventListener('message', ({ data }) => answer(data))
  channel.start()
  new ResizeObserver(tellHeight).observe(form)
  tellHeight()
  void showChoices(event.data).finally(() => tell({ type: 'ready' }))
})

/** A session that is too old or unknown only means that a card must be typed. */
async function showChoices({ customerSession, wallets }) {
  if (mode === 'setup') return
  let session = {}
  if (customerSession) {
    const query = new URLSearchParams({ key: publishableKey, customer_session: customerSession })
    const response = await fetch(`/elements/session?${query}`).catch(() => undefined)
    if (response?.ok) session = await response.json()
  }
  saveUsage = session.saveUsage
  choices.show({ ...session, wallets })
}

async function answer({ id, method, params }) {
  const work = {
    submit,
    confirm,
    update,
    focus: () => fields.number.focus(),
    blur: () => document.activeElement?.blur(),
    clear,
  }
  const result = await Promise.resolve(work[method]?.(params)).catch((error) => ({ failed: String(error) }))
  tell({ type: 'answer', id, result: result ?? {} })
}

function tell(message) {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a MessagePort has no origin
  channel?.postMessage(message)
}

function tellHeight() {
  tell({ type: 'height', height: Math.ceil(document.body.getBoundingClientRect().height) })
}

// ── fields ──────────────────────────────────────────────────────────────

function faultOf(name) {
  const number = digitsOf(fields.number.value)
  if (name === 'number') return numberFault(number)
  if (name === 'expiry') return expiryFault(fields.expiry.value, new Date())
  return cvcFault(digitsOf(fields.cvc.value), number)
}

function showFault(name, code) {
  const line = document.querySelector(`#${name}-error`)
  fields[name].setAttribute('aria-invalid', String(code !== undefined))
  line.textContent = code === undefined ? '' : errors[code]
  line.hidden = code === undefined
}

/** Shows every fault, moves to the first and names it; undefined when the card can be sent. */
function firstFault() {
  if (!choices.isNew()) return undefined
  const faulty = Object.keys(fields).filter((name) => {
    const code = faultOf(name)
    showFault(name, code)
    return code !== undefined
  })
  if (faulty.length === 0) return undefined
  fields[faulty[0]].focus()
  const code = faultOf(faulty[0])
  return { type: 'validation_error', code, message: errors[code] }
}

function onInput(event) {
  const name = event.target.name
  const isDeleting = event.inputType?.startsWith('delete') ?? false
  if (name === 'number') reformat(fields.number, formatNumber)
  if (name === 'expiry') fields.expiry.value = formatExpiry(fields.expiry.value, isDeleting)
  if (name === 'cvc') fields.cvc.value = digitsOf(fields.cvc.value).slice(0, brandOf(digitsOf(fields.number.value)).cvc)
  showBrand()
  if (fields[name].getAttribute('aria-invalid') === 'true') showFault(name, faultOf(name))
  if (!isDeleting && faultOf(name) === undefined) moveOn(name)
  tellChange()
}

/** Keeps the caret at the same digit while spaces come and go. */
function reformat(field, format) {
  const before = digitsOf(field.value.slice(0, field.selectionStart ?? 0)).length
  field.value = format(digitsOf(field.value))
  let caret = 0
  for (let seen = 0; seen < before && caret < field.value.length; caret += 1)
    if (/\d/.test(field.value[caret])) seen += 1
  if (document.activeElement === field) field.setSelectionRange(caret, caret)
}

function moveOn(name) {
  if (document.activeElement !== fields[name] || fields[name].selectionStart !== fields[name].value.length) return
  if (name === 'number' && fields.expiry.value === '') fields.expiry.focus()
  if (name === 'expiry' && fields.cvc.value === '') fields.cvc.focus()
}

function showBrand() {
  const digits = digitsOf(fields.number.value)
  form.dataset.brand = digits === '' ? '' : brandOf(digits).name
}

function tellChange() {
  const isComplete = !choices.isNew() || Object.keys(fields).every((name) => faultOf(name) === undefined)
  const isEmpty = choices.isNew() && Object.values(fields).every((field) => field.value === '')
  const change = { complete: isComplete, empty: isEmpty, collapsed: false, value: { type: 'card' } }
  if (JSON.stringify(change) === lastChange) return
  lastChange = JSON.stringify(change)
  tell({ type: 'change', change })
}

for (const [name, field] of Object.entries(fields)) {
  field.addEventListener('input', onInput)
  field.addEventListener('blur', () => field.value !== '' && showFault(name, faultOf(name)))
}
form.addEventListener('focusin', () => tell({ type: 'focus' }))
form.addEventListener('focusout', (event) => form.contains(event.relatedTarget) || tell({ type: 'blur' }))
form.addEventListener('submit', (event) => event.preventDefault())
document.querySelector('#fill').addEventListener('click', () => {
  fields.number.value = '4242 4242 4242 4242'
  fields.expiry.value = `12 / ${String((new Date().getFullYear() + 3) % 100).padStart(2, '0')}`
  fields.cvc.value = '123'
  for (const name of Object.keys(fields)) showFault(name, undefined)
  showBrand()
  tellChange()
})

// ── what the page around may ask ────────────────────────────────────────

function submit() {
  const error = firstFault()
  return error ? { error } : { selectedPaymentMethod: 'card' }
}

function clear() {
  form.reset()
  for (const name of Object.keys(fields)) showFault(name, undefined)
  showBrand()
  tellChange()
}

function update(look) {
  dress(look)
}

async function confirm({ clientSecret, returnUrl, redisplay, usage, amount, currency, captureMethod }) {
  const error = firstFault()
  if (error) return { error }
  setBusy(true)
  try {
    const id = clientSecret.split('_secret_')[0]
    const path = `${mode === 'setup' ? 'setup_intents' : 'payment_intents'}/${id}`
    if (amount !== undefined) {
      const intent = await call('GET', path, { client_secret: clientSecret })
      if (intent.error) return intent
      if (intent.amount !== amount || intent.currency !== currency) return mismatch(intent, 'amount and currency')
      const isManual = intent.capture_method === 'manual'
      if (isManual !== (captureMethod === 'manual')) return mismatch(intent, 'captureMethod')
    }
    if (usage !== undefined) {
      const intent = await call('GET', path, { client_secret: clientSecret })
      if (intent.error) return intent
      if (intent.usage !== usage) return mismatch(intent, 'setupFutureUsage')
    }
    const method = await chosenMethod(redisplay)
    if (method.error) return method
    const confirmation = { client_secret: clientSecret, payment_method: method.id, use_stripe_sdk: 'true' }
    if (returnUrl) confirmation.return_url = returnUrl
    if (choices.isToBeSaved()) confirmation.setup_future_usage = saveUsage
    const intent = await call('POST', `${path}/confirm`, confirmation)
    if (intent.error) return intent
    return mode === 'setup' ? { setupIntent: intent } : { paymentIntent: intent }
  } catch {
    return { error: { type: 'api_connection_error', message: 'The connection to the payment service was lost.' } }
  } finally {
    setBusy(false)
  }
}

/** A kept card as it is, the wallet's, or a new one from what was typed. */
function chosenMethod(redisplay) {
  const id = choices.savedCard()
  if (id !== undefined) return { id }
  const token = choices.walletToken()
  return call('POST', 'payment_methods', token ? { type: 'card', 'card[token]': token } : cardParams(redisplay))
}

function cardParams(redisplay) {
  const expiry = digitsOf(fields.expiry.value)
  return {
    type: 'card',
    'card[number]': digitsOf(fields.number.value),
    'card[exp_month]': String(Number(expiry.slice(0, 2))),
    'card[exp_year]': `20${expiry.slice(2)}`,
    'card[cvc]': digitsOf(fields.cvc.value),
    // Asked and answered, one way or the other; nobody was asked where there is no box to tick.
    ...(choices.isToBeSaved() && { allow_redisplay: 'always' }),
    ...(redisplay && { allow_redisplay: redisplay }),
  }
}

async function call(method, path, params) {
  const form = new URLSearchParams({ key: publishableKey, ...params })
  const url = method === 'GET' ? `/v1/${path}?${form}` : `/v1/${path}`
  const response = await fetch(url, method === 'GET' ? {} : { method, body: form })
  return response.json()
}

function mismatch(intent, what) {
  const message = `The ${what} given to Elements differs from that of the intent.`
  return { error: { type: 'invalid_request_error', code: 'payment_intent_mismatch', message, [intent.object]: intent } }
}

function setBusy(isBusy) {
  form.setAttribute('aria-busy', String(isBusy))
  for (const field of Object.values(fields)) field.readOnly = isBusy
  choices.setBusy(isBusy)
}

// ── looks ───────────────────────────────────────────────────────────────

const PROPERTY_BY_VARIABLE = {
  colorPrimary: '--primary',
  colorBackground: '--field',
  colorText: '--text',
  colorTextSecondary: '--text-quiet',
  colorDanger: '--danger',
  borderRadius: '--radius',
  fontFamily: '--font',
  fontSizeBase: '--size',
  spacingUnit: '--unit',
}

function dress({ appearance = {}, ground }) {
  if (ground) document.documentElement.style.backgroundColor = ground
  document.documentElement.dataset.theme = appearance.theme === 'night' ? 'night' : 'stripe'
  for (const [variable, property] of Object.entries(PROPERTY_BY_VARIABLE)) {
    const value = appearance.variables?.[variable]
    if (typeof value === 'string') document.documentElement.style.setProperty(property, value)
  }
}
