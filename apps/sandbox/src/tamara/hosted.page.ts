import { directionOf, html, type Html } from '../platform/html.ts'
import { hostedTexts, showAmount, showDay, type HostedError, type HostedTexts, type Locale } from './hosted-texts.ts'
import { planOf } from './plan.ts'
import type { TamaraOrder } from './state.ts'
import { toFils } from './wire-money.ts'

export type HostedPage = {
  order: TamaraOrder
  locale: Locale
  error: HostedError | undefined
  nowMs: number
}

const STEPS = ['phone', 'code', 'pay'] as const

/** The page a shopper agrees to instalments on: plain forms, one step after the other, without any script. */
export function hostedPage(page: HostedPage): Html {
  const texts = hostedTexts(page.locale)
  const { step } = page.order
  return shell(page, texts.steps[step], [
    html`<div class="step">
      <p class="quiet">${texts.stepOf(STEPS.indexOf(step) + 1, STEPS.length)}</p>
      <h1>${texts.steps[step]}</h1>
      ${form(page, texts)} ${leaving(page, texts)}
    </div>`,
    summary(page, texts),
  ])
}

/** Shown where nothing can be paid any more. */
export function overPage(page: Omit<HostedPage, 'error'>, backTo: string): Html {
  const texts = hostedTexts(page.locale)
  const body = html`<div class="step">
    <h1>${texts.over}</h1>
    <p>${texts.overLead}</p>
    <p><a class="button" href="${backTo}">${texts.back}</a></p>
  </div>`
  return shell({ ...page, error: undefined }, texts.over, [body])
}

function form(page: HostedPage, texts: HostedTexts): Html {
  if (page.order.step === 'phone') return phoneForm(page, texts)
  return page.order.step === 'code' ? codeForm(page, texts) : payForm(page, texts)
}

const action = ({ order, locale }: HostedPage, name: string): string =>
  `/tamara/checkout/${order.checkoutId}/${name}?locale=${locale}`

const alert = ({ error }: HostedPage, texts: HostedTexts): Html | '' =>
  error === undefined ? '' : html`<p class="error" role="alert" id="error">${texts.errors[error]}</p>`

/** What a field says about itself: what describes it, and that it is what was wrong. */
function told({ error }: HostedPage, mine: readonly HostedError[], hintId?: string): Html {
  const isWrong = error !== undefined && mine.includes(error)
  const describedBy = [isWrong ? 'error' : undefined, hintId].filter((id) => id !== undefined).join(' ')
  return html`${isWrong && html` aria-invalid="true" autofocus`}${describedBy !== '' && html` aria-describedby="${describedBy}"`}`
}

function phoneForm(page: HostedPage, texts: HostedTexts): Html {
  return html`<form method="post" action="${action(page, 'phone')}" novalidate>
    ${alert(page, texts)}
    <label for="phone">${texts.phone}</label>
    <span class="prefixed" dir="ltr"
      ><span aria-hidden="true">+971</span
      ><input
        id="phone"
        name="phone"
        type="tel"
        inputmode="numeric"
        autocomplete="tel-national"
        dir="ltr"
        value="${page.order.phone}"
        required
        ${told(page, ['phone'], 'phone-hint')}
    /></span>
    <p class="quiet" id="phone-hint">${texts.phoneHint}</p>
    <button class="primary">${texts.sendCode}</button>
    ${samples(texts, texts.phones)}
  </form>`
}

function codeForm(page: HostedPage, texts: HostedTexts): Html {
  return html`<form method="post" action="${action(page, 'code')}" novalidate>
      ${alert(page, texts)}
      <p>${texts.codeSent} <bdi dir="ltr">+971 ${page.order.phone}</bdi></p>
      <p class="sandbox" role="status">
        ${texts.codeShown} <strong id="shown-code"><bdi dir="ltr">${page.order.code}</bdi></strong>
      </p>
      <label for="code">${texts.code}</label>
      <input
        id="code"
        name="code"
        inputmode="numeric"
        autocomplete="one-time-code"
        maxlength="6"
        dir="ltr"
        required
        ${told(page, ['code'])}
      />
      <button class="primary">${texts.confirm}</button>
    </form>
    <form method="post" action="${action(page, 'restart')}">
      <button class="plain">${texts.otherPhone}</button>
    </form>`
}

