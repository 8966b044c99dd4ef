import { getMe } from '@dhow/contracts/account.ts'
import { beginTotp, confirmTotp } from '@dhow/contracts/account-security.ts'
import type { FormValues } from '../framework/form.ts'
import { definePage, goTo, loaded, privately } from '../framework/page.ts'
import type { Action, ActionResult } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { accountHead } from '../server/account-head.ts'
import { parseForm } from '../server/forms.ts'
import { askToConfirm } from '../server/fresh.ts'
import { qrImage } from '../server/qr.ts'
import { tellWrongCode } from '../server/wrong-code.ts'
import { Page } from './account-app.page.tsx'
import type { AccountAppData } from './account-app.page.tsx'

const begin: Action = async (ctx) => {
  const { secret, uri } = await ctx.session.call(beginTotp, {})
  return { kind: 'shown', values: { intent: 'begin', _secret: secret, _uri: uri, _qr: qrImage(uri) } }
}

/** A refused code is typed again under the same QR code, which travels in the form: it is kept nowhere else. */
function withQr(result: ActionResult, form: FormValues): ActionResult {
  if (result.kind !== 'refused') return result
  const uri = form['_uri'] ?? ''
  const isOurs = uri.startsWith('otpauth://') && uri.length < 600
  return { ...result, form: { ...result.form, values: { ...form, _qr: isOurs ? qrImage(uri) : '' } } }
}

const confirm: Action = async (ctx, form) => {
  const parsed = parseForm(confirmTotp.body, form)
  if (!parsed.ok) return withQr(parsed.refused, form)
  const result = await tellWrongCode(form, 'code', async () => {
    const { codes } = await ctx.session.call(confirmTotp, { body: parsed.value })
    return { kind: 'shown', values: { intent: 'confirm', _codes: codes.join(' ') } }
  })
  return withQr(result, form)
}

export const accountAppPage = definePage<AccountAppData>({
  name: 'account-app',
  route: routes.accountApp,
  Page,
  async load(ctx) {
    const { hasTotp } = await ctx.session.call(getMe, {})
    if (hasTotp && !ctx.isPost) return goTo(ctx.paths.accountPart('security'))
    return (await askToConfirm(ctx, ctx.paths.accountPart('security/app'))) ?? loaded({})
  },
  head: accountHead('account.app.add', (paths) => paths.accountPart('security/app')),
  cache: privately,
  class: 'identity',
  actions: { begin, confirm },
})
