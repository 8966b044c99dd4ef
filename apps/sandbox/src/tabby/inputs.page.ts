import type { TabbyConfig } from '../config.ts'
import { html, type Html } from '../platform/html.ts'
import { SANDBOX_LIMITS } from './sessions.ts'
import { amountIn } from './texts.ts'

/** What a shopper can type to have Tabby say yes, no or nothing. */
export function tabbyInputs({ secretKey, publicKey, merchantCode, webhookUrl }: TabbyConfig): Html {
  return html`<section id="tabby">
    <h2>Tabby</h2>
    <dl>
      <dt><bdi dir="ltr">050 000 0001</bdi>, or any other number, and any mail</dt>
      <dd>Taken. On the hosted page the code is <code>8888</code>; then agree, decline, or go back.</dd>
      <dt><bdi dir="ltr">050 000 0002</bdi></dt>
      <dd>Refused before anything is asked: <code>not_available</code>.</dd>
      <dt><code>otp.rejected@tabby.ai</code></dt>
      <dd>Taken at first, refused once the code was typed.</dd>
      <dt>A total under ${amountIn('en', SANDBOX_LIMITS.lowest)}, or over ${amountIn('en', SANDBOX_LIMITS.highest)}</dt>
      <dd>Refused: <code>order_amount_too_low</code>, <code>order_amount_too_high</code>.</dd>
      <dt>A total ending in .13</dt>
      <dd>
        The first answer to each session, capture and refund is lost, though it took effect. Asked again it is answered.
      </dd>
      <dt>A total ending in .59</dt>
      <dd>Disputed by its buyer as soon as it is captured: refunds are answered 409.</dd>
      <dt>Leaving, or twenty minutes</dt>
      <dd>The page is over; ten minutes later the payment has expired. No webhook tells of it.</dd>
    </dl>
    <dl>
      <dt>Keys, merchant code</dt>
      <dd><code>${secretKey}</code> <code>${publicKey}</code> <code>${merchantCode}</code></dd>
      <dt>Webhooks go to</dt>
      <dd>${webhookUrl ?? 'whoever registers'}</dd>
    </dl>
  </section>`
}
