import { getMe } from '@dhow/contracts/account.ts'
import { renewRecoveryCodes } from '@dhow/contracts/account-security.ts'
import { definePage, goTo, loaded, privately } from '../framework/page.ts'
import type { Action } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { accountHead } from '../server/account-head.ts'
import { askToConfirm } from '../server/fresh.ts'
import { Page } from './account-codes.page.tsx'
import type { AccountCodesData } from './account-codes.page.tsx'

const renew: Action = async (ctx) => {
  const { codes } = await ctx.session.call(renewRecoveryCodes, {})
  return { kind: 'shown', values: { intent: 'renew', _codes: codes.join(' ') } }
}

export const accountCodesPage = definePage<AccountCodesData>({
  name: 'account-codes',
  route: routes.accountCodes,
  Page,
  async load(ctx) {
    const { hasTotp, recoveryCodesLeft } = await ctx.session.call(getMe, {})
    if (!hasTotp) return goTo(ctx.paths.accountPart('security'))
    const confirm = await askToConfirm(ctx, ctx.paths.accountPart('security/recovery-codes'))
    return confirm ?? loaded({ left: recoveryCodesLeft })
  },
  head: accountHead('account.codes.title', (paths) => paths.accountPart('security/recovery-codes')),
  cache: privately,
  class: 'identity',
  actions: { renew },
})
