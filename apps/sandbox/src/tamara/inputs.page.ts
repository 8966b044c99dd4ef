import type { TamaraConfig } from '../config.ts'
import { html, type Html } from '../platform/html.ts'
import { APPROVED_PHONE, DECLINED_PHONE, REFUSED_PHONES, TAMARA_CARDS } from './people.ts'

const mobile = (local: string): Html =>
  html`<bdi dir="ltr">0${local.slice(0, 2)} ${local.slice(2, 5)} ${local.slice(5)}</bdi>`

const cards = (pays: boolean): Html[] =>
  TAMARA_CARDS.filter((card) => card.pays === pays).map(
    ({ number }) => html`<bdi dir="ltr" class="card">${number.replaceAll(/(.{4})(?=.)/g, '$1 ')}</bdi> `,
  )

/** What a shopper can type to have Tamara say yes, no or nothing. */
export function tamaraInputs({ apiToken, publicKey, webhookUrl }: TamaraConfig): Html {
  return html`<section id="tamara">
    <h2>Tamara</h2>
    <dl>
      <dt>${mobile(APPROVED_PHONE)}, or any other number</dt>
      <dd>Approved. The shop has 72 hours to authorise the order, or it lapses.</dd>
      <dt>${mobile(DECLINED_PHONE)}</dt>
      <dd>Declined after paying.</dd>
      <dt>${[...REFUSED_PHONES].map((phone) => html`${mobile(phone)} `)}</dt>
      <dd>Offered nothing.</dd>
      <dt>Cards that pay</dt>
      <dd>${cards(true)}</dd>
      <dt>Cards that do not</dt>
      <dd>${cards(false)}</dd>
      <dt>A total ending in .13</dt>
      <dd>The answer to each capture, refund and cancellation is lost, though it took effect.</dd>
    </dl>
    <dl>
      <dt>Token, public key</dt>
      <dd><code>${apiToken}</code> <code>${publicKey}</code></dd>
      <dt>Webhooks go to</dt>
      <dd>${webhookUrl ?? 'whoever registers'}</dd>
    </dl>
  </section>`
}
