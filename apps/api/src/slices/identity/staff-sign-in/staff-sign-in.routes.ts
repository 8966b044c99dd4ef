import * as contract from '@dhow/contracts/staff-auth.ts'
import type { StaffSignInResult } from '@dhow/contracts/staff-auth.ts'
import type { AppContext } from '../../../context.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import { mount } from '../../../platform/http/mount.ts'
import type { Api, Exchange } from '../../../platform/http/mount.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { beginConfirming, beginMaking, beginSigningIn } from '../factors/ceremonies.ts'
import { addPasskey, listPasskeys, removePasskey } from '../factors/own-passkeys.ts'
import { beginTotp, renewRecoveryCodes, replaceTotp } from '../factors/change-factors.ts'
import { finishSecondStep } from '../factors/second-factor.ts'
import { listAccountSessions } from '../tokens/session-view.ts'
import { revokeSessions } from '../tokens/sessions.ts'
import { setStaffCookies } from '../tokens/staff-cookies.ts'
import * as enrolment from './enrol.ts'
import { staffLogin, staffPasskeyLogin } from './first-step.ts'
import type { AfterFirstStep } from './first-step.ts'
import { acceptInvite, lookUpInvite } from './invitation.ts'
import { changeStaffPassword, changeStaffSelf, viewStaffSelf } from './staff-self.ts'
import { stepUp } from './step-up.ts'

const audience = 'admin-api'

function answerFirstStep(ctx: AppContext, exchange: Exchange, after: AfterFirstStep): StaffSignInResult {
  if (after.kind === 'second-factor') return after.step
  return { ...setStaffCookies(ctx, exchange, after.tokens), kind: 'enrol' }
}

function mountSigningIn(api: Api): void {
  const { ctx } = api
  mount(api, contract.lookUpInvite, ({ body }) => lookUpInvite(ctx, body.token))
  mount(api, contract.acceptInvite, async ({ body, locale, client, exchange }) => {
    const tokens = await acceptInvite(ctx, { ...body, locale: body.locale ?? locale, client })
    return { ...setStaffCookies(ctx, exchange, tokens), kind: 'enrol' as const }
  })
  mount(api, contract.staffLogin, async ({ body, client, exchange }) =>
    answerFirstStep(ctx, exchange, await staffLogin(ctx, { ...body, client })),
  )
  mount(api, contract.beginStaffPasskeySignIn, ({ body, client }) => beginSigningIn(ctx, { ...body, audience, client }))
  mount(api, contract.staffSignInWithPasskey, async ({ body, client, exchange }) =>
    answerFirstStep(ctx, exchange, await staffPasskeyLogin(ctx, { ...body, client })),
  )
  mount(api, contract.giveStaffSecondFactor, async ({ body, client, exchange }) =>
    setStaffCookies(ctx, exchange, await finishSecondStep(ctx, { ...body, audience, client })),
  )
}

function mountEnrolment(api: Api): void {
  const { ctx } = api
  const answer = (exchange: Exchange, { tokens, recoveryCodes }: enrolment.Enrolled) => ({
    signedIn: setStaffCookies(ctx, exchange, tokens),
    recoveryCodes,
  })
  mount(api, contract.beginStaffTotpEnrolment, ({ actor, client }) =>
    enrolment.beginTotpEnrolment(ctx, { actor, client }),
  )
  mount(api, contract.finishStaffTotpEnrolment, async ({ body, actor, client, exchange }) =>
    answer(exchange, await enrolment.finishTotpEnrolment(ctx, { actor, client }, body.code)),
  )
  mount(api, contract.beginStaffPasskeyEnrolment, ({ actor, client }) =>
    enrolment.beginPasskeyEnrolment(ctx, { actor, client }),
  )
  mount(api, contract.finishStaffPasskeyEnrolment, async ({ body, actor, client, exchange }) =>
    answer(exchange, await enrolment.finishPasskeyEnrolment(ctx, { actor, client }, body)),
  )
}

function mountSelf(api: Api): void {
  const { ctx } = api
  mount(api, contract.getStaffSelf, ({ actor }) => viewStaffSelf(ctx, actor))
  mount(api, contract.updateStaffSelf, ({ body, actor }) => changeStaffSelf(ctx, actor, body))
  mount(api, contract.changeStaffPassword, ({ body, actor, client }) =>
    changeStaffPassword(ctx, { ...body, actor, client }),
  )
  mount(api, contract.beginStepUp, ({ actor: { accountId, sessionId }, client }) =>
    beginConfirming(ctx, { audience, client, accountId, sessionId }),
  )
  mount(api, contract.stepUp, async ({ body, actor, client, exchange }) =>
    setStaffCookies(ctx, exchange, await stepUp(ctx, { ...body, actor, client })),
  )
}

function mountOwnSessions(api: Api): void {
  const { ctx } = api
  mount(api, contract.listOwnStaffSessions, async ({ actor }) => ({
    items: await listAccountSessions(ctx, actor.accountId, actor.sessionId),
  }))
  mount(api, contract.revokeOwnStaffSession, async ({ params, actor, client }) => {
    const { accountId } = actor
    const revocation = { accountId, ...params, reason: 'revoked-by-owner', by: actor, client }
    const count = await inTransaction(ctx.db, (tx) => revokeSessions(ctx, tx, revocation))
    if (count === 0) throw new Problem('auth/session-not-found')
  })
}

function mountOwnFactors(api: Api): void {
  const { ctx } = api
  mount(api, contract.listOwnStaffPasskeys, ({ actor }) => listPasskeys(ctx, actor.accountId))
  mount(api, contract.beginOwnStaffPasskey, ({ actor: { accountId, sessionId }, client }) =>
    beginMaking(ctx, { audience, client, accountId, sessionId }),
  )
  mount(api, contract.addOwnStaffPasskey, ({ body, actor, client }) => addPasskey(ctx, { actor, client }, body))
  mount(api, contract.removeOwnStaffPasskey, ({ params, actor, client }) =>
    removePasskey(ctx, { actor, client }, params.passkeyId),
  )
  mount(api, contract.replaceOwnStaffTotp, ({ actor, client }) => beginTotp(ctx, { actor, client }))
  mount(api, contract.confirmOwnStaffTotp, ({ body, actor, client }) => replaceTotp(ctx, { actor, client }, body.code))
  mount(api, contract.renewOwnStaffRecoveryCodes, ({ actor, client }) => renewRecoveryCodes(ctx, { actor, client }))
}

/** Staff: coming in, setting up and proving second factors, and their own account. */
export function mountStaffSignIn(api: Api): void {
  mountSigningIn(api)
  mountEnrolment(api)
  mountSelf(api)
  mountOwnSessions(api)
  mountOwnFactors(api)
}
