import type { SandboxConfig } from './config.ts'
import { html, type Html } from './platform/html.ts'
import type { Page } from './platform/page.ts'
import { TEST_CARDS } from './stripe/cards.ts'
import { STRIPE_SENTINELS } from './stripe/sentinels.ts'
import { tabbyInputs } from './tabby/inputs.page.ts'
import { tamaraInputs } from './tamara/inputs.page.ts'
import { SENTINEL_NUMBERS } from './twilio/numbers.ts'
import { SHOP_TEMPLATES } from './twilio/sms-text.ts'

/** What a person can type to make something happen. */
export function homePage(config: SandboxConfig): Page {
  const body = html` <h1>Test inputs</h1>
    <p class="lead">
      This process stands in for Stripe, Tabby, Tamara, SendGrid and Twilio on real HTTP. What you type decides what
      happens; what nobody can type is done in <a href="/control">control</a>.
    </p>
    <section>
      <h2>Cards, at Stripe</h2>
      <p>
        Any future expiry, any three digits as security code (four for American Express). Other numbers that pass the
        checksum are declined.
      </p>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Number</th>
              <th scope="col">What happens</th>
              <th scope="col">Id for server calls</th>
            </tr>
          </thead>
          <tbody>
            ${TEST_CARDS.map(cardRow)}
          </tbody>
        </table>
      </div>
    </section>
    <section>
      <h2>Amounts and addresses</h2>
      <dl>
        <dt>A total ending in .13</dt>
        <dd>
          The card is charged, but the connection is cut before the answer: the outcome is unknown until someone asks.
          Tabby and Tamara lose answers alike.
        </dd>
        <dt>A total under AED 2.00</dt>
        <dd>Refused as <code>amount_too_small</code>.</dd>
        ${STRIPE_SENTINELS.map(
          ({ input, outcome }) =>
            html`<dt>${input}</dt>
              <dd>${outcome}</dd>`,
        )}
        <dt>Sender <code>unverified@…</code></dt>
        <dd>SendGrid answers 403, as for a sender that isn't verified.</dd>
      </dl>
    </section>
    ${tabbyInputs(config.tabby)} ${tamaraInputs(config.tamara)}
    <section>
      <h2>Phone numbers</h2>
      <p>Texts to every other number arrive in the <a href="/inbox">inbox</a>, one-time codes among them.</p>
      <dl>
        ${SENTINEL_NUMBERS.map(
          ({ number, note }) =>
            html`<dt><bdi dir="ltr">${shownNumber(number)}</bdi></dt>
              <dd>${note}</dd>`,
        )}
      </dl>
    </section>
    <section>
      <h2>Keys</h2>
      <dl>
        <dt>Stripe secret key</dt>
        <dd><code>${config.stripe.secretKey}</code></dd>
        <dt>Stripe publishable key</dt>
        <dd><code>${config.stripe.publishableKey}</code></dd>
        <dt>Stripe.js</dt>
        <dd><code>/stripe.js</code></dd>
        <dt>Stripe webhooks go to</dt>
        <dd>${config.stripe.webhookUrl ?? 'nobody yet'}</dd>
        <dt>SendGrid key</dt>
        <dd><code>${config.sendgrid.apiKey}</code></dd>
        <dt>Twilio account, token</dt>
        <dd><code>${config.twilio.accountSid}</code> <code>${config.twilio.authToken}</code></dd>
        <dt>Twilio Verify service, templates</dt>
        <dd>
          <code>${config.twilio.verifyServiceSid}</code>
          ${Object.keys(SHOP_TEMPLATES).map((sid) => html`<code>${sid}</code> `)}
        </dd>
      </dl>
    </section>
    <p>
      Mails and texts arrive in the <a href="/inbox">inbox</a>. Faults, late and doubled webhooks are made in
      <a href="/control">control</a>.
    </p>`
  return { title: 'Test inputs', current: 'home', body }
}

const shownNumber = (e164: string): string => `0${e164.slice(4, 6)} ${e164.slice(6, 9)} ${e164.slice(9)}`

const spacedCard = (number: string): string => number.replaceAll(/(.{4})(?=.)/g, '$1 ')

function cardRow(card: (typeof TEST_CARDS)[number]): Html {
  const [alias] = card.aliases
  return html`<tr>
    <td class="card">${spacedCard(card.number)}</td>
    <td>${card.note}</td>
    <td>${alias === undefined ? '' : html`<code>${alias}</code>`}</td>
  </tr>`
}
