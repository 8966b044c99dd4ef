import type { ColumnType, Generated } from 'kysely'
import type { IdentityTables } from './identity-tables.ts'
import type { PaymentTables } from './payment-tables.ts'

/** Rows as migrations define them, in camelCase. `bigint` amounts arrive as safe integers (see `database.ts`). */
type Instant = ColumnType<Date, Date, Date>
type Json<T> = ColumnType<T, string, string>

export interface Tables extends IdentityTables, PaymentTables {
  idempotencyKeys: {
    scope: string
    keyHash: Buffer
    bodyHash: Buffer
    status: number | null
    response: Buffer | null
    lockedUntil: Instant
    createdAt: Instant
  }
  doneRequests: { id: string; doneAt: Instant }
  categories: {
    id: string
    handle: string
    parentId: string | null
    slugEn: string
    slugAr: string
    nameEn: string
    nameAr: string
    descriptionEn: Generated<string>
    descriptionAr: Generated<string>
    pictureKey: string | null
    position: Generated<number>
    createdAt: Generated<Date>
  }
  brands: { id: string; slug: string; nameEn: string; nameAr: string }
  media: { key: string; width: number; height: number; widths: number[]; createdAt: Generated<Date> }
  mediaSources: {
    id: string
    url: string
    mediaKey: string | null
    failedReason: string | null
    requestedAt: Instant
  }
  awaitedPictures: {
    productId: string
    position: number
    sourceId: string
    altEn: string
    altAr: string
    skus: string[]
  }
  products: {
    id: string
    handle: string
    slugEn: string
    slugAr: string
    categoryId: string
    brandId: string
    nameEn: string
    nameAr: string
    subtitleEn: Generated<string>
    subtitleAr: Generated<string>
    descriptionHtmlEn: Generated<string>
    descriptionHtmlAr: Generated<string>
    attributes: Json<StoredAttribute[]>
    options: Json<StoredOption[]>
    tags: Generated<string[]>
    status: 'draft' | 'active' | 'archived'
    vatRateBp: Generated<number>
    featuredRank: Generated<number>
    publishedAt: Instant | null
    createdAt: Generated<Date>
    updatedAt: Generated<Date>
  }
  productPictures: { productId: string; position: number; mediaKey: string; altEn: string; altAr: string }
  variants: {
    id: string
    productId: string
    sku: string
    position: number
    options: Json<Record<string, string>>
    optionTextEn: Generated<string>
    optionTextAr: Generated<string>
    priceAmount: number
    compareAtAmount: number | null
    currency: Generated<string>
    barcode: string | null
    weightGrams: number | null
    hsCode: string | null
    originCountry: string | null
    pictureKey: string | null
    isActive: Generated<boolean>
    createdAt: Generated<Date>
    updatedAt: Generated<Date>
  }
  variantPrices: { variantId: string; validFrom: Instant; priceAmount: number }
  productCards: {
    productId: string
    categoryId: string
    brandSlug: string
    cardEn: Json<object>
    cardAr: Json<object>
    facets: string[]
    tags: string[]
    priceMin: number
    priceMax: number
    isAvailable: boolean
    featuredRank: number
    publishedAt: Instant
    searchText: string[]
    searchName: string[]
    updatedAt: Instant
  }
  productDetails: { productId: string; detailEn: Json<object>; detailAr: Json<object> }
  facetLabels: {
    optionCode: string
    valueCode: string
    optionNameEn: string
    optionNameAr: string
    nameEn: string
    nameAr: string
    hex: string | null
  }
  searchWords: { word: string }
  variantAvailability: { variantId: string; available: number }
  locations: { id: string; code: string; nameEn: string; nameAr: string; emirate: string }
  stockLevels: {
    variantId: string
    locationId: string
    onHand: number
    reserved: Generated<number>
    updatedAt: Generated<Date>
  }
  stockReservations: {
    orderId: string
    variantId: string
    locationId: string
    quantity: number
    state: 'held' | 'committed' | 'released'
    expiresAt: Instant
    createdAt: Instant
  }
  stockMovements: {
    id: Generated<number>
    variantId: string
    locationId: string
    kind: 'count' | 'receipt' | 'adjustment' | 'reserve' | 'release' | 'sale' | 'restock'
    onHandDelta: number
    reservedDelta: number
    orderId: string | null
    reason: string | null
    createdAt: Instant
  }
  deliveryRates: {
    method: string
    emirate: string
    priceAmount: number
    freeOverAmount: number | null
    minDays: number
    maxDays: number
    cutoffMinute: number
    validFrom: Generated<Date>
    validTo: Date | null
  }
  carts: {
    id: string
    keyHash: Buffer
    state: 'open' | 'checked-out'
    locale: string
    dataKey: Buffer | null
    contactSealed: Buffer | null
    addressSealed: Buffer | null
    emirate: string | null
    deliveryMethod: string | null
    orderId: string | null
    customerId: string | null
    keySealed: Buffer | null
    createdAt: Instant
    updatedAt: Instant
  }
  cartLines: {
    id: string
    cartId: string
    variantId: string
    quantity: number
    seenPriceAmount: number
    createdAt: Instant
  }
  orders: {
    id: string
    number: string
    state: 'awaiting-payment' | 'confirmed' | 'cancelled'
    cartId: string
    customerId: string | null
    locale: string
    currency: string
    subtotalAmount: number
    deliveryAmount: number
    deliveryVatAmount: number
    vatAmount: number
    grandTotalAmount: number
    paymentFeeAmount: Generated<number>
    paymentFeeVatAmount: Generated<number>
    storeCreditAmount: Generated<number>
    roundingAmount: Generated<number>
    refundedDeliveryAmount: Generated<number>
    refundedPaymentFeeAmount: Generated<number>
    refundedDeliveryVatAmount: Generated<number>
    refundedPaymentFeeVatAmount: Generated<number>
    deliveryMethod: string
    deliveryEarliest: string
    deliveryLatest: string
    emirate: string
    dataKey: Buffer | null
    contactSealed: Buffer | null
    addressSealed: Buffer | null
    emailIndex: Buffer | null
    phoneIndex: Buffer | null
    deadlineAt: Instant | null
    placedAt: Instant
    confirmedAt: Instant | null
    cancelledAt: Instant | null
    updatedAt: Instant
  }
  orderLines: {
    id: string
    orderId: string
    position: number
    variantId: string
    productId: string
    sku: string
    nameEn: string
    nameAr: string
    optionTextEn: string
    optionTextAr: string
    slugEn: string
    slugAr: string
    pictureKey: string | null
    hsCode: string | null
    originCountry: string | null
    quantity: number
    unitPriceAmount: number
    totalAmount: number
    vatRateBp: number
    vatAmount: number
  }
  orderTimeline: { id: Generated<number>; orderId: string; kind: string; details: Json<object>; at: Instant }
  notifications: {
    id: string
    kind: string
    orderId: string
    channel: string
    state: 'queued' | 'sending' | 'sent' | 'refused'
    providerRef: string | null
    attempts: Generated<number>
    createdAt: Instant
    sendingSince: Instant | null
    sentAt: Instant | null
  }
}

export interface StoredAttribute {
  nameEn: string
  nameAr: string
  valueEn: string
  valueAr: string
}

export interface StoredOption {
  code: string
  nameEn: string
  nameAr: string
  values: { code: string; nameEn: string; nameAr: string; hex: string | null }[]
}
