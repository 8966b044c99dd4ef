import {
  changeEmail as changeEmailEndpoint,
  setPassword as setPasswordEndpoint,
} from '@dhow/contracts/account-security.ts'
import {
  confirmEmail as confirmEmailEndpoint,
  confirmRegistration as confirmRegistrationEndpoint,
  forgetPassword as forgetPasswordEndpoint,
  login as loginEndpoint,
  register as registerEndpoint,
  resetPassword as resetPasswordEndpoint,
  undoChange as undoChangeEndpoint,
} from '@dhow/contracts/auth.ts'
import { mount } from '../../../platform/http/mount.ts'
import type { Api } from '../../../platform/http/mount.ts'
import { changeEmail, confirmEmail } from './change-email.ts'
import { resetPassword, setPassword } from './change-password.ts'
import { requestLinkMail } from './link-mail.ts'
import { logIn } from './log-in.ts'
import { confirmRegistration, register } from './register.ts'
import { undoChange } from './undo-change.ts'

/** Customers' passwords and e-mail addresses: signing up and in by them, losing and changing them, and taking a change back. */
export function mountPasswords(api: Api): void {
  const { ctx } = api
  mount(api, registerEndpoint, async ({ body, locale }) => {
    await register(ctx, { ...body, locale: body.locale ?? locale })
  })
  mount(api, confirmRegistrationEndpoint, async ({ body, client }) => confirmRegistration(ctx, { ...body, client }))
  mount(api, loginEndpoint, async ({ body, client }) => logIn(ctx, { ...body, client }))
  mount(api, forgetPasswordEndpoint, async ({ body: { email } }) => {
    await requestLinkMail(ctx, { purpose: 'reset-password', email, data: { email } })
  })
  mount(api, resetPasswordEndpoint, async ({ body, client }) => {
    await resetPassword(ctx, { ...body, client })
  })
  mount(api, confirmEmailEndpoint, async ({ body, client }) => {
    await confirmEmail(ctx, { ...body, client })
  })
  mount(api, undoChangeEndpoint, async ({ body, client }) => {
    await undoChange(ctx, { ...body, client })
  })
  mount(api, changeEmailEndpoint, async ({ body: { email }, actor }) => {
    await changeEmail(ctx, { email, actor })
  })
  mount(api, setPasswordEndpoint, async ({ body, actor, client }) => {
    await setPassword(ctx, { ...body, actor, client })
  })
}
