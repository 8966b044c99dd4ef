import type { Locale } from '@dhow/i18n/locales.ts'
import { directions } from '@dhow/i18n/locales.ts'
import type { createTranslator } from '@dhow/i18n/translate.ts'
import type { MessageId } from '@dhow/i18n/translator.ts'
import { escapeHtml, Html, html } from './mail-html.ts'
import { mailColours, mailSheet, mailStyle } from './mail-style.ts'

type Translate = ReturnType<typeof createTranslator>

/** A message with HTML among its arguments. */
export function rich(t: Translate, id: MessageId, values: Record<string, Html>): Html {
  const parts = t.rich<Html>(id, values)
  return new Html(parts.map((part) => (part instanceof Html ? part.text : escapeHtml(part))).join(''))
}

/** Tables hold the layout: it is what every mail program draws alike. They are not data, so they say so. */
export const table = (content: Html, attributes = ''): Html =>
  html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" ${new Html(attributes)}>
    ${content}
  </table>`

/** What a mail is to be pressed for. */
export function button(locale: Locale, { url, label }: { url: string; label: string }): Html {
  return html`<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:22px 0 0">
    <tr>
      <td class="gulf" style="background-color:${mailColours.gulf};border-radius:999px">
        <a class="on-gulf" href="${url}" style="${mailStyle(locale).button}">${label}</a>
      </td>
    </tr>
  </table>`
}

/** The shop's name, as on the website. */
export function brand(locale: Locale, { name, url }: { name: string; url: string }): Html {
  const word = `${mailStyle(locale).strong}font-size:22px;color:${mailColours.night};text-decoration:none;`
  return html`<tr>
    <td class="pad" style="padding:28px 36px 0">
      <a class="night" href="${url}" style="${word}"
        ><span style="border-bottom:3px solid ${mailColours.saffron};padding-bottom:2px">${name}</span></a
      >
    </td>
  </tr>`
}

/** Who sends this and why, below the card. */
export function imprint(locale: Locale, lines: Html): Html {
  return html`<tr>
    <td class="soft pad" dir="${directions[locale]}" style="${mailStyle(locale).small}padding:20px 36px 36px">
      ${lines}
    </td>
  </tr>`
}

const head = (subject: string): Html =>
  html`<head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width,initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="supported-color-schemes" content="light dark" />
    <meta name="format-detection" content="telephone=no,date=no,address=no" />
    <title>${subject}</title>
    <style>
      ${new Html(mailSheet)}
    </style>
  </head>`

const cardStyle = `background-color:${mailColours.paper};border:1px solid ${mailColours.line};border-radius:14px;border-collapse:separate`

export interface MailPage {
  locale: Locale
  subject: string
  /** What inboxes show beside the subject. */
  preheader: string
  /** Rows of the card. */
  sections: Html
  /** A row below it, made by {@link imprint}. */
  footer: Html
}

/** A whole mail as HTML. No script, no form, nothing loaded but pictures of our own website. */
export function mailPage({ locale, subject, preheader, sections, footer }: MailPage): string {
  // On every level: some programs keep only what is inside the body, some only a table of it.
  const dir = new Html(`dir="${directions[locale]}"`)
  const card = html`<tr>
    <td>${table(sections, ` ${dir.text} class="card" style="${cardStyle}"`)}</td>
  </tr>`
  const frame = html`<tr>
    <td class="frame" align="center" style="padding:32px 12px">
      <table role="presentation" ${dir} width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px">
        ${card}${footer}
      </table>
    </td>
  </tr>`
  return html`<!doctype html>
    <html lang="${locale}" ${dir}>
      ${head(subject)}
      <body class="ground" ${dir} style="margin:0;padding:0;background-color:${mailColours.sand}">
        <div style="display:none;max-height:0;overflow:hidden">${preheader}</div>
        <div class="ground" lang="${locale}" ${dir} style="background-color:${mailColours.sand}">
          ${table(frame, ` ${dir.text}`)}
        </div>
      </body>
    </html>`.text.replace(/\n\s+/g, '\n') // Gmail cuts off what is longer than 102 kB
}
