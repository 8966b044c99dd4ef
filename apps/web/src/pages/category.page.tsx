import { ProductListing } from '../features/catalog/ProductListing.tsx'
import type { Listing } from '../features/catalog/listing.ts'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx'
import type { Crumb } from '../ui/Breadcrumbs.tsx'
import { PageHead } from '../ui/PageHead.tsx'

export interface CategoryData {
  title: string
  description: string
  crumbs: readonly Crumb[]
  listing: Listing
}

export function Page({ data }: PageProps<CategoryData>) {
  const shop = useShop()
  return (
    <>
      <Breadcrumbs steps={data.crumbs} />
      <PageHead title={data.title} line={data.description} />
      <ProductListing shop={shop} listing={data.listing} />
    </>
  )
}
