import { getProduct } from '@dhow/contracts/catalog.ts'
import type { ProductDetail } from '@dhow/contracts/catalog.ts'
import { gallerySizes } from '../features/product/Gallery.tsx'
import { variantFor } from '../features/product/variant-choice.ts'
import { definePage, loaded, movedTo, shared } from '../framework/page.ts'
import type { PageContext } from '../framework/page.ts'
import { mediaPath, routes } from '../paths.ts'
import { deliveryPromise } from '../server/delivery-promise.ts'
import { amountsOfProduct, instalmentPromos } from '../server/instalment-promos.ts'
import { breadcrumbData, productData } from '../server/structured-data.ts'
import { Page } from './product.page.tsx'
import type { ProductData } from './product.page.tsx'

const queryNames = new Set(['variant', 'emirate'])
const gramsPerKilogram = 1000

function weightWords({ t, format }: PageContext, grams: number): string {
  return grams < gramsPerKilogram
    ? t('product.weight.g', { grams: format.number(grams) })
    : t('product.weight.kg', { kilograms: format.number(grams / gramsPerKilogram) })
}

/** What is known of it besides its own attributes: origin, weight. Country names are made here: browsers' differ. */
function factsOf(ctx: PageContext, product: ProductDetail): ProductData['facts'] {
  const { t, locale } = ctx
  const grams = product.variants[0]?.weightGrams
  const countries = new Intl.DisplayNames(locale, { type: 'region' })
  return [
    ...product.attributes,
    ...(product.originCountry ? [{ name: t('product.origin'), value: countries.of(product.originCountry) ?? '' }] : []),
    ...(grams ? [{ name: t('product.weight'), value: weightWords(ctx, grams) }] : []),
  ]
}

/** The picture of the variant the address names comes first: it is what the first screen shows. */
function picturesOf(product: ProductDetail, sku: string | null): ProductDetail['pictures'] {
  const key = variantFor(product, sku)?.pictureKey
  const first = product.pictures.find((picture) => picture.key === key)
  return first ? [first, ...product.pictures.filter((picture) => picture !== first)] : product.pictures
}

export const productPage = definePage<ProductData>({
  name: 'product',
  route: routes.product,
  Page,
  cache: shared((name) => queryNames.has(name)),
  class: 'promoted',

  async load(ctx) {
    const { t, paths, params, query, locale } = ctx
    const slug = params['slug'] ?? ''
    const sku = query.get('variant')
    const [found, delivery] = await Promise.all([ctx.api.call(getProduct, { params: { slug } }), deliveryPromise(ctx)])
    if (found.slugs[locale] !== slug) return movedTo(paths.product(found.slugs, sku ?? undefined))
    const product = { ...found, pictures: picturesOf(found, sku) }
    return loaded({
      product,
      sku: variantFor(product, sku)?.sku ?? null,
      crumbs: [
        { name: t('crumbs.home'), path: paths.home() },
        { name: product.category.name, path: paths.category(product.category.slugs) },
        { name: product.name, path: paths.product(product.slugs) },
      ],
      facts: factsOf(ctx, product),
      delivery,
      emirate: query.get('emirate') ?? 'AE-DU',
      promos: await instalmentPromos(ctx, amountsOfProduct(product.variants.map(({ price }) => price))),
    })
  },

  head({ product, crumbs }, { site, paths, query }) {
    const [first] = product.pictures
    const sku = query.get('variant') ?? undefined
    return {
      title: product.name,
      description: product.subtitle,
      path: (at) => at.product(product.slugs),
      switchPath: (at) => at.product(product.slugs, sku),
      type: 'product',
      jsonLd: [productData(site, paths, product), breadcrumbData(site.origin, crumbs)],
      ...(first
        ? { shareImage: mediaPath(first.key, 1080, 'webp'), preload: { picture: first, sizes: gallerySizes } }
        : {}),
    }
  },
})
