import { html, type Html } from '../platform/html.ts'
import type { PaymentIntent, PaymentMethod } from '../stripe/objects.ts'
import type { SetupIntent } from '../stripe/vault-objects.ts'
import { textsOf, type Locale, type Texts } from './texts.ts'

export type Challenge = {
  intent: PaymentIntent | SetupIntent
  method: PaymentMethod | undefined
  locale: Locale
  /** The shop's origin when the page stands in a frame over it; `undefined` when it has the window to itself. */
  parentOrigin: string | undefined
}

/** The bank's page of 3-D Secure: a plain form, so that it works without script. */
export function challengePage({ intent, method, locale, parentOrigin }: Challenge): Html {
  const texts = textsOf(locale)
  return shell({
    locale,
    parentOrigin,
    body: html` <h1>${intent.object === 'payment_intent' ? texts.challengeTitle : texts.keepTitle}</h1>
      <p>${texts.challengeLead}</p>
      <dl>
        <div>
          <dt>${texts.merchant}</dt>
          <dd>Dhow</dd>
        </div>
        ${
          intent.object === 'payment_intent' &&
          html`<div>
            <dt>${texts.amount}</dt>
            <dd><bdi>${amountOf(intent, locale)}</bdi></dd>
          </div>`
        }
        <div>
          <dt>${texts.card}</dt>
          <dd>
            <bdi dir="ltr">${method ? `${method.card.brand.toUpperCase()} •••• ${method.card.last4}` : '••••'}</bdi>
          </dd>
        </div>
      </dl>
      <form method="post" action="/3ds/${intent.id}">
        <input type="hidden" name="client_secret" value="${intent.client_secret}" />
        <input type="hidden" name="locale" value="${locale}" />
        ${parentOrigin === undefined ? '' : html`<input type="hidden" name="parent" value="${parentOrigin}" />`}
        <button class="primary" name="outcome" value="complete">${texts.complete}</button>
        <button name="outcome" value="fail">${texts.fail}</button>
      </form>
      <p class="note">${texts.challengeNote}</p>`,
  })
}

/** Shown for a blink in a frame, where its script tells the shop's page; for good where there is nowhere to return to. */
export function challengeDonePage(locale: Locale, parentOrigin: string | undefined): Html {
  const texts: Texts = textsOf(locale)
  const script = html`<script src="/assets/challenge-done.js"></script>`
  return shell({
    locale,
    parentOrigin,
    body: html`<p class="done">${texts.done}</p>
      ${parentOrigin === undefined ? '' : script}`,
  })
}

type Shell = { locale: Locale; parentOrigin: string | undefined; body: Html }

function shell({ locale, parentOrigin, body }: Shell): Html {
  const texts = textsOf(locale)
  return html`<!doctype html>
    <html
      lang="${locale}"
      dir="${texts.dir}"
      class="${parentOrigin === undefined ? 'hosted' : 'framed'}"
      ${parentOrigin === undefined ? '' : html` data-parent="${parentOrigin}"`}
    >
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${texts.challengeTitle} · ${texts.bank}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/assets/challenge.css" />
      </head>
      <body>
        <main aria-label="${texts.bank}">
          <p class="bank">
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d="M12 2 3.5 5.2v6.1c0 5 3.5 8.8 8.5 10.7 5-1.9 8.5-5.7 8.5-10.7V5.2z" fill="currentColor" />
              <path
                d="m8.3 12 2.6 2.6 4.9-5.2"
                fill="none"
                stroke="#fff"
                stroke-width="2"
                stroke-linecap="round"
                stroke-linejoin="round"
              /></svg
            >${texts.bank}
          </p>
          ${body}
        </main>
      </body>
    </html>`
}

function amountOf(intent: PaymentIntent, locale: Locale): string {
  const language = locale === 'ar' ? 'ar-AE-u-nu-latn' : 'en-AE'
  return new Intl.NumberFormat(language, { style: 'currency', currency: intent.currency.toUpperCase() }).format(
    intent.amount / 100,
  )
}
