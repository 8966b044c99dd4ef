import { html, type Html } from '../platform/html.ts'
import type { Page } from '../platform/page.ts'
import { WEBHOOK_PROVIDERS, type WebhookProvider } from '../webhooks/webhooks.ts'
import type { ListedPayment, SandboxState } from './control.ts'
import { switches } from './switches.ts'
import type { TwinAction } from './twin.ts'

const SHOWN_ROWS = 30

/** The switches and what has happened. Works by `control.js`, which posts the forms as JSON and reloads. */
export function controlPage(state: SandboxState, payments: readonly ListedPayment[]): Page {
  const body = html` <h1>Control</h1>
    <p class="lead">Make things go wrong, and see what the shop asked and was told.</p>
    <p id="said" role="status" aria-live="polite"></p>
    ${switches(state)} ${WEBHOOK_PROVIDERS.map((provider) => paymentTable(provider, payments, state))}
    ${disputeTable(state)} ${payoutTable(state)} ${deliveryTable(state)} ${callTable(state)}
    <form data-post="/control/reset" class="danger">
      <button>Forget everything</button> <span>Payments, events, mails, faults, the clock and counters.</span>
    </form>`
  return { title: 'Control', current: 'control', body, script: 'control.js' }
}

const nameOf: Record<WebhookProvider, string> = { stripe: 'Stripe', tabby: 'Tabby', tamara: 'Tamara' }

const decimal = (minor: number): string => (minor / 100).toFixed(2)

/** A button that posts fixed fields. */
const button = (path: string, fields: Record<string, string>, label: string): Html =>
  html`<form data-post="${path}" class="inline">
    ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}<button>
      ${label}
    </button>
  </form>`

function paymentTable(provider: WebhookProvider, payments: readonly ListedPayment[], state: SandboxState): Html {
  const own = payments.filter((payment) => payment.provider === provider)
  const challenged = new Set(
    state.paymentIntents.filter(({ status }) => status === 'requires_action').map(({ id }) => id),
  )
  return html`<section>
    <h2>${nameOf[provider]} payments</h2>
    ${table(
      ['Id', 'Amount', 'State', 'Order', 'Begun', 'Now'],
      own.slice(0, SHOWN_ROWS).map(
        (payment) =>
          html`<tr id="${payment.id}">
            <td><code>${payment.id}</code></td>
            <td class="number">${decimal(payment.amount)} ${payment.currency}</td>
            <td><span class="state ${payment.state.toLowerCase()}">${payment.state}</span></td>
            <td><code>${payment.orderId ?? ''}</code></td>
            <td>${new Date(payment.createdMs).toISOString().slice(11, 19)}</td>
            <td>${paymentButtons(payment, challenged.has(payment.id))}</td>
          </tr>`,
      ),
    )}
    ${own.length > SHOWN_ROWS ? html`<p class="hint">And ${own.length - SHOWN_ROWS} older ones.</p>` : ''}
  </section>`
}

const labelOf: Record<TwinAction, string> = {
  approve: 'Pay',
  decline: 'Decline',
  expire: 'Expire now',
  dispute: 'Dispute',
  refund: 'Refund by hand',
  lose: 'Forget',
}

function paymentButtons({ provider, id, actions }: ListedPayment, isChallenged: boolean): Html[] {
  const challenge = (outcome: string, label: string) =>
    button('/control/challenge', { paymentIntent: id, outcome }, label)
  const own = actions
    .filter((action) => !isChallenged || (action !== 'approve' && action !== 'decline'))
    .map((action) => button('/control/payments/act', { provider, id, action }, labelOf[action]))
  if (!isChallenged) return own
  return [challenge('complete', 'Complete 3-D Secure'), challenge('fail', 'Fail it'), ...own]
}

function disputeTable({ disputes }: SandboxState): Html {
  if (disputes.length === 0) return html``
  const decide = (id: string, decision: string, label: string) =>
    button('/control/stripe/disputes', { id, decision }, label)
  return html`<section>
    <h2>Disputes</h2>
    ${table(
      ['Id', 'Amount', 'State', 'The bank'],
      disputes.slice(0, SHOWN_ROWS).map(
        (dispute) =>
          html`<tr>
            <td><code>${dispute.id}</code></td>
            <td class="number">${decimal(dispute.amount)}</td>
            <td><span class="state">${dispute.status}</span></td>
            <td>${decide(dispute.id, 'won', 'Decides for us')} ${decide(dispute.id, 'lost', 'Against us')}</td>
          </tr>`,
      ),
    )}
  </section>`
}

function payoutTable({ payouts }: SandboxState): Html {
  return html`<section>
    <h2>Payouts of Stripe</h2>
    ${table(
      ['Id', 'Amount', 'State', 'Action'],
      payouts.slice(0, SHOWN_ROWS).map(
        (payout) =>
          html`<tr>
            <td><code>${payout.id}</code></td>
            <td class="number">${decimal(payout.amount)}</td>
            <td><span class="state ${payout.status}">${payout.status}</span></td>
            <td>
              ${payout.status === 'failed' ? '' : button('/control/stripe/payouts/fail', { id: payout.id }, 'Send back')}
            </td>
          </tr>`,
      ),
    )}
    ${button('/control/stripe/payouts', {}, 'Pay out what is owed')}
  </section>`
}

function deliveryTable(state: SandboxState): Html {
  const rows = state.deliveries.toReversed().slice(0, SHOWN_ROWS)
  return html`<section>
    <h2>Deliveries</h2>
    ${table(
      ['Time', 'Provider', 'Event', 'Attempt', 'Outcome', 'Action'],
      rows.map(
        (line) =>
          html`<tr>
            <td>${new Date(line.atMs).toISOString().slice(11, 19)}</td>
            <td>${line.provider}</td>
            <td>${line.type}<br /><code>${line.eventId}</code></td>
            <td class="number">${line.attempt}</td>
            <td>
              <span class="state ${line.outcome}">${line.outcome}${line.status === null ? '' : ` ${line.status}`}</span
              >${line.forged ? ' forged' : ''}
            </td>
            <td>${button('/control/webhooks/resend', { eventId: line.eventId }, 'Send again')}</td>
          </tr>`,
      ),
    )}
  </section>`
}

function callTable(state: SandboxState): Html {
  const rows = Object.entries(state.calls)
  return html`<section>
    <h2>Calls</h2>
    ${table(
      ['Endpoint', 'Count'],
      rows.map(
        ([endpoint, count]) =>
          html`<tr>
            <td><code>${endpoint}</code></td>
            <td class="number">${count}</td>
          </tr>`,
      ),
    )}
  </section>`
}

function table(headings: readonly string[], rows: readonly Html[]): Html {
  if (rows.length === 0) return html`<p class="empty">Nothing yet.</p>`
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          ${headings.map((heading) => html`<th scope="col">${heading}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`
}
