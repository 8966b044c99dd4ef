import { z } from 'zod'
import type { AppContext } from '../../context.ts'
import { claimOrdersTask, findAccount, openPerson } from '../identity/identity.ts'
import { claimOrders } from '../orders/orders.ts'

const Claim = z.strictObject({ accountId: z.uuid() })

/** Orders placed as a guest with a phone or an e-mail the customer has proven to have are theirs. Unproven ones claim nothing. */
async function claim(ctx: AppContext, payload: unknown): Promise<void> {
  const { accountId } = Claim.parse(payload)
  const account = await findAccount(ctx.db, { id: accountId })
  if (account?.kind !== 'customer' || account.status !== 'active') return
  const { phone, email } = openPerson(ctx.sealer, account)
  const claimed = await claimOrders(ctx, {
    customerId: accountId,
    phone: account.phoneVerifiedAt ? phone : null,
    email: account.emailVerifiedAt ? email : null,
  })
  if (claimed > 0) ctx.log.info({ accountId, claimed }, 'orders of a guest have found their customer')
}

export const customerJobs = { [claimOrdersTask]: claim }
