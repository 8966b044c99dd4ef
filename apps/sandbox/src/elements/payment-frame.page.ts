import { html, type Html } from '../platform/html.ts'
import { textsOf, type Locale, type Texts } from './texts.ts'

/** The card fields. Everything typed here stays on this origin; the shop's page learns only "complete" and the outcome. */
export function paymentFramePage(locale: Locale, parentOrigin: string): Html {
  const texts = textsOf(locale)
  return html`<!doctype html>
    <html lang="${locale}" dir="${texts.dir}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${texts.form}</title>
        <link rel="stylesheet" href="/assets/element.css" />
        <script type="module" src="/assets/element.js"></script>
      </head>
      <body>
        <form
          id="card"
          novalidate
          aria-label="${texts.form}"
          data-parent="${parentOrigin}"
          data-errors="${JSON.stringify(texts.errors)}"
          data-texts="${JSON.stringify({ newCard: texts.newCard, expires: texts.expires })}"
        >
          <fieldset id="choices" hidden>
            <legend>${texts.payWith}</legend>
          </fieldset>
          <div id="new-card">
            ${numberField(texts)}
            <div class="pair">
              ${field({ id: 'expiry', label: texts.expiry, hint: texts.expiryHint, autocomplete: 'cc-exp', maxlength: 7 })}
              ${field({ id: 'cvc', label: texts.cvc, hint: texts.cvcHint, autocomplete: 'cc-csc', maxlength: 4 })}
            </div>
            <label class="save" hidden><input type="checkbox" name="save" />${texts.save}</label>
          </div>
          <p class="sandbox">
            <b>${texts.sandbox}</b
            ><span
              >${texts.testCard}
              <button type="button" id="fill" title="${texts.testCardAction}">
                <bdi dir="ltr">4242 4242 4242 4242</bdi></button
              ><span class="note">${texts.testCardNote}</span></span
            >
          </p>
          <button type="submit" hidden tabindex="-1"></button>
        </form>
      </body>
    </html>`
}

function numberField(texts: Texts): Html {
  const brands = html`<span class="brands" aria-hidden="true">${VISA}${MASTERCARD}${AMEX}</span>`
  const input = {
    id: 'number',
    label: texts.number,
    hint: '1234 1234 1234 1234',
    autocomplete: 'cc-number',
    maxlength: 23,
  }
  return field({ ...input, extra: brands })
}

type Field = { id: string; label: string; hint: string; autocomplete: string; maxlength: number; extra?: Html }

function field({ id, label, hint, autocomplete, maxlength, extra }: Field): Html {
  return html`<div class="field">
    <label for="${id}">${label}</label>
    <div class="box">
      <input
        id="${id}"
        name="${id}"
        dir="ltr"
        type="text"
        inputmode="numeric"
        autocomplete="${autocomplete}"
        placeholder="${hint}"
        maxlength="${maxlength}"
        required
        aria-describedby="${id}-error"
        spellcheck="false"
        autocapitalize="off"
      />${extra}
    </div>
    <p class="error" id="${id}-error" hidden></p>
  </div>`
}

const VISA = html`<svg data-brand="visa" viewBox="0 0 38 24">
  <rect width="38" height="24" rx="4" fill="#1a3a8f" />
  <text
    x="19"
    y="16.4"
    text-anchor="middle"
    font-family="Arial,sans-serif"
    font-weight="700"
    font-style="italic"
    font-size="11"
    fill="#fff"
  >
    VISA
  </text>
</svg>`
const MASTERCARD = html`<svg data-brand="mastercard" viewBox="0 0 38 24">
  <rect width="38" height="24" rx="4" fill="#22262b" />
  <circle cx="15" cy="12" r="7" fill="#e6332a" />
  <circle cx="23" cy="12" r="7" fill="#f5a623" fill-opacity=".92" />
</svg>`
const AMEX = html`<svg data-brand="amex" viewBox="0 0 38 24">
  <rect width="38" height="24" rx="4" fill="#2a77c9" />
  <text
    x="19"
    y="15.6"
    text-anchor="middle"
    font-family="Arial,sans-serif"
    font-weight="700"
    font-size="8.5"
    fill="#fff"
  >
    AMEX
  </text>
</svg>`
