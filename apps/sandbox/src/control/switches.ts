import { FAULT_KINDS } from '../platform/faults.ts'
import { html, type Html } from '../platform/html.ts'
import { CALLBACK_MODES } from '../twilio/callbacks.ts'
import { WEBHOOK_MODES } from '../webhooks/webhook-settings.ts'
import type { SandboxState } from './control.ts'
import { FAULTY_PROVIDERS } from './control-input.ts'

/** The forms that make things go wrong. Each posts JSON to the route it names. */
export function switches(state: SandboxState): Html {
  return html`<div class="columns">
    ${webhookForm(state)} ${chaosForm(state)} ${faultForm(state)} ${clockForm(state)} ${textForm(state)}
  </div>`
}

const options = (names: readonly string[], chosen?: string): Html[] =>
  names.map((name) => html`<option${name === chosen ? html` selected` : ''}>${name}</option>`)

const number = (name: string, label: string, value: number): Html =>
  html`<label>${label} <input name="${name}" type="number" min="0" value="${value}" /></label>`

function webhookForm(state: SandboxState): Html {
  const { mode, delayMs, times, forgeNext } = state.webhooks
  return html`<section>
    <h2>Webhooks</h2>
    <p>
      ${state.targets.length === 0 ? 'No receiver is configured.' : html`To ${state.targets.map((url) => html`<code>${url}</code> `)}`}
    </p>
    <form data-post="/control/webhooks">
      <label
        >Mode
        <select name="mode">
          ${options(WEBHOOK_MODES, mode)}
        </select></label
      >
      ${number('delayMs', 'Delay, ms', delayMs)} ${number('times', 'Copies when double', times)}
      ${number('forgeNext', 'Forge the next', forgeNext)}
      <button>Set</button>
    </form>
    <form data-post="/control/webhooks/release"><button>Release ${state.held} held or late</button></form>
  </section>`
}

function chaosForm({ webhooks }: SandboxState): Html {
  return html`<section>
    <h2>Chaos</h2>
    <p>
      For mode <code>chaos</code>: so many percent of the webhooks, drawn by the seed. Late ones wait for the clock
      below.
    </p>
    <form data-post="/control/webhooks">
      <input type="hidden" name="mode" value="chaos" />
      ${number('seed', 'Seed', webhooks.seed)} ${number('dropPercent', 'Lost, %', webhooks.dropPercent)}
      ${number('doublePercent', 'Doubled, %', webhooks.doublePercent)}
      ${number('reorderPercent', 'Overtaken, %', webhooks.reorderPercent)}
      ${number('delayPercent', 'Late, %', webhooks.delayPercent)}
      ${number('maxDelayMs', 'Late by at most, ms', webhooks.maxDelayMs)}
      ${number('forgePercent', 'Forged first, %', webhooks.forgePercent)}
      <button>Let loose</button>
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
          ${options(FAULTY_PROVIDERS)}
        </select></label
      >
      <label
        >Kind
        <select name="kind">
          ${options(FAULT_KINDS)}
        </select></label
      >
      <label>Method, any if empty <input name="method" placeholder="POST" /></label>
      <label>Path, any if empty <input name="path" placeholder="/v1/payment_intents/{id}/confirm" /></label>
      ${number('times', 'Times', 1)}
      <label>Slow by, ms <input name="delayMs" type="number" min="0" placeholder="1000" /></label>
      <button>Arm</button>
    </form>
    <p class="hint">
      <code>timeout</code> never answers and <code>reset-before</code> cuts the line, both without effect;
      <code>reset-after</code> takes effect and cuts it. <code>slow</code> takes effect and answers late: longer than
      the shop waits, it is a time-out after accepting. <code>slow-bytes</code> answers at once, in pieces.
    </p>
    <ul>
      ${state.faults.map(
        (fault) =>
          html`<li>
            <code>${fault.provider} ${fault.kind} ${fault.method ?? ''} ${fault.path ?? 'any path'}</code>,
            ${fault.left} left
          </li>`,
      )}
    </ul>
    <form data-delete="/control/faults"><button>Disarm all</button></form>
  </section>`
}

function clockForm(state: SandboxState): Html {
  return html`<section>
    <h2>Clock</h2>
    <p><time datetime="${state.now}">${state.now.replace('T', ' ').slice(0, 19)} UTC</time></p>
    <form data-post="/control/clock">
      ${number('days', 'Days', 0)} ${number('hours', 'Hours', 0)} ${number('minutes', 'Minutes', 30)}
      <button>Advance</button>
    </form>
    <p class="hint">Payments lapse, refunds settle and late webhooks go out by it. The shop has a clock of its own.</p>
  </section>`
}

function textForm({ texts }: SandboxState): Html {
  const { mode, delayMs, forgeNext, areTextsLost } = texts.settings
  return html`<section>
    <h2>Texts</h2>
    <p>${texts.sent} sent. How what became of them is reported:</p>
    <form data-post="/control/texts">
      <label
        >Callbacks
        <select name="mode">
          ${options(CALLBACK_MODES, mode)}
        </select></label
      >
      ${number('delayMs', 'Delay, ms', delayMs)} ${number('forgeNext', 'Forge the next', forgeNext)}
      <label
        >Texts are lost
        <select name="areTextsLost">
          ${options(['no', 'yes'], areTextsLost ? 'yes' : 'no')}
        </select></label
      >
      <button>Set</button>
    </form>
  </section>`
}
