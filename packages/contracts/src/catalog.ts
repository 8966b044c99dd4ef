import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { asciiDigits, cleanText, Id, Money, Picture, Slug, Slugs } from './primitives.ts'

const browse = { sMaxAgeSeconds: 60, staleWhileRevalidateSeconds: 300 } as const
const tag = 'Catalogue'

export const CategoryView = z
  .strictObject({
    id: Id,
    slug: Slug,
    slugs: Slugs,
    name: z.string(),
    description: z.string(),
    picture: Picture.nullable(),
    parentSlug: Slug.nullable(),
    /** Published products in it. */
    productCount: z.int(),
  })
  .meta({ id: 'Category' })
export type CategoryView = z.infer<typeof CategoryView>

export const BrandView = z.strictObject({ slug: Slug, name: z.string() }).meta({ id: 'Brand' })

/** `low` carries how many are left; exact stock beyond that is nobody's business. */
export const Availability = z.enum(['in-stock', 'low', 'out'])
export type Availability = z.infer<typeof Availability>

export const ProductCard = z
  .strictObject({
    id: Id,
    slug: Slug,
    slugs: Slugs,
    name: z.string(),
    subtitle: z.string(),
    brand: BrandView,
    picture: Picture.nullable(),
    /** VAT-inclusive; the lowest of the variants. */
    price: Money,
    compareAt: Money.nullable(),
    /** True when variants differ in price: show "from". */
    priceVaries: z.boolean(),
    availability: Availability,
    /** How many are left when `low`, else null. */
    left: z.int().nullable(),
    tags: z.array(z.string()),
    /** The variant a quick-add button adds: set when the product has exactly one variant and it is available. */
    quickAddVariantId: Id.nullable(),
    variantCount: z.int(),
    /** Swatches (`#rrggbb`) of the colours it comes in. */
    colours: z.array(z.string()),
  })
  .meta({ id: 'ProductCard' })
export type ProductCard = z.infer<typeof ProductCard>

const FacetValue = z.strictObject({
  code: z.string(),
  name: z.string(),
  count: z.int(),
  /** Swatch of a colour value. */
  hex: z.string().nullable(),
  selected: z.boolean(),
})
export const Facets = z
  .strictObject({
    brands: z.array(FacetValue),
    options: z.array(z.strictObject({ code: z.string(), name: z.string(), values: z.array(FacetValue) })),
    price: z.strictObject({ min: Money, max: Money }).nullable(),
    inStock: z.int(),
  })
  .meta({ id: 'Facets' })
export type Facets = z.infer<typeof Facets>

export const ProductList = z
  .strictObject({
    items: z.array(ProductCard),
    nextCursor: z.string().nullable(),
    previousCursor: z.string().nullable(),
    /** Set when `facets=true` was asked. */
    total: z.int().nullable(),
    facets: Facets.nullable(),
  })
  .meta({ id: 'ProductList' })
export type ProductList = z.infer<typeof ProductList>

export const productSorts = ['featured', 'newest', 'price-asc', 'price-desc'] as const
export const ProductSort = z.enum(productSorts)
export type ProductSort = z.infer<typeof ProductSort>

const codes = (max: number) =>
  z
    .string()
    .max(1000)
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(z.string().max(120)).max(max))

const minorUnits = (description: string) =>
  z
    .string()
    .max(20)
    .transform(asciiDigits)
    .pipe(z.string().regex(/^\d{1,9}$/, 'invalid'))
    .transform(Number)
    .optional()
    .meta({ description: `${description}, in minor units (fils), inclusive.`, examples: ['10000'] })

const limits = 'How many, 1 to 48; 24 unless said otherwise.'

const filters = {
  brand: codes(30).optional().meta({ description: 'Brand slugs, comma-separated: any of them.' }),
  options: codes(30)
    .optional()
    .meta({ description: 'Any of the values of one option, all of the options.', examples: ['colour:black,size:m'] }),
  priceMin: minorUnits('Lowest price'),
  priceMax: minorUnits('Highest price'),
  available: z.enum(['true', 'false']).optional().meta({ description: '`true`: only what can be bought now.' }),
  facets: z.enum(['true', 'false']).optional().meta({ description: '`true`: answer with `facets` and `total` too.' }),
  limit: z
    .string()
    .regex(/^([1-9]|[1-3]\d|4[0-8])$/, 'invalid')
    .transform(Number)
    .optional()
    .meta({ description: limits }),
  cursor: z.string().max(300).optional().meta({ description: '`nextCursor` or `previousCursor` of another page.' }),
}

