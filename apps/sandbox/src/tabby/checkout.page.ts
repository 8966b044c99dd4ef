import { html, type Html } from '../platform/html.ts'
import { minorUnitsOf } from './decimal.ts'
import type { Lang, StoredSession, TabbyPayment } from './objects.ts'
import { scheduleOf } from './schedule.ts'
import type { SessionStatus } from './sessions.ts'
import { amountIn, dateIn, textsOf, type Texts } from './texts.ts'

export type CheckoutView = {
  session: StoredSession
  payment: TabbyPayment
  status: SessionStatus
  lang: Lang
  nowMs: number
  isCodeWrong: boolean
}

/** Tabby's page as the shopper sees it: plain forms, so that it works without script and by keyboard alone. */
export function checkoutPage(view: CheckoutView): Html {
  const texts = textsOf(view.lang)
  const step = view.status === 'created' ? openStep(view, texts) : overStep(view.status, texts)
  return shell(
    view,
    texts,
    html`${summary(view, texts)} ${step.body}
      <form method="post" class="leave">
        ${hidden(view)}<button name="action" value="leave" class="quiet">${texts.leave}</button>
      </form>`,
    step.title,
  )
}

type Step = { title: string; body: Html }

const hidden = ({ lang }: CheckoutView): Html => html`<input type="hidden" name="lang" value="${lang}" />`

function openStep(view: CheckoutView, texts: Texts): Step {
  switch (view.session.step) {
    case 'phone':
      return phoneStep(view, texts)
    case 'code':
      return codeStep(view, texts)
    case 'plan':
      return planStep(view, texts)
  }
}

function phoneStep(view: CheckoutView, texts: Texts): Step {
  return {
    title: texts.phoneTitle,
    body: html`${schedule(view, texts)}
      <h2>${texts.phoneTitle}</h2>
      <p>${texts.phoneLead}</p>
      <form method="post">
        ${hidden(view)}
        <p class="number"><bdi dir="ltr">${view.payment.buyer.phone}</bdi></p>
        <button name="action" value="phone" class="primary">${texts.sendCode}</button>
      </form>`,
  }
}

function codeStep(view: CheckoutView, texts: Texts): Step {
  const { isCodeWrong } = view
  return {
    title: texts.codeTitle,
    body: html` <h2>${texts.codeTitle}</h2>
      <p>${texts.codeLead} <bdi dir="ltr">${view.payment.buyer.phone}</bdi></p>
      <form method="post">
        ${hidden(view)}
        <label for="code">${texts.code}</label>
        <input
          id="code"
          name="code"
          inputmode="numeric"
          autocomplete="one-time-code"
          pattern="[0-9]{4}"
          maxlength="4"
          required
          dir="ltr"
          autofocus
          aria-describedby="${isCodeWrong ? 'code-wrong code-hint' : 'code-hint'}"
          ${isCodeWrong ? html` aria-invalid="true"` : ''}
        />
        ${isCodeWrong ? html`<p id="code-wrong" class="wrong" role="alert">${texts.codeWrong}</p>` : ''}
        <p id="code-hint" class="hint">${texts.codeHint}</p>
        <button name="action" value="code" class="primary">${texts.confirmCode}</button>
      </form>`,
  }
}

function planStep(view: CheckoutView, texts: Texts): Step {
  const [first] = scheduleOf(minorUnitsOf(view.payment.amount), view.nowMs)
  return {
    title: texts.planTitle,
    body: html` <h2>${texts.planTitle}</h2>
      <p>${texts.planLead}</p>
      ${schedule(view, texts)}
      <dl class="card">
        <div>
          <dt>${texts.card}</dt>
          <dd><bdi dir="ltr">VISA •••• 4242</bdi></dd>
        </div>
      </dl>
      <form method="post" class="actions">
        ${hidden(view)}
        <button name="action" value="approve" class="primary">
          ${texts.agree} <bdi>${amountIn(view.lang, first?.amount ?? 0)}</bdi>
        </button>
        <button name="action" value="decline">${texts.decline}</button>
      </form>`,
  }
}

function overStep(status: Exclude<SessionStatus, 'created'>, texts: Texts): Step {
  const title = texts[`${status}Title`]
  return {
    title,
    body: html`<h2>${title}</h2>
      <p>${texts[`${status}Lead`]}</p>`,
  }
}

function summary({ payment, lang }: CheckoutView, texts: Texts): Html {
  return html`<dl class="summary">
    <div>
      <dt>${texts.shop}</dt>
      <dd>Dhow</dd>
    </div>
    <div>
      <dt>${texts.order}</dt>
      <dd><bdi dir="ltr">${payment.order.reference_id}</bdi></dd>
    </div>
    <div>
      <dt>${texts.total}</dt>
      <dd><bdi>${amountIn(lang, minorUnitsOf(payment.amount))}</bdi></dd>
    </div>
  </dl>`
}

function schedule({ payment, lang, nowMs }: CheckoutView, texts: Texts): Html {
  const parts = scheduleOf(minorUnitsOf(payment.amount), nowMs)
  return html`<ol class="parts" aria-label="${texts.schedule}">
    ${parts.map(
      ({ amount, dueMs }, index) =>
        html`<li>
          ${pie(index + 1, parts.length)}
          <span>${index === 0 ? texts.today : dateIn(lang, dueMs)}</span>
          <bdi class="amount">${amountIn(lang, amount)}</bdi>
        </li>`,
    )}
  </ol>`
}

/** How much is paid by then, drawn as part of a ring. The circumference is 100, so that lengths are percentages. */
function pie(done: number, of: number): Html {
  return html`<svg viewBox="0 0 42 42" aria-hidden="true">
    <circle cx="21" cy="21" r="15.915" class="ring" />
    <circle cx="21" cy="21" r="15.915" class="done" stroke-dasharray="${(done / of) * 100} 100" />
  </svg>`
}

// oxlint-disable-next-line max-params -- a page: what it shows, in which words, its body and its title
function shell({ lang }: CheckoutView, texts: Texts, body: Html, title: string): Html {
  return html`<!doctype html>
    <html lang="${lang}" dir="${texts.dir}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${texts.brand}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/tabby/checkout.css" />
      </head>
      <body>
        <header>
          <p class="brand">
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d="M11 2v9H2a9 9 0 0 1 9-9z" />
              <path d="M13 2a9 9 0 0 1 9 9h-9z" opacity=".75" />
              <path d="M13 13h9a9 9 0 0 1-9 9z" opacity=".5" />
              <path d="M2 13h9v9a9 9 0 0 1-9-9z" opacity=".3" />
            </svg>
            ${texts.brand}
          </p>
          <a href="?lang=${texts.otherLang}" lang="${texts.otherLang}" hreflang="${texts.otherLang}">${texts.other}</a>
        </header>
        <main>
          <h1>${texts.title}</h1>
          <p class="lead">${texts.lead}</p>
          ${body}
        </main>
        <footer class="note">${texts.note}</footer>
      </body>
    </html>`
}
