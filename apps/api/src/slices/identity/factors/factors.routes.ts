import * as account from '@dhow/contracts/account.ts'
import * as auth from '@dhow/contracts/auth.ts'
import { mount } from '../../../platform/http/mount.ts'
import type { Api } from '../../../platform/http/mount.ts'
import { beginConfirming, beginMaking, beginSigningIn } from './ceremonies.ts'
import { beginTotp, confirmTotp, removeTotp, renewRecoveryCodes } from './change-factors.ts'
import { confirmIdentity } from './confirm-identity.ts'
import { addPasskey, listPasskeys, removePasskey } from './own-passkeys.ts'
import { signInWithPasskey } from './passkey-sign-in.ts'
import { giveSecondFactor } from './second-factor.ts'

const audience = 'shop-api'

function mountSigningIn(api: Api): void {
  const { ctx } = api
  mount(api, auth.giveSecondFactor, ({ body, client }) => giveSecondFactor(ctx, { ...body, client }))
  mount(api, auth.beginPasskeySignIn, ({ body, client }) => beginSigningIn(ctx, { ...body, audience, client }))
  mount(api, auth.signInWithPasskey, ({ body, client }) => signInWithPasskey(ctx, { ...body, client }))
}

function mountConfirming(api: Api): void {
  const { ctx } = api
  mount(api, account.confirmIdentity, ({ body, actor, client }) => confirmIdentity(ctx, { proof: body, actor, client }))
  mount(api, account.beginPasskeyConfirmation, ({ actor: { accountId, sessionId }, client }) =>
    beginConfirming(ctx, { audience, client, accountId, sessionId }),
  )
}

function mountOwnFactors(api: Api): void {
  const { ctx } = api
  mount(api, account.listPasskeys, ({ actor }) => listPasskeys(ctx, actor.accountId))
  mount(api, account.beginPasskey, ({ actor: { accountId, sessionId }, client }) =>
    beginMaking(ctx, { audience, client, accountId, sessionId }),
  )
  mount(api, account.addPasskey, ({ body, actor, client }) => addPasskey(ctx, { actor, client }, body))
  mount(api, account.removePasskey, ({ params, actor, client }) =>
    removePasskey(ctx, { actor, client }, params.passkeyId),
  )
  mount(api, account.beginTotp, ({ actor, client }) => beginTotp(ctx, { actor, client }))
  mount(api, account.confirmTotp, ({ body, actor, client }) => confirmTotp(ctx, { actor, client }, body.code))
  mount(api, account.removeTotp, ({ actor, client }) => removeTotp(ctx, { actor, client }))
  mount(api, account.renewRecoveryCodes, ({ actor, client }) => renewRecoveryCodes(ctx, { actor, client }))
}

/** Second factors and passkeys of customers: signing in with them, confirming by them, changing them. */
export function mountFactors(api: Api): void {
  mountSigningIn(api)
  mountConfirming(api)
  mountOwnFactors(api)
}
