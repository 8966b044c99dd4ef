import { maxAddresses } from '@dhow/contracts/account.ts'
import type { SavedAddress } from '@dhow/contracts/account.ts'
import { Address } from '@dhow/contracts/address.ts'
import type { AppContext } from '../../context.ts'
import type { Sealer } from '../../platform/crypto/sealing.ts'
import { asCustomer } from '../../platform/db/as-customer.ts'
import { Problem } from '../../platform/http/problem.ts'
import { newId } from '../../platform/ids.ts'
import { keyOfCustomer, lockCustomer } from '../identity/identity.ts'
import * as rows from './addresses.sql.ts'

export interface AddressInput {
  address: Address
  /** The default stays where it is until another address is made it, so `false` changes nothing. */
  isDefault?: boolean | undefined
}

/** Names column and row: what is sealed for one address does not open as another. */
const purposeOf = (id: string): string => `customer_addresses.address.${id}`

/** Parsed again, since an older release may have written it. */
const toSavedAddress = (sealer: Sealer, dataKey: Buffer, row: rows.AddressRow): SavedAddress => ({
  id: row.id,
  isDefault: row.isDefault,
  address: Address.parse(sealer.openJson(dataKey, purposeOf(row.id), row.addressSealed)),
  updatedAt: row.updatedAt.toISOString(),
})

export function listAddresses(ctx: AppContext, accountId: string): Promise<SavedAddress[]> {
  return asCustomer(ctx.db, accountId, async (db) => {
    const dataKey = await keyOfCustomer(db, accountId)
    const saved = await rows.listAddressRows(db, accountId)
    return saved.map((row) => toSavedAddress(ctx.sealer, dataKey, row))
  })
}

/** Saves an address; the first is the default. Throws `account/address-limit`, also when twenty arrive at once. */
export function addAddress(ctx: AppContext, accountId: string, input: AddressInput): Promise<SavedAddress> {
  const id = newId()
  const now = ctx.clock.now()
  return asCustomer(ctx.db, accountId, async (db) => {
    const dataKey = await lockCustomer(db, accountId)
    const present = await rows.listAddressRows(db, accountId)
    if (present.length >= maxAddresses) throw new Problem('account/address-limit')
    const isDefault = present.length === 0 || input.isDefault === true
    if (isDefault) await rows.clearDefault(db, accountId)
    const addressSealed = ctx.sealer.sealJson(dataKey, purposeOf(id), input.address)
    await rows.insertAddress(db, { id, accountId, addressSealed, isDefault, now })
    return { id, isDefault, address: input.address, updatedAt: now.toISOString() }
  })
}

/** Throws `account/address-not-found` for an unknown address and for somebody else's. */
export function replaceAddress(
  ctx: AppContext,
  accountId: string,
  input: AddressInput & { addressId: string },
): Promise<SavedAddress> {
  const { addressId: id, address } = input
  return asCustomer(ctx.db, accountId, async (db) => {
    const dataKey = await lockCustomer(db, accountId)
    const addressSealed = ctx.sealer.sealJson(dataKey, purposeOf(id), address)
    const row = await rows.updateAddress(db, { id, accountId, addressSealed, now: ctx.clock.now() })
    if (!row) throw new Problem('account/address-not-found')
    if (input.isDefault !== true || row.isDefault) return toSavedAddress(ctx.sealer, dataKey, row)
    await rows.clearDefault(db, accountId)
    await rows.makeDefault(db, { id, accountId })
    return toSavedAddress(ctx.sealer, dataKey, { ...row, isDefault: true })
  })
}

/** Forgets an address. When it was the default, the newest of the others is. */
export function removeAddress(ctx: AppContext, accountId: string, addressId: string): Promise<void> {
  return asCustomer(ctx.db, accountId, async (db) => {
    await lockCustomer(db, accountId)
    const removed = await rows.deleteAddress(db, { id: addressId, accountId })
    if (!removed) throw new Problem('account/address-not-found')
    const [newest] = removed.isDefault ? await rows.listAddressRows(db, accountId) : []
    if (newest) await rows.makeDefault(db, { id: newest.id, accountId })
  })
}
