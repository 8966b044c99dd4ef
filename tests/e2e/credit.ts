import { getMe } from '@dhow/contracts/account.ts'
import { giveCreditIn } from '../../apps/api/test/shop-credit.ts'
import type { Shop } from './shop.ts'

/** Gives somebody signed in store credit. */
export async function giveCredit(shop: Shop, accessToken: string, amount: number): Promise<void> {
  const { id: customerId } = await shop.api.call(getMe, { accessToken })
  await giveCreditIn(shop.db.options.connectionString ?? '', { customerId, amount })
}