function payForm(page: HostedPage, texts: HostedTexts): Html {
  const { order, locale, nowMs } = page
  const [first, ...later] = planOf(order.total, nowMs)
  const part = (amount: number, when: string) =>
    html`<li><span>${when}</span> <bdi>${showAmount(amount, locale)}</bdi></li>`
  return html`<form method="post" action="${action(page, 'pay')}" novalidate>
    ${alert(page, texts)}
    <h2 id="plan">${texts.planTitle}</h2>
    <ol class="plan" aria-labelledby="plan">
      ${first ? part(first.amount, texts.today) : ''}
      ${later.map((one) => part(one.amount, showDay(one.dueMs, locale)))}
    </ol>
    <label for="card">${texts.card}</label>
    <input
      id="card"
      name="card"
      inputmode="numeric"
      autocomplete="cc-number"
      dir="ltr"
      required
      ${told(page, ['card', 'card-declined'])}
    />
    <div class="pair">
      <div>
        <label for="expiry">${texts.expiry}</label>
        <input id="expiry" name="expiry" autocomplete="cc-exp" dir="ltr" required />
      </div>
      <div>
        <label for="cvc">${texts.cvc}</label>
        <input id="cvc" name="cvc" inputmode="numeric" autocomplete="cc-csc" maxlength="4" dir="ltr" required />
      </div>
    </div>
    <label class="consent" for="consent">
      <input id="consent" name="consent" type="checkbox" value="yes" required ${told(page, ['consent'])} />
      ${texts.consent}
    </label>
    <button class="primary">${texts.pay(showAmount(first?.amount ?? 0, locale))}</button>
    ${samples(texts, texts.cards)}
  </form>`
}

const samples = (texts: HostedTexts, lines: readonly (readonly [string, string])[]): Html =>
  html`<div class="sandbox">
    <h2>${texts.sandbox}</h2>
    <ul>
      ${lines.map(([value, note]) => html`<li><code dir="ltr">${value}</code> ${note}</li>`)}
    </ul>
  </div>`

const leaving = (page: HostedPage, texts: HostedTexts): Html =>
  html`<div class="leave">
    <form method="post" action="${action(page, 'refuse')}"><button class="plain">${texts.refuse}</button></form>
    <form method="post" action="${action(page, 'leave')}"><button class="plain">${texts.leave}</button></form>
  </div>`

function summary({ order, locale }: HostedPage, texts: HostedTexts): Html {
  const { items, shipping_amount, discount, order_number } = order.request
  const line = (label: Html | string, fils: number) =>
    html`<li><span>${label}</span> <bdi>${showAmount(fils, locale)}</bdi></li>`
  const deliveryFils = toFils(shipping_amount)
  return html`<aside aria-labelledby="order">
    <h2 id="order">${texts.order} <bdi dir="ltr">${order_number ?? ''}</bdi></h2>
    <ul class="lines">
      ${items.map(({ name, quantity, total_amount }) =>
        line(html`<bdi dir="${directionOf(name)}">${name}</bdi> × ${quantity}`, toFils(total_amount)),
      )}
      ${deliveryFils > 0 ? line(texts.delivery, deliveryFils) : ''}
      ${discount ? line(texts.discount, -toFils(discount.amount)) : ''}
    </ul>
    <p class="total"><span>${texts.total}</span> <bdi>${showAmount(order.total, locale)}</bdi></p>
  </aside>`
}

function shell({ order, locale }: HostedPage, heading: string, parts: Html[]): Html {
  const texts = hostedTexts(locale)
  const other: Locale = locale === 'ar' ? 'en' : 'ar'
  return html`<!doctype html>
    <html lang="${locale}" dir="${texts.dir}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${heading} · ${texts.brand}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/tamara/hosted.css" />
      </head>
      <body>
        <header>
          <p class="brand">
            <svg viewBox="0 0 32 24" aria-hidden="true">
              <rect x="0" y="14" width="6" height="10" rx="3" />
              <rect x="9" y="9" width="6" height="15" rx="3" />
              <rect x="18" y="4" width="6" height="20" rx="3" />
              <circle cx="29" cy="3" r="3" /></svg
            >${texts.brand}
          </p>
          <a href="/tamara/checkout/${order.checkoutId}?locale=${other}" lang="${other}" hreflang="${other}"
            >${texts.otherLanguage}</a
          >
        </header>
        <main>${parts}</main>
        <footer>${texts.note}</footer>
      </body>
    </html>`
}
