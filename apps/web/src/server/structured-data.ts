import type { ProductDetail } from '@dhow/contracts/catalog.ts'
import { intlTags } from '@dhow/i18n/locales.ts'
import { toDecimal } from '@dhow/money/money.ts'
import type { SiteFacts } from '../framework/page.ts'
import { mediaPath } from '../paths.ts'
import type { Paths } from '../paths.ts'

const context = 'https://schema.org'

export const organizationData = ({ origin, merchant }: SiteFacts): object => ({
  '@context': context,
  '@type': 'Organization',
  '@id': `${origin}/#organization`,
  name: merchant.name,
  legalName: merchant.legalName,
  url: origin,
  logo: `${origin}/icon-512.png`,
  vatID: merchant.trn,
  email: merchant.email,
  telephone: merchant.phone,
  address: { '@type': 'PostalAddress', streetAddress: merchant.address, addressCountry: 'AE' },
})

export const websiteData = ({ origin, merchant }: SiteFacts, paths: Paths): object => ({
  '@context': context,
  '@type': 'WebSite',
  '@id': `${origin}${paths.home()}#website`,
  url: origin + paths.home(),
  name: merchant.name,
  inLanguage: intlTags[paths.locale].slice(0, 5),
  publisher: { '@id': `${origin}/#organization` },
  potentialAction: {
    '@type': 'SearchAction',
    target: { '@type': 'EntryPoint', urlTemplate: `${origin}${paths.search()}?q={q}` },
    'query-input': 'required name=q',
  },
})

/** The way from the home page to this one, the last step being the page itself. */
export const breadcrumbData = (origin: string, steps: readonly { name: string; path: string }[]): object => ({
  '@context': context,
  '@type': 'BreadcrumbList',
  itemListElement: steps.map(({ name, path }, at) => ({
    '@type': 'ListItem',
    position: at + 1,
    name,
    item: origin + path,
  })),
})

const availabilityUrl = {
  'in-stock': `${context}/InStock`,
  low: `${context}/LimitedAvailability`,
  out: `${context}/OutOfStock`,
} as const

/** A product with one offer a variant; prices include VAT, as shown. */
export function productData({ origin, merchant }: SiteFacts, paths: Paths, product: ProductDetail): object {
  const offers = product.variants.map((variant) => ({
    '@type': 'Offer',
    url: origin + paths.product(product.slugs, variant.sku),
    sku: variant.sku,
    price: toDecimal(variant.price),
    priceCurrency: variant.price.currency,
    availability: availabilityUrl[variant.availability],
    itemCondition: `${context}/NewCondition`,
    seller: { '@type': 'Organization', name: merchant.name },
    hasMerchantReturnPolicy: {
      '@type': 'MerchantReturnPolicy',
      applicableCountry: 'AE',
      returnPolicyCategory: `${context}/MerchantReturnFiniteReturnWindow`,
      merchantReturnDays: 15,
      returnMethod: `${context}/ReturnByMail`,
      returnFees: `${context}/FreeReturn`,
    },
  }))
  return {
    '@context': context,
    '@type': 'Product',
    '@id': `${origin}${paths.product(product.slugs)}#product`,
    name: product.name,
    description: product.subtitle,
    url: origin + paths.product(product.slugs),
    image: product.pictures.map((picture) => origin + mediaPath(picture.key, 1080, 'webp')),
    sku: product.variants[0]?.sku,
    brand: { '@type': 'Brand', name: product.brand.name },
    category: product.category.name,
    offers,
  }
}
