import { html, type Html } from '../platform/html.ts'
import { FAULT_KINDS } from '../platform/faults.ts'
import type { Page } from '../platform/page.ts'
import { WEBHOOK_MODES } from '../webhooks/webhook-settings.ts'
import { CALLBACK_MODES } from '../twilio/callbacks.ts'
import type { SandboxState } from './control.ts'

const SHOWN_ROWS = 30

/** The switches and what has happened. Works by `control.js`, which posts the forms as JSON and reloads. */
export function controlPage(state: SandboxState): Page {
  const body = html` <h1>Control</h1>
    <p class="lead">Make things go wrong, and see what the shop asked and was told.</p>
    <p id="said" role="status" aria-live="polite"></p>
    <div class="columns">${webhookForm(state)}${textForm(state)}${faultForm(state)}</div>
    ${intentTable(state)} ${deliveryTable(state)} ${callTable(state)}
    <form data-post="/control/reset" class="danger">
      <button>Forget everything</button> <span>Payments, events, mails, faults and counters.</span>
    </form>`
  return { title: 'Control', current: 'control', body, script: 'control.js' }
}

function webhookForm(state: SandboxState): Html {
  const { mode, delayMs, times, forgeNext } = state.webhooks
  return html`<section>
    <h2>Webhooks</h2>
    <p>
      ${state.endpoints.length === 0 ? 'No receiver is configured.' : html`To ${state.endpoints.map(({ url }) => html`<code>${url}</code> `)}`}
    </p>
    <form data-post="/control/webhooks">
      <label
        >Mode
        <select name="mode">
          ${WEBHOOK_MODES.map((name) => html`<option${name === mode ? html` selected` : ''}>${name}</option>`)}
        </select></label
      >
      <label>Delay, ms <input name="delayMs" type="number" min="0" value="${delayMs}" /></label>
      <label>Copies when double <input name="times" type="number" min="1" value="${times}" /></label>
      <label>Forge the next <input name="forgeNext" type="number" min="0" value="${forgeNext}" /></label>
      <button>Set</button>
    </form>
    <form data-post="/control/webhooks/release"><button>Release ${state.held} held</button></form>
  </section>`
}

function textForm(state: SandboxState): Html {
  const { mode, delayMs, forgeNext, areTextsLost } = state.texts.settings
  return html`<section>
    <h2>Texts</h2>
    <p>${state.texts.sent} sent. How what became of them is reported:</p>
    <form data-post="/control/texts">
      <label
        >Callbacks
        <select name="mode">
          ${CALLBACK_MODES.map((name) => html`<option${name === mode ? html` selected` : ''}>${name}</option>`)}
        </select></label
      >
      <label>Delay, ms <input name="delayMs" type="number" min="0" value="${delayMs}" /></label>
      <label>Forge the next <input name="forgeNext" type="number" min="0" value="${forgeNext}" /></label>
      <label
        >Texts are lost
        <select name="areTextsLost">
          ${['no', 'yes'].map((name) => html`<option${(name === 'yes') === areTextsLost ? html` selected` : ''}>${name}</option>`)}
        </select></label
      >
      <button>Set</button>
    </form>
  </section>`
}

function faultForm(state: SandboxState): Html {
  return html`<section>
    <h2>Faults</h2>
    <form data-post="/control/faults">
      <label
        >Provider
        <select name="provider">
          <option>stripe</option>
          <option>sendgrid</option>
          <option>twilio</option>
        </select></label
      >
      <label
        >Kind
        <select name="kind">
          ${FAULT_KINDS.map((kind) => html`<option>${kind}</option>`)}
        </select></label
      >
      <label>Path, any if empty <input name="path" placeholder="/v1/payment_intents/{id}/confirm" /></label>
      <label>Times <input name="times" type="number" min="1" value="1" /></label>
      <button>Arm</button>
    </form>
    <ul>
      ${state.faults.map((fault) => html`<li><code>${fault.provider} ${fault.kind} ${fault.path ?? 'any path'}</code>, ${fault.left} left</li>`)}
    </ul>
    <form data-delete="/control/faults"><button>Disarm all</button></form>
  </section>`
}

function intentTable(state: SandboxState): Html {
  const rows = state.paymentIntents.slice(0, SHOWN_ROWS)
  return html`<section>
    <h2>Payment intents</h2>
    ${table(
      ['Id', 'Amount', 'Status', 'Order', '3-D Secure'],
      rows.map(
        (intent) =>
          html`<tr id="${intent.id}">
            <td><code>${intent.id}</code></td>
            <td class="number">${(intent.amount / 100).toFixed(2)} ${intent.currency.toUpperCase()}</td>
            <td><span class="state ${intent.status}">${intent.status}</span></td>
            <td><code>${intent.metadata['order_id'] ?? ''}</code></td>
            <td>${intent.status === 'requires_action' ? challengeButtons(intent.id) : ''}</td>
          </tr>`,
      ),
    )}
  </section>`
}

function challengeButtons(intentId: string): Html {
  const button = (outcome: string, label: string) =>
    html`<form data-post="/control/challenge" class="inline">
      <input type="hidden" name="paymentIntent" value="${intentId}" /><input
        type="hidden"
        name="outcome"
        value="${outcome}"
      /><button>${label}</button>
    </form>`
  return html`${button('complete', 'Complete 3-D Secure')} ${button('fail', 'Fail it')}`
}

function deliveryTable(state: SandboxState): Html {
  const rows = state.deliveries.toReversed().slice(0, SHOWN_ROWS)
  return html`<section>
    <h2>Deliveries</h2>
    ${table(
      ['Time', 'Event', 'Attempt', 'Outcome', 'Action'],
      rows.map(
        (line) =>
          html`<tr>
            <td>${new Date(line.atMs).toISOString().slice(11, 19)}</td>
            <td>${line.type}<br /><code>${line.eventId}</code></td>
            <td class="number">${line.attempt}</td>
            <td>
              <span class="state ${line.outcome}">${line.outcome}${line.status === null ? '' : ` ${line.status}`}</span
              >${line.forged ? ' forged' : ''}
            </td>
            <td>
              <form data-post="/control/webhooks/resend" class="inline">
                <input type="hidden" name="eventId" value="${line.eventId}" /><button>Send again</button>
              </form>
            </td>
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
