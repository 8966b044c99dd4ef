import type { OrderLine } from '@dhow/contracts/orders.ts'
import { formatMobile } from '@dhow/contracts/phone.ts'
import { formatterFor } from '@dhow/i18n/format.ts'
import { createTranslator } from '@dhow/i18n/translate.ts'
import type { MessageId } from '@dhow/i18n/translator.ts'
import { brand, button, imprint, mailPage, rich, table } from './mail-frame.ts'
import { figure, html, isolated } from './mail-html.ts'
import type { Html } from './mail-html.ts'
import { mailColours, mailStyle } from './mail-style.ts'
import { amountText, oneLine } from './mail-text.ts'
import { addressLines, arrivalText, brandName, commaOf, priceOrFree } from './order-confirmation-text.ts'
import { courierCode, dueRows, feeRows, paymentLine } from './order-confirmation-payment.ts'
import type { AmountRow } from './order-confirmation-payment.ts'
import type { OrderMail } from './order-confirmation.ts'

const PICTURE_WIDTH = 72
const PICTURE_HEIGHT = 79 // 10:11, as everywhere in the shop

interface Drawing extends OrderMail {
  style: ReturnType<typeof mailStyle>
  t: ReturnType<typeof createTranslator>
}

const money = ({ order }: Drawing, value: OrderLine['total']): Html => figure(amountText(value, order.locale))

function courier({ order, style, t }: Drawing): Html {
  const code = courierCode(order)
  if (code === null) return html``
  return html`<p class="ink" style="${style.strong}margin:14px 0 0">
      ${t('email.order-confirmed.code')}: ${figure(code)}
    </p>
    <p class="soft" style="${style.small}margin:2px 0 0">${t('email.order-confirmed.code.line')}</p>`
}

function greeting(drawing: Drawing): Html {
  const { order, orderUrl, style, t } = drawing
  const placedOn = formatterFor(order.locale).date(order.placedAt)
  return html`<tr>
    <td class="pad" style="padding:28px 36px 8px">
      <h1 class="night" style="${style.title}">
        ${rich(t, 'email.order-confirmed.title', { name: isolated(order.contact.name) })}
      </h1>
      <p class="ink" style="${style.text}margin:10px 0 0">${t(paymentLine(order))}</p>
      ${courier(drawing)}
      <p class="soft" style="${style.small}margin:14px 0 0">
        ${t('email.order-confirmed.number')}
        <b class="ink" style="color:${mailColours.ink}">${figure(order.number)}</b> ·
        ${t('email.order-confirmed.placed')} ${placedOn}
      </p>
      ${button(order.locale, { url: orderUrl, label: t('email.order-confirmed.open') })}
      <p class="soft" style="${style.small}margin:10px 0 0">${t('email.order-confirmed.open.line')}</p>
    </td>
  </tr>`
}

function delivery({ order, style, t }: Drawing): Html {
  const comma = commaOf(order.locale)
  const address = addressLines(order.address, order.locale).map(
    (parts) => html`${parts.map((part, index) => [index > 0 && comma, isolated(part)])}<br />`,
  )
  return html`<tr>
    <td class="pad" style="padding:20px 36px 4px">
      ${table(
        html`<tr>
          <td style="padding:18px 20px">
            <h2 class="palm" style="${style.strong}color:${mailColours.palm};margin:0">${arrivalText(order)}</h2>
            <p class="soft" style="${style.small}margin:2px 0 14px">
              ${t(`email.order-confirmed.method.${order.delivery.method}`)}
            </p>
            <h3 class="soft" style="${style.heading}">${t('email.order-confirmed.to')}</h3>
            <p class="ink" style="${style.text}margin:0">${address}${figure(formatMobile(order.address.phone))}</p>
          </td>
        </tr>`,
        ` class="panel" style="${style.panel}"`,
      )}
    </td>
  </tr>`
}

function picture({ order, style, websiteUrl }: Drawing, line: OrderLine): Html {
  if (!line.picture) return html``
  const source = `${websiteUrl}/media/${encodeURIComponent(line.picture.key)}/320.webp`
  const link = `${websiteUrl}/${order.locale}/p/${encodeURIComponent(line.slugs[order.locale])}`
  return html`<a class="soft" href="${link}" style="${style.detail}text-decoration:none"
    ><img
      src="${source}"
      width="${PICTURE_WIDTH}"
      height="${PICTURE_HEIGHT}"
      alt="${oneLine(line.name)}"
      style="display:block;border-radius:8px;background-color:${mailColours['sand-1']}"
  /></a>`
}

