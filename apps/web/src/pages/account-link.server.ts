import { confirmEmail, confirmRegistration, resetPassword, Secret, undoChange } from '@dhow/contracts/auth.ts'
import { z } from 'zod'
import type { FormValues } from '../framework/form.ts'
import { definePage, goTo, loaded, privately } from '../framework/page.ts'
import type { Action, ActionResult, PageContext } from '../framework/page.ts'
import { routes } from '../paths.ts'
import type { LinkKind } from '../paths.ts'
import { parseForm, refusedBy } from '../server/forms.ts'
import { forgetLink, linkTokenOf, rememberLink } from '../server/link-cookie.ts'
import { goOnFrom } from '../server/sign-in.ts'
import { Page } from './account-link.page.tsx'
import type { AccountLinkData } from './account-link.page.tsx'

type Use = (ctx: PageContext, token: string, form: FormValues) => Promise<ActionResult>

const done = (ctx: PageContext, kind: LinkKind): ActionResult => {
  forgetLink(ctx.cookies, kind)
  return { kind: 'redirect', to: ctx.paths.accountLink(kind, { done: '1' }) }
}

const PasswordForm = z.object({ password: resetPassword.body.shape.password })

const uses: Readonly<Record<LinkKind, Use>> = {
  async verify(ctx, token) {
    const result = await ctx.api.call(confirmRegistration, { body: { token } })
    forgetLink(ctx.cookies, 'verify')
    return goOnFrom(ctx, result, null)
  },
  async reset(ctx, token, form) {
    const parsed = parseForm(PasswordForm, form)
    if (!parsed.ok) return parsed.refused
    await ctx.api.call(resetPassword, { body: { token, password: parsed.value.password } })
    forgetLink(ctx.cookies, 'reset')
    return { kind: 'redirect', to: ctx.paths.signInAfterReset() }
  },
  async email(ctx, token) {
    await ctx.api.call(confirmEmail, { body: { token } })
    return done(ctx, 'email')
  },
  async undo(ctx, token) {
    await ctx.api.call(undoChange, { body: { token } })
    return done(ctx, 'undo')
  },
}

/** Using a link is a press of a button: mail scanners and previews open every address they see. */
const useLinkOf =
  (kind: LinkKind): Action =>
  async (ctx, form) => {
    const token = linkTokenOf(ctx.cookies, kind)
    return token ? uses[kind](ctx, token, form) : refusedBy(form, 'auth/link-invalid', 400)
  }

const routeOf = {
  verify: routes.accountVerify,
  reset: routes.accountReset,
  email: routes.accountEmail,
  undo: routes.accountUndo,
} as const

const linkPage = (kind: LinkKind) =>
  definePage<AccountLinkData>({
    name: 'account-link',
    route: routeOf[kind],
    Page,
    async load(ctx) {
      const token = Secret.safeParse(ctx.query.get('token'))
      if (token.success) {
        rememberLink(ctx.cookies, kind, token.data)
        return goTo(ctx.paths.accountLink(kind))
      }
      const isDone = ctx.query.get('done') === '1'
      return loaded({ kind, isDone, isUsable: linkTokenOf(ctx.cookies, kind) !== undefined })
    },
    head: (_data, { t }) => ({
      title: t(`account.link.${kind}.title`),
      path: (paths) => paths.accountLink(kind),
      isIndexable: false,
    }),
    cache: privately,
    class: 'identity',
    actions: { use: useLinkOf(kind) },
  })

export const accountLinkPages = (['verify', 'reset', 'email', 'undo'] as const).map(linkPage)
