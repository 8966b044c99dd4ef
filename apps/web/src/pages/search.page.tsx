import { ProductListing } from '../features/catalog/ProductListing.tsx'
import type { Listing } from '../features/catalog/listing.ts'
import { SearchHelp } from '../features/search/SearchHelp.tsx'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { PageHead } from '../ui/PageHead.tsx'

export interface SearchData {
  q: string
  /** Null before anything was searched for. */
  listing: Listing | null
}

export function Page({ data: { q, listing } }: PageProps<SearchData>) {
  const shop = useShop()
  const { t } = shop
  if (!listing) return <SearchHelp shop={shop} title={t('search.start')} />
  if (listing.products.length === 0 && listing.chips.length === 0)
    return <SearchHelp shop={shop} title={t('search.noResults', { q })} hasTips />
  return (
    <>
      <PageHead title={t('search.resultsFor', { q })} />
      <ProductListing shop={shop} listing={listing} />
    </>
  )
}
