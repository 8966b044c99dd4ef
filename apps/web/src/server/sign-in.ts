import type { SignInResult, Tokens } from '@dhow/contracts/auth.ts'
import type { ActionResult, PageContext } from '../framework/page.ts'
import { mergeCart } from './cart-merge.ts'
import { forgetSignIn, rememberSignIn } from './sign-in-state.ts'

/** Lets somebody in: tokens into cookies, the cart into the account, and on to where they were going. */
export async function letIn(ctx: PageContext, tokens: Tokens, next: string | null): Promise<ActionResult> {
  ctx.session.begin(tokens)
  forgetSignIn(ctx.cookies)
  await mergeCart(ctx)
  return { kind: 'redirect', to: next ?? ctx.paths.account() }
}

/** After a right code, password or link: in, or to the second step where the account has one. */
export async function goOnFrom(ctx: PageContext, result: SignInResult, next: string | null): Promise<ActionResult> {
  if (result.kind === 'signed-in') return letIn(ctx, result.tokens, next)
  const { challengeId, methods, expiresAt } = result
  rememberSignIn(ctx.cookies, { step: 'second-step', next, challengeId, methods, expiresAt })
  return { kind: 'redirect', to: ctx.paths.signInStep('second-step') }
}