function line(drawing: Drawing, item: OrderLine): Html {
  const { style, t } = drawing
  const each =
    item.quantity > 1 && html` · ${rich(t, 'email.order-confirmed.each', { price: money(drawing, item.unitPrice) })}`
  return html`<tr>
    <td class="rule" width="${PICTURE_WIDTH}" valign="top" style="${style.line}padding:16px 0">
      ${picture(drawing, item)}
    </td>
    <td class="rule" valign="top" style="${style.text}${style.line}padding:16px">
      <b class="ink" style="font-weight:600">${isolated(item.name)}</b>
      ${item.optionText !== '' && html`<p class="soft" style="${style.detail}margin:2px 0 0">${isolated(item.optionText)}</p>`}
      <p class="soft" style="${style.detail}margin:2px 0 0">
        ${t('email.order-confirmed.quantity', { quantity: item.quantity })}${each}
      </p>
    </td>
    <td
      class="rule ink"
      align="${style.end}"
      valign="top"
      style="${style.strong}${style.line}padding:16px 0;text-align:${style.end}"
    >
      ${money(drawing, item.total)}
    </td>
  </tr>`
}

function lines(drawing: Drawing): Html {
  const { order, style, t } = drawing
  const heading = t('email.order-confirmed.lines', { count: order.itemCount })
  return html`<tr>
    <td class="pad" style="padding:24px 36px 0">
      <h2 class="soft" style="${style.heading}margin:0 0 10px">${heading}</h2>
      ${table(html`${order.lines.map((item) => line(drawing, item))}`)}
    </td>
  </tr>`
}

function totals(drawing: Drawing): Html {
  const { order, style, t } = drawing
  const row = (id: MessageId, value: Html, look: string) =>
    html`<tr>
      <td class="ink" style="${look}padding:4px 0">${t(id)}</td>
      <td class="ink" align="${style.end}" style="${look}padding:4px 0;text-align:${style.end}">${value}</td>
    </tr>`
  const amounts = (rows: readonly AmountRow[], look: string) =>
    rows.map(({ id, amount }) => row(id, money(drawing, amount), look))
  const { card } = order.payment
  return html`<tr>
    <td class="pad" style="padding:0 36px 8px">
      ${table(
        html`<tr>
            <td colspan="2" height="14" style="font-size:0;line-height:0">&nbsp;</td>
          </tr>
          ${row('email.order-confirmed.subtotal', money(drawing, order.totals.subtotal), style.text)}
          ${row('email.order-confirmed.deliveryFee', isolated(priceOrFree(order)), style.text)}
          ${amounts(feeRows(order), style.text)}
          ${row('email.order-confirmed.total', money(drawing, order.totals.grandTotal), style.total)}
          ${row('email.order-confirmed.vat', money(drawing, order.totals.vat), style.small)}
          ${amounts(dueRows(order), style.text)}
          ${card && row('email.order-confirmed.paid', rich(t, 'email.order-confirmed.card', { brand: isolated(brandName(card.brand)), last4: figure(card.last4) }), style.small)}`,
        ` class="rule" style="${style.line}"`,
      )}
    </td>
  </tr>`
}

function help({ merchant, style, t }: Drawing): Html {
  const call = html`<a class="ink" href="tel:${merchant.phone.replaceAll(' ', '')}" style="color:${mailColours.ink}"
    >${figure(merchant.phone)}</a
  >`
  return html`<tr>
    <td class="pad" style="padding:16px 36px 32px">
      <p class="ink" style="${style.text}margin:0">${rich(t, 'email.order-confirmed.help', { phone: call })}</p>
    </td>
  </tr>`
}

function footer({ merchant, t, order }: Drawing): Html {
  return imprint(
    order.locale,
    html`<b>${merchant.legalName}</b><br />
      ${rich(t, 'email.order-confirmed.trn', { trn: figure(merchant.trn) })}<br />${merchant.address}<br /><br />${t('email.order-confirmed.why')}`,
  )
}

/** The HTML part. */
export function orderConfirmationHtml(mail: OrderMail & { subject: string }): string {
  const { locale } = mail.order
  const drawing: Drawing = { ...mail, style: mailStyle(locale), t: createTranslator(locale) }
  return mailPage({
    locale,
    subject: mail.subject,
    preheader: drawing.t('email.order-confirmed.preheader', {
      arrives: arrivalText(mail.order),
      total: amountText(mail.order.totals.grandTotal, locale),
    }),
    sections: html`${brand(locale, { name: mail.merchant.name, url: `${mail.websiteUrl}/${locale}` })}
    ${[greeting, delivery, lines, totals, help].map((draw) => draw(drawing))}`,
    footer: footer(drawing),
  })
}
