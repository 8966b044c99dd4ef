import { createTranslator } from '@dhow/i18n/translate.ts'
import type { AccountMail } from './account-message.ts'
import { brand, button, imprint, mailPage, rich, table } from './mail-frame.ts'
import { figure, html, isolated } from './mail-html.ts'
import type { Html } from './mail-html.ts'
import { mailColours, mailStyle } from './mail-style.ts'

interface Drawing extends AccountMail {
  style: ReturnType<typeof mailStyle>
  t: ReturnType<typeof createTranslator>
}

function opening({ t, style, subject, name, line }: Drawing): Html {
  const hello = name
    ? rich(t, 'email.account.hello', { name: isolated(name) })
    : html`${t('email.account.hello.nameless')}`
  return html`<h1 class="night" style="${style.title}">${subject}</h1>
    <p class="ink" style="${style.text}margin:16px 0 0">${hello}</p>
    <p class="ink" style="${style.text}margin:8px 0 0">${line}</p>`
}

function factTable({ facts, style }: Drawing): Html {
  const rows = facts.map(
    ({ label, value }) =>
      html`<p class="soft" style="${style.small}margin:0">${label}</p>
        <p class="ink" style="${style.text}margin:0 0 8px">${isolated(value)}</p>`,
  )
  if (rows.length === 0) return html``
  return html`<div style="height:18px;line-height:18px;font-size:0">&nbsp;</div>
    ${table(
      html`<tr>
        <td style="padding:14px 20px 6px">${rows}</td>
      </tr>`,
      ` class="panel" style="${style.panel}"`,
    )}`
}

function action({ locale, button: press, next, isUndo, style, t }: Drawing): Html {
  const explain = (text: string) => html`<p class="soft" style="${style.small}margin:14px 0 0">${text}</p>`
  return html`${isUndo && html`<p class="ink" style="${style.text}margin:16px 0 0">${t('email.account.undo')}</p>`}
  ${press && button(locale, press)} ${next !== null && explain(next)}
  ${
    press &&
    html`<p class="soft" style="${style.small}margin:14px 0 0">
      ${t('email.account.copy')}<br /><span dir="ltr" style="unicode-bidi:isolate;word-break:break-all"
        ><a class="soft" href="${press.url}" style="color:${mailColours['ink-2']}">${press.url}</a></span
      >
    </p>`
  }`
}

function closing({ merchant, style, t, asksWhetherYou, isOfBackOffice }: Drawing): Html {
  if (isOfBackOffice) return html``
  const call = html`<a class="ink" href="tel:${merchant.phone.replaceAll(' ', '')}" style="color:${mailColours.ink}"
    >${figure(merchant.phone)}</a
  >`
  const id = asksWhetherYou ? 'email.account.not-you' : 'email.account.help'
  return html`<p class="ink" style="${style.text}margin:20px 0 0">${rich(t, id, { phone: call })}</p>`
}

/** The HTML part. */
export function accountMailHtml(mail: AccountMail): string {
  const { locale, merchant, subject, line, isOfBackOffice } = mail
  const drawing: Drawing = { ...mail, style: mailStyle(locale), t: createTranslator(locale) }
  const why =
    mail.why ?? drawing.t(isOfBackOffice ? 'email.account.why.staff' : 'email.account.why', { merchant: merchant.name })
  return mailPage({
    locale,
    subject,
    preheader: line,
    sections: html`${brand(locale, { name: merchant.name, url: `${mail.websiteUrl}/${locale}` })}
      <tr>
        <td class="pad" style="padding:28px 36px 36px">
          ${[opening, factTable, action, closing].map((draw) => draw(drawing))}
        </td>
      </tr>`,
    footer: imprint(locale, html`<b>${merchant.legalName}</b><br />${merchant.address}<br /><br />${why}`),
  })
}
