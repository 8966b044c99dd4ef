import type { ProductCard as ProductCardData } from '@dhow/contracts/catalog.ts'
import type { Picture as PictureData } from '@dhow/contracts/primitives.ts'
import { ProductGrid } from '../features/catalog/ProductGrid.tsx'
import { CategoryTiles } from '../features/home/CategoryTiles.tsx'
import { Hero } from '../features/home/Hero.tsx'
import { Promises } from '../features/home/Promises.tsx'
import { Section } from '../ui/Section.tsx'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { BrandStrip } from '../features/home/BrandStrip.tsx'

export interface HomeData {
  heroPictures: readonly PictureData[]
  categories: readonly { slug: string; name: string; productCount: number; picture: PictureData | null }[]
  /** A block whose products could not be had is empty, and not shown. */
  fresh: readonly ProductCardData[]
  loved: readonly ProductCardData[]
  brands: readonly { code: string; name: string }[]
}

export function Page({ data }: PageProps<HomeData>) {
  const shop = useShop()
  const { t, paths } = shop
  return (
    <>
      <Hero shop={shop} pictures={data.heroPictures} />
      {data.categories.length > 0 && (
        <Section title={t('home.categories')}>
          <CategoryTiles shop={shop} categories={data.categories} />
        </Section>
      )}
      {data.loved.length > 0 && (
        <Section title={t('home.best')} more={{ href: paths.shop({ tag: 'best-seller' }), words: t('home.seeAll') }}>
          <ProductGrid products={data.loved} shop={shop} />
        </Section>
      )}
      <Promises shop={shop} />
      {data.fresh.length > 0 && (
        <Section title={t('home.new')} more={{ href: paths.shop({ tag: 'new' }), words: t('home.seeAll') }}>
          <ProductGrid products={data.fresh} shop={shop} />
        </Section>
      )}
      {data.brands.length > 0 && (
        <Section title={t('home.brands')}>
          <BrandStrip shop={shop} brands={data.brands} />
        </Section>
      )}
    </>
  )
}
