import { takeCart, updateMe } from '@dhow/contracts/account.ts'
import * as cartContract from '@dhow/contracts/cart.ts'
import { maxCartLines } from '@dhow/contracts/primitives.ts'
import { money } from '@dhow/money/money.ts'
import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import type { GivenVariant } from '../../../test/catalogue.ts'
import { codeOf } from '../../../test/problems.ts'
import type { GivenCustomer } from '../../../test/customer.ts'

const app = await startTestApp()
const { api, given, db } = app

const take = (customer: GivenCustomer, cartId: string | null) => customer.call(takeCart, { body: { cartId } })
const read = (cartId: string) => api.call(cartContract.getCart, { params: { cartId } })
const openCartsOf = (customer: GivenCustomer) =>
  db
    .selectFrom('carts')
    .select('id')
    .where('customerId', '=', customer.account.id)
    .where('state', '=', 'open')
    .execute()
const setStock = (variant: GivenVariant, onHand: number) =>
  db.updateTable('stockLevels').set({ onHand }).where('variantId', '=', variant.id).execute()

describe('a customer without a cart', () => {
  test('has none, and gets the one they filled before they signed in, by the same key', async () => {
    const customer = await given.customer()
    expect(await take(customer, null)).toEqual({ cart: null, addedLines: 0 })
    const guest = await given.guestAtCheckout()
    const { cart, addedLines } = await take(customer, guest.cartId)
    expect(cart).toEqual(guest.cart)
    expect(addedLines).toBe(0)
    expect(await take(customer, guest.cartId)).toEqual({ cart: guest.cart, addedLines: 0 })
  })

  test('finds it on another device, whose key for it is unreadable in the database', async () => {
    const customer = await given.customer()
    const guest = await given.guestAtCheckout()
    await take(customer, guest.cartId)
    expect((await take(customer, null)).cart?.id).toBe(guest.cartId)
    const rows = await db.selectFrom('carts').select(['keyHash', 'keySealed']).execute()
    expect(rows.some((row) => row.keySealed?.includes(guest.cartId) || row.keyHash.includes(guest.cartId))).toBe(false)
  })
})

describe('a guest’s cart poured into the customer’s', () => {
  test('adds up what both have as far as limits and stock go, brings the rest, and is gone', async () => {
    const [both, much, scarce, fresh] = await given.many(4, () => given.variant({ onHand: 30 }))
    if (!both || !much || !scarce || !fresh) throw new Error('four variants')
    const customer = await given.customer()
    const own = await given.cart({
      lines: [
        { variant: both, quantity: 2 },
        { variant: much, quantity: 15 },
        { variant: scarce, quantity: 3 },
      ],
    })
    await take(customer, own.id)
    const guest = await given.cart({
      lines: [
        { variant: fresh, quantity: 4 },
        { variant: both, quantity: 3 },
        { variant: much, quantity: 15 },
        { variant: scarce, quantity: 3 },
      ],
    })
    await setStock(scarce, 5)
    const { cart, addedLines } = await take(customer, guest.id)
    const quantities = Object.fromEntries(cart?.lines.map((line) => [line.variantId, line.quantity]) ?? [])
    expect(quantities).toEqual({ [both.id]: 5, [much.id]: 20, [scarce.id]: 5, [fresh.id]: 4 })
    expect([addedLines, cart?.id]).toEqual([4, own.id])
    expect(await codeOf(read(guest.id))).toBe('cart/not-found')
    expect(await take(customer, guest.id)).toEqual({ cart, addedLines: 0 })
  })

  test('keeps what stock does not cover any more, and says so as carts do', async () => {
    const variant = await given.variant({ onHand: 10 })
    const customer = await given.customer()
    await take(customer, (await given.cart({ lines: [{ variant, quantity: 2 }] })).id)
    const guest = await given.cart({ lines: [{ variant, quantity: 6 }] })
    await setStock(variant, 4)
    await db.updateTable('variants').set({ priceAmount: 12_000 }).where('id', '=', variant.id).execute()
    const { cart } = await take(customer, guest.id)
    expect(cart?.lines).toMatchObject([
      {
        quantity: 6,
        notices: [
          { code: 'not-enough', available: 4 },
          { code: 'price-changed', was: money(10_000) },
        ],
      },
    ])
  })

  test('keeps the customer’s own contact and address, and takes the guest’s where there is none of either', async () => {
    const customer = await given.customer()
    const own = await given.guestAtCheckout()
    await take(customer, own.cartId)
    const { cart } = await take(customer, (await given.guestAtCheckout()).cartId)
    expect([cart?.contact, cart?.address]).toEqual([own.cart.contact, own.cart.address])

    const other = await given.customer()
    await take(other, (await given.cart()).id)
    const guest = await given.guestAtCheckout()
    const taken = await take(other, guest.cartId)
    expect([taken.cart?.contact, taken.cart?.address]).toEqual([guest.cart.contact, guest.cart.address])
    expect(taken.cart?.delivery).toMatchObject({ method: 'standard' })
  })

  test('fills the cart to its limit of lines', async () => {
    const customer = await given.customer()
    const variants = await given.many(maxCartLines + 2, () => given.variant())
    await take(customer, (await given.cart({ lines: variants.slice(0, 40).map((variant) => ({ variant })) })).id)
    const guest = await given.cart({ lines: variants.slice(40).map((variant) => ({ variant })) })
    const { cart, addedLines } = await take(customer, guest.id)
    expect([cart?.lines.length, addedLines]).toEqual([maxCartLines, 10])
  })
})

