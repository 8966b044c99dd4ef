import { Router } from 'express'
import { directionOf, html, type Html } from '../platform/html.ts'
import { sendPage, type Page } from '../platform/page.ts'
import { textList } from '../twilio/sms-inbox.ts'
import type { TwilioState } from '../twilio/state.ts'
import type { Inbox, InboxMail } from './inbox.ts'
import type { Address } from './mail-rules.ts'

/** A mail may show its own styles and pictures and open links in a new tab; it runs nothing and sees nothing of ours. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline' http: https:; img-src data: http: https:; font-src http: https: data:; sandbox allow-popups allow-popups-to-escape-sandbox"

export function inboxRoutes(inbox: Inbox, texts: TwilioState): Router {
  const router = Router()
  router.get('/inbox', (req, res) => {
    const to = typeof req.query['to'] === 'string' ? req.query['to'] : undefined
    sendPage(res, listPage(inbox.list(to), textList(texts, to), to))
  })
  router.get('/inbox.json', (req, res) => {
    const to = typeof req.query['to'] === 'string' ? req.query['to'] : undefined
    res.json({ mails: inbox.list(to) })
  })
  router.delete(['/inbox', '/inbox.json'], (_req, res) => {
    inbox.clear()
    texts.texts.clear()
    res.json({ mails: [] })
  })
  router.get('/inbox/:id', (req, res, next) => {
    const mail = inbox.find(req.params.id)
    if (!mail) return next()
    sendPage(res, mailPage(mail))
  })
  router.get('/inbox/:id/html', (req, res, next) => {
    const mail = inbox.find(req.params.id)
    if (mail?.html == null) return next()
    res.setHeader('content-type', 'text/html; charset=utf-8')
    res.setHeader('content-security-policy', MAIL_POLICY)
    res.end(`<base target="_blank">${mail.html}`)
  })
  return router
}

function listPage(mails: readonly InboxMail[], texts: Html, to: string | undefined): Page {
  const rows = mails.map(
    (mail) =>
      html`<li>
        <a href="/inbox/${mail.id}">
          <span class="to"><bdi>${mail.to.map(({ email }) => email).join(', ')}</bdi></span>
          <span class="subject" dir="${directionOf(mail.subject)}">${mail.subject}</span>
          <time datetime="${mail.receivedAt}">${clockOf(mail.receivedAt)}</time></a
        >
      </li>`,
  )
  const body = html` <h1>Inbox</h1>
    <p class="lead">
      ${to === undefined ? 'Everything the shop sent, newest first.' : html`What was sent to <bdi>${to}</bdi>. <a href="/inbox">Show all</a>`}
    </p>
    ${texts}
    <h2>Mails</h2>
    ${
      rows.length === 0
        ? html`<p class="empty">No mail yet. Place an order and its confirmation arrives here.</p>`
        : html`<ul class="mails">
            ${rows}
          </ul>`
    }
    <form data-delete="/inbox" class="danger"><button>Delete all</button><span></span></form>
    <p id="said" role="status" aria-live="polite"></p>`
  return { title: 'Inbox', current: 'inbox', body, script: 'control.js' }
}

function mailPage(mail: InboxMail): Page {
  const direction = directionOf(mail.subject)
  const body = html` <p><a href="/inbox">All mails</a></p>
    <h1 dir="${direction}">${mail.subject}</h1>
    <dl class="envelope">
      <dt>From</dt>
      <dd>${addresses([mail.from])}</dd>
      <dt>To</dt>
      <dd>${addresses(mail.to)}</dd>
      ${
        mail.cc.length === 0
          ? ''
          : html`<dt>Cc</dt>
              <dd>${addresses(mail.cc)}</dd>`
      }
      ${
        mail.bcc.length === 0
          ? ''
          : html`<dt>Bcc</dt>
              <dd>${addresses(mail.bcc)}</dd>`
      }
      ${
        mail.replyTo === null
          ? ''
          : html`<dt>Reply to</dt>
              <dd>${addresses([mail.replyTo])}</dd>`
      }
      <dt>Received</dt>
      <dd><time datetime="${mail.receivedAt}">${mail.receivedAt.replace('T', ' ')}</time></dd>
    </dl>
    ${
      mail.html === null
        ? ''
        : html`<section>
            <h2>HTML</h2>
            <iframe
              class="mail"
              title="The mail as its reader sees it"
              src="/inbox/${mail.id}/html"
              sandbox="allow-popups allow-popups-to-escape-sandbox"
            ></iframe>
          </section>`
    }
    ${
      mail.text === null
        ? ''
        : html`<section>
            <h2>Text</h2>
            <pre dir="auto">${mail.text}</pre>
          </section>`
    }
    ${
      mail.attachments.length === 0
        ? ''
        : html`<section>
            <h2>Attachments</h2>
            <ul>
              ${mail.attachments.map((file) => html`<li>${file.filename}, ${file.type}, ${file.bytes} bytes</li>`)}
            </ul>
          </section>`
    }
    <section>
      <h2>Headers and arguments</h2>
      <dl class="envelope">
        <dt>X-Message-Id</dt>
        <dd><code>${mail.messageId}</code></dd>
        ${
          mail.templateId === null
            ? ''
            : html`<dt>Template</dt>
                <dd><code>${mail.templateId}</code></dd>`
        }
        ${
          mail.categories.length === 0
            ? ''
            : html`<dt>Categories</dt>
                <dd>${mail.categories.join(', ')}</dd>`
        }
        ${[...Object.entries(mail.headers), ...Object.entries(mail.customArgs)].map(
          ([name, value]) =>
            html`<dt>${name}</dt>
              <dd><code>${value}</code></dd>`,
        )}
      </dl>
    </section>`
  return { title: mail.subject, current: 'inbox', body }
}

function addresses(list: readonly Address[]): Html {
  return html`${list.map(({ name, email }, index) => html`${index > 0 ? ', ' : ''}${name ? html`<bdi>${name}</bdi> ` : ''}<bdi>&lt;${email}&gt;</bdi>`)}`
}

function clockOf(receivedAt: string): string {
  return receivedAt.slice(0, 16).replace('T', ' ')
}
