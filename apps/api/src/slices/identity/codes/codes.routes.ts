import { changePhone, confirmPhone, requestConfirmationCode } from '@dhow/contracts/account-security.ts'
import { getProofOfWork, requestCode, verifyCode } from '@dhow/contracts/auth.ts'
import { mount } from '../../../platform/http/mount.ts'
import type { Api } from '../../../platform/http/mount.ts'
import { beginPhoneChange, confirmPhoneChange, sendConfirmationCode } from './change-phone.ts'
import { makePuzzle } from './proof-of-work.ts'
import { sendCode } from './send-code.ts'
import { signInByCode } from './sign-in-by-code.ts'

/** One-time codes by SMS: signing in, confirming, changing the number. */
export function mountCodes(api: Api): void {
  const { ctx } = api
  mount(api, getProofOfWork, async () => ({ ...(await makePuzzle(ctx)) }))
  mount(api, requestCode, ({ body: { phone, proofOfWork, locale: wanted }, client, locale }) =>
    sendCode(ctx, { purpose: 'sign-in', phone, accountId: null, client, proofOfWork, locale: wanted ?? locale }),
  )
  mount(api, verifyCode, ({ body, client, locale }) => signInByCode(ctx, { ...body, client, locale }))
  mount(api, requestConfirmationCode, ({ actor, client, locale }) =>
    sendConfirmationCode(ctx, { actor, client, locale }),
  )
  mount(api, changePhone, ({ body, actor, client, locale }) =>
    beginPhoneChange(ctx, { phone: body.phone, actor, client, locale }),
  )
  mount(api, confirmPhone, ({ body, actor, client }) => confirmPhoneChange(ctx, { ...body, actor, client }))
}