export const listCategories = defineEndpoint({
  id: 'listCategories',
  method: 'GET',
  path: '/categories',
  status: 200,
  tag,
  summary: 'All categories with the number of products in each',
  auth: 'public',
  rateLimit: 'browse',
  cache: browse,
  response: z.strictObject({ items: z.array(CategoryView) }),
  problems: [],
})

export const listProducts = defineEndpoint({
  id: 'listProducts',
  method: 'GET',
  path: '/products',
  status: 200,
  tag,
  summary: 'Products, filtered and sorted, a page at a time',
  auth: 'public',
  rateLimit: 'browse',
  cache: browse,
  query: z.strictObject({
    ...filters,
    category: Slug.optional().meta({ description: 'A category’s slug in either language.' }),
    tag: z.string().max(60).optional(),
    sort: ProductSort.optional(),
  }),
  response: ProductList,
  problems: ['catalog/category-not-found', 'catalog/cursor-invalid'],
})

export const ProductOption = z.strictObject({
  code: z.string(),
  name: z.string(),
  values: z.array(z.strictObject({ code: z.string(), name: z.string(), hex: z.string().nullable() })),
})

export const VariantView = z
  .strictObject({
    id: Id,
    sku: z.string(),
    /** Option code → value code. */
    options: z.record(z.string(), z.string()),
    price: Money,
    compareAt: Money.nullable(),
    availability: Availability,
    left: z.int().nullable(),
    /** The picture that shows this variant. */
    pictureKey: z.string().nullable(),
    weightGrams: z.int().nullable(),
  })
  .meta({ id: 'Variant' })
export type VariantView = z.infer<typeof VariantView>

export const ProductDetail = z
  .strictObject({
    id: Id,
    slug: Slug,
    slugs: Slugs,
    name: z.string(),
    subtitle: z.string(),
    /** Sanitised when it was stored: p, b, i, ul, ol, li, a, h2–h4, br only. */
    descriptionHtml: z.string(),
    brand: BrandView,
    category: z.strictObject({ slug: Slug, slugs: Slugs, name: z.string() }),
    pictures: z.array(Picture),
    options: z.array(ProductOption),
    variants: z.array(VariantView),
    attributes: z.array(z.strictObject({ name: z.string(), value: z.string() })),
    /** ISO 3166-1 alpha-2. */
    originCountry: z.string().nullable(),
    tags: z.array(z.string()),
    availability: Availability,
    /** 500 is 5 %: what the prices include. */
    vatRateBasisPoints: z.int(),
    related: z.array(ProductCard),
    updatedAt: z.string(),
  })
  .meta({ id: 'Product' })
export type ProductDetail = z.infer<typeof ProductDetail>

export const getProduct = defineEndpoint({
  id: 'getProduct',
  method: 'GET',
  path: '/products/{slug}',
  status: 200,
  tag,
  summary: 'One product with its variants, by its slug in either language',
  auth: 'public',
  rateLimit: 'browse',
  cache: browse,
  params: z.strictObject({ slug: Slug }),
  response: ProductDetail,
  problems: ['catalog/product-not-found'],
})

const SearchText = z.string().max(400).transform(cleanText).pipe(z.string().min(1, 'required').max(100, 'too-long'))

export const searchProducts = defineEndpoint({
  id: 'searchProducts',
  method: 'GET',
  path: '/search',
  status: 200,
  tag,
  summary: 'Products that match words in English or Arabic, best first',
  auth: 'public',
  rateLimit: 'browse',
  cache: browse,
  query: z.strictObject({ ...filters, q: SearchText, sort: z.enum(['relevance', ...productSorts]).optional() }),
  response: ProductList,
  problems: ['catalog/cursor-invalid'],
})

export const suggestProducts = defineEndpoint({
  id: 'suggestProducts',
  method: 'GET',
  path: '/search/suggest',
  status: 200,
  tag,
  summary: 'A few products and categories while somebody types',
  auth: 'public',
  rateLimit: 'browse',
  cache: browse,
  query: z.strictObject({ q: SearchText }),
  response: z.strictObject({
    products: z.array(ProductCard),
    categories: z.array(z.strictObject({ slug: Slug, slugs: Slugs, name: z.string() })),
  }),
  problems: [],
})

/** Everything the sitemap needs, a page at a time, in id order. */
export const listSitemapEntries = defineEndpoint({
  id: 'listSitemapEntries',
  method: 'GET',
  path: '/sitemap-entries',
  status: 200,
  tag,
  summary: 'Addresses of published products with the day they last changed',
  auth: 'public',
  rateLimit: 'browse',
  cache: browse,
  query: z.strictObject({ cursor: Id.optional() }),
  response: z.strictObject({
    items: z.array(z.strictObject({ slugs: Slugs, updatedAt: z.string(), pictureKey: z.string().nullable() })),
    nextCursor: Id.nullable(),
  }),
  problems: [],
})