describe('a cart that is not a guest’s open one is left alone:', () => {
  test('an unknown one', async () => {
    const customer = await given.customer()
    expect(await take(customer, 'AAAAAAAAAAAAAAAAAAAAAA')).toEqual({ cart: null, addedLines: 0 })
  })

  test('one that has become an order', async () => {
    const customer = await given.customer()
    const guest = await given.order({ state: 'awaiting-payment' })
    expect(await take(customer, guest.cartId)).toEqual({ cart: null, addedLines: 0 })
    expect((await read(guest.cartId)).state).toBe('checked-out')
  })

  test('AZ-2: another customer’s, whoever holds its key', async () => {
    const [mine, theirs] = await Promise.all([given.customer(), given.customer()])
    const own = await given.guestAtCheckout()
    await take(mine, own.cartId)
    expect(await take(theirs, own.cartId)).toEqual({ cart: null, addedLines: 0 })
    const theirOwn = await given.cart()
    await take(theirs, theirOwn.id)
    expect(await take(theirs, own.cartId)).toMatchObject({ cart: { id: theirOwn.id, itemCount: 1 }, addedLines: 0 })
    expect((await take(mine, null)).cart).toEqual(own.cart)
  })
})

describe('at the same moment', () => {
  test('two devices with a cart each end with one cart that has all lines', async () => {
    for (let round = 0; round < 8; round += 1) {
      const customer = await given.customer()
      const carts = await given.many(3, () => given.cart())
      await Promise.all(carts.map((cart) => take(customer, cart.id)))
      expect(await openCartsOf(customer)).toHaveLength(1)
      expect((await take(customer, null)).cart?.itemCount).toBe(3)
    }
  })

  test('one cart taken by one customer ten times is taken once, and by two customers is one’s', async () => {
    const [one, other] = await Promise.all([given.customer(), given.customer()])
    const cart = await given.cart()
    await given.many(10, () => take(one, cart.id))
    expect((await take(one, null)).cart?.itemCount).toBe(1)
    const contested = await given.cart()
    const fresh = await given.customer()
    await Promise.all([take(other, contested.id), take(fresh, contested.id)])
    const owners = await Promise.all([other, fresh].map(async (customer) => (await take(customer, null)).cart))
    expect(owners.filter((owned) => owned !== null)).toHaveLength(1)
  })

  test('adding to a cart and pouring it loses nothing that was accepted', async () => {
    for (let round = 0; round < 8; round += 1) {
      const [customer, variant] = await Promise.all([given.customer(), given.variant()])
      await take(customer, (await given.cart()).id)
      const guest = await given.cart()
      const [added] = await Promise.all([
        codeOf(api.call(cartContract.addLine, { params: { cartId: guest.id }, body: { variantId: variant.id } })),
        take(customer, guest.id),
      ])
      const { cart } = await take(customer, null)
      expect([added, cart?.itemCount]).toEqual(added === 'none' ? ['none', 3] : ['cart/not-found', 2])
    }
  })
})

describe('contact', () => {
  test('is put in when name, phone and e-mail are known, and only where there is none', async () => {
    const customer = await given.customer({ name: 'سارة', phone: '+971501112233', email: 'known@example.com' })
    const contact = { name: 'سارة', phone: '+971501112233', email: 'known@example.com' }
    const bare = await given.cart()
    expect((await take(customer, bare.id)).cart?.contact).toEqual(contact)
    expect((await read(bare.id)).contact).toEqual(contact)
    const typed = { ...contact, name: 'Another' }
    await api.call(cartContract.putContact, { params: { cartId: bare.id }, body: typed })
    expect((await take(customer, null)).cart?.contact).toEqual(typed)
  })

  test('is not put in by halves', async () => {
    const customer = await given.customer()
    await customer.call(updateMe, { body: { name: 'Sara' } })
    expect((await take(customer, (await given.cart()).id)).cart?.contact).toBeNull()
  })
})
