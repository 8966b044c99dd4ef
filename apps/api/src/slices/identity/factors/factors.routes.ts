import * as security from '@dhow/contracts/account-security.ts'
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
  mount(api, security.confirmIdentity, ({ body, actor, client }) =>
    confirmIdentity(ctx, { proof: body, actor, client }),
  )
  mount(api, security.beginPasskeyConfirmation, ({ actor: { accountId, sessionId }, client }) =>
    beginConfirming(ctx, { audience, client, accountId, sessionId }),
  )
}

function mountOwnFactors(api: Api): void {
  const { ctx } = api
  mount(api, security.listPasskeys, ({ actor }) => listPasskeys(ctx, actor.accountId))
  mount(api, security.beginPasskey, ({ actor: { accountId, sessionId }, client }) =>
    beginMaking(ctx, { audience, client, accountId, sessionId }),
  )
  mount(api, security.addPasskey, ({ body, actor, client }) => addPasskey(ctx, { actor, client }, body))
  mount(api, security.removePasskey, ({ params, actor, client }) =>
    removePasskey(ctx, { actor, client }, params.passkeyId),
  )
  mount(api, security.beginTotp, ({ actor, client }) => beginTotp(ctx, { actor, client }))
  mount(api, security.confirmTotp, ({ body, actor, client }) => confirmTotp(ctx, { actor, client }, body.code))
  mount(api, security.removeTotp, ({ actor, client }) => removeTotp(ctx, { actor, client }))
  mount(api, security.renewRecoveryCodes, ({ actor, client }) => renewRecoveryCodes(ctx, { actor, client }))
}

/** Second factors and passkeys of customers: signing in with them, confirming by them, changing them. */
export function mountFactors(api: Api): void {
  mountSigningIn(api)
  mountConfirming(api)
  mountOwnFactors(api)
}
