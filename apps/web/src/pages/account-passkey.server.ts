import { addPasskey, beginPasskey, listSessions } from '@dhow/contracts/account-security.ts'
import { PasskeyName } from '@dhow/contracts/account-security.ts'
import { definePage, loaded, privately } from '../framework/page.ts'
import type { Action } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { accountHead } from '../server/account-head.ts'
import { refusedBy } from '../server/forms.ts'
import { askToConfirm } from '../server/fresh.ts'
import { parsePasskey } from '../server/passkey-form.ts'
import { Page } from './account-passkey.page.tsx'
import type { AccountPasskeyData } from './account-passkey.page.tsx'

const options: Action = async (ctx) => ({
  kind: 'done',
  data: await ctx.session.call(beginPasskey, {}),
  to: ctx.paths.accountPart('security/passkey'),
})

/** A name that will not do is no reason to make the passkey again: the ceremony is over by then. */
const add: Action = async (ctx, form) => {
  const given = parsePasskey(form)
  if (!given) return refusedBy(form, 'auth/passkey-invalid', 400)
  const name = PasskeyName.safeParse(form['name'])
  const body = { ...given, name: name.success ? name.data : ctx.t('account.passkeys.unnamed') }
  await ctx.session.call(addPasskey, { body })
  return { kind: 'redirect', to: ctx.paths.accountPart('security', { saved: 'passkey-added' }) }
}

export const accountPasskeyPage = definePage<AccountPasskeyData>({
  name: 'account-passkey',
  route: routes.accountPasskey,
  Page,
  async load(ctx) {
    const { items } = await ctx.session.call(listSessions, {})
    const suggestedName = items.find(({ isCurrent }) => isCurrent)?.client ?? ''
    return (await askToConfirm(ctx, ctx.paths.accountPart('security/passkey'))) ?? loaded({ suggestedName })
  },
  head: accountHead('account.passkeys.add', (paths) => paths.accountPart('security/passkey')),
  cache: privately,
  class: 'identity',
  actions: { 'passkey-options': options, passkey: add },
})
