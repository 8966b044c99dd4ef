import { goTo } from '../framework/page.ts'
import type { Loaded, PageContext } from '../framework/page.ts'

/**
 * For pages whose form needs a fresh proof of who is asking: asked for before the form is filled in rather than after. Undefined
 * when it is fresh. Throws SignInNeeded.
 */
export async function askToConfirm(ctx: PageContext, path: string): Promise<Loaded<never> | undefined> {
  return ctx.isPost || (await ctx.session.isFresh()) ? undefined : goTo(ctx.paths.accountConfirm(path))
}
