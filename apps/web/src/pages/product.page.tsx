import type { ProductDetail, VariantView } from '@dhow/contracts/catalog.ts'
import { multiply } from '@dhow/money/money.ts'
import { useState } from 'react'
import { ProductGrid } from '../features/catalog/ProductGrid.tsx'
import { BuyForm } from '../features/product/BuyForm.tsx'
import type { DeliveryPromise } from '../framework/delivery.ts'
import { DeliveryFacts } from '../features/product/DeliveryFacts.tsx'
import { Gallery } from '../features/product/Gallery.tsx'
import { OptionPicker } from '../features/product/OptionPicker.tsx'
import { Price } from '../features/product/Price.tsx'
import { ProductText } from '../features/product/ProductText.tsx'
import { ShareButton } from '../features/product/ShareButton.tsx'
import { variantFor } from '../features/product/variant-choice.ts'
import type { InstalmentPromo } from '../framework/instalments.ts'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx'
import type { Crumb } from '../ui/Breadcrumbs.tsx'
import { InstalmentPromos } from '../ui/InstalmentPromos.tsx'
import { Rich } from '../ui/Rich.tsx'
import { Section } from '../ui/Section.tsx'
import styles from './product.module.css'

export interface ProductData {
  product: ProductDetail
  /** The variant shown first. */
  sku: string | null
  crumbs: readonly Crumb[]
  facts: readonly { name: string; value: string }[]
  delivery: DeliveryPromise | null
  emirate: string
  promos: readonly InstalmentPromo[]
}

export function Page({ data }: PageProps<ProductData>) {
  const shop = useShop()
  const { t, paths } = shop
  const { product, delivery } = data
  const [sku, setSku] = useState(data.sku)
  const [quantity, setQuantity] = useState(1)
  const variant = variantFor(product, sku)

  function choose(next: VariantView): void {
    setSku(next.sku)
    setQuantity(1)
    // The address says what is seen; going back leaves the product, not the choice before.
    history.replaceState(history.state, '', paths.product(product.slugs, next.sku))
  }

  return (
    <>
      <Breadcrumbs steps={data.crumbs} />
      <div className={styles['product']}>
        <Gallery pictures={product.pictures} shownKey={variant?.pictureKey ?? null} name={product.name} />
        <div className={styles['info']}>
          <div className={styles['title']}>
            <h1>{product.name}</h1>
            <ShareButton title={product.name} path={paths.product(product.slugs, sku ?? undefined)} />
          </div>
          <p className={styles['by']}>
            <a className={styles['brand']} href={paths.shop({ brand: [product.brand.slug] })}>
              <Rich t={t} id="product.by" values={{ brand: <bdi key="brand">{product.brand.name}</bdi> }} />
            </a>
            {' · '}
            {product.subtitle}
          </p>
          {variant && <Price variant={variant} />}
          {variant && <OptionPicker product={product} selected={variant} onChoose={choose} />}
          {variant && <BuyForm variant={variant} onQuantity={setQuantity} key={variant.id} />}
          <DeliveryFacts
            promise={delivery}
            emirate={data.emirate}
            instalments={
              variant && data.promos.length > 0 ? (
                <InstalmentPromos promos={data.promos} amount={multiply(variant.price, quantity)} place="product" />
              ) : null
            }
          />
        </div>
      </div>
      <ProductText descriptionHtml={product.descriptionHtml} facts={data.facts} sku={variant?.sku ?? null} />
      {product.related.length > 0 && (
        <Section title={t('product.related')}>
          <ProductGrid products={product.related} shop={shop} isLarge />
        </Section>
      )}
    </>
  )
}
