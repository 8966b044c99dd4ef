import { Router } from 'express'
import { directionOf, html, type Html } from '../platform/html.ts'
import type { Sms, TwilioState } from './state.ts'

const digitsOf = (number: string): string => number.replaceAll(/\D/g, '')

/** Newest first; `to` narrows to one number, however it is spelled (a `+` in an address is a space by the time it is read). */
export function listTexts(state: TwilioState, to?: string): Sms[] {
  const texts = state.texts.newestFirst()
  return to === undefined ? texts : texts.filter((text) => digitsOf(text.to) === digitsOf(to))
}

/** `GET /texts.json?to=+971…`: the SMS inbox for tests; the newest code is the first `code` that is not null. */
export function textRoutes(state: TwilioState): Router {
  const router = Router()
  router.get('/texts.json', (req, res) => {
    const to = typeof req.query['to'] === 'string' ? req.query['to'] : undefined
    res.json({ texts: listTexts(state, to) })
  })
  return router
}

/** The texts of the inbox page: number, code, and the text as it was sent. */
export function textList(state: TwilioState, to?: string): Html {
  const texts = listTexts(state, to?.includes('@') ? '' : to).slice(0, 100)
  if (texts.length === 0)
    return html`<h2>Texts</h2>
      <p class="empty">No text yet. Ask for a one-time code and it arrives here.</p>`
  return html`<h2>Texts</h2>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">To</th>
            <th scope="col">Code</th>
            <th scope="col">Text</th>
            <th scope="col">From</th>
            <th scope="col">State</th>
            <th scope="col">Time</th>
          </tr>
        </thead>
        <tbody>
          ${texts.map(textRow)}
        </tbody>
      </table>
    </div>`
}

function textRow(sms: Sms): Html {
  return html`<tr>
    <td><bdi dir="ltr">${sms.to}</bdi></td>
    <td>${sms.code === null ? '' : html`<strong><bdi dir="ltr">${sms.code}</bdi></strong>`}</td>
    <td lang="${directionOf(sms.body) === 'rtl' ? 'ar' : 'en'}" dir="${directionOf(sms.body)}">${sms.body}</td>
    <td><bdi>${sms.from}</bdi></td>
    <td><span class="state ${sms.status}">${sms.status}</span></td>
    <td><time datetime="${sms.receivedAt}">${sms.receivedAt.slice(11, 19)}</time></td>
  </tr>`
}
