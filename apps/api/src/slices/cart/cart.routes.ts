import * as contract from '@dhow/contracts/cart.ts'
import { mount } from '../../platform/http/mount.ts'
import type { Api } from '../../platform/http/mount.ts'
import * as change from './change-cart.ts'

/** The cart, from its creation to the choices checkout needs. */
export function mountCart(api: Api): void {
  const { ctx } = api
  mount(api, contract.createCart, ({ body, locale }) => change.createCart(ctx, body.locale ?? locale))
  mount(api, contract.getCart, ({ params, locale }) => change.viewCart(ctx, { ...params, locale }))
  mount(api, contract.addLine, ({ params, body, locale }) => change.addToCart(ctx, { ...params, ...body, locale }))
  mount(api, contract.changeLine, ({ params, body, locale }) =>
    change.changeLineQuantity(ctx, { ...params, ...body, locale }),
  )
  mount(api, contract.removeLine, ({ params, locale }) => change.removeFromCart(ctx, { ...params, locale }))
  mount(api, contract.acceptChanges, ({ params, locale }) => change.acceptCartChanges(ctx, { ...params, locale }))
  mount(api, contract.putContact, ({ params, body, locale }) =>
    change.setContact(ctx, { ...params, contact: body, locale }),
  )
  mount(api, contract.putAddress, ({ params, body, locale }) =>
    change.setAddress(ctx, { ...params, address: body, locale }),
  )
  mount(api, contract.listDeliveryOptions, async ({ params }) => ({
    items: await change.listDeliveryOffers(ctx, params.cartId),
  }))
  mount(api, contract.putDelivery, ({ params, body, locale }) =>
    change.chooseDelivery(ctx, { ...params, ...body, locale }),
  )
}
