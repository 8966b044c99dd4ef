import type { Shop } from '../../framework/shop.tsx'
import { ButtonLink } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { FilterForm, filterFormId, filterPanelId } from './FilterForm.tsx'
import type { Listing } from './listing.ts'
import { ProductGrid } from './ProductGrid.tsx'
import styles from './product-listing.module.css'

function Toolbar({ shop: { t }, listing }: { shop: Shop; listing: Listing }) {
  return (
    <div className={styles['toolbar']}>
      <h2 className={styles['total']}>{t('list.count', { count: listing.total })}</h2>
      <a className={styles['open']} href={`#${filterPanelId}`}>
        <Icon name="filter" isSmall />
        {listing.chips.length > 0 ? t('list.filters.count', { count: listing.chips.length }) : t('list.filters')}
      </a>
      <label className={styles['sort']}>
        <span className={styles['sortWord']} aria-hidden="true">
          {t('list.sort')}
        </span>
        <select
          className={styles['select']}
          name="sort"
          aria-label={t('list.sort')}
          form={filterFormId}
          defaultValue={listing.sorts.find((sort) => sort.isSelected)?.code}
          onChange={(event) => event.target.form?.requestSubmit()}
        >
          {listing.sorts.map((sort) => (
            <option key={sort.code} value={sort.code}>
              {sort.name}
            </option>
          ))}
        </select>
        <Icon name="down" isSmall />
      </label>
      <noscript>
        <button className={styles['plainSort']} type="submit" form={filterFormId}>
          {t('list.sort.apply')}
        </button>
      </noscript>
    </div>
  )
}

function Chips({ shop: { t }, listing }: { shop: Shop; listing: Listing }) {
  if (listing.chips.length === 0) return null
  return (
    <ul className={styles['chips']} aria-label={t('list.filters.active')}>
      {listing.chips.map(({ words, path }) => (
        <li key={path}>
          <a className={styles['chip']} href={path} aria-label={t('list.filters.remove', { name: words })}>
            <bdi>{words}</bdi>
            <Icon name="close" isSmall />
          </a>
        </li>
      ))}
      <li>
        <a className={styles['clear']} href={listing.clearPath}>
          {t('list.filters.clear')}
        </a>
      </li>
    </ul>
  )
}

function Pages({ shop: { t }, listing: { previousPath, nextPath } }: { shop: Shop; listing: Listing }) {
  if (!previousPath && !nextPath) return null
  return (
    <nav className={styles['pages']} aria-label={t('list.pages')}>
      {previousPath && (
        <a className={styles['page']} href={previousPath} rel="prev">
          <Icon name="backward" isSmall />
          {t('list.previous')}
        </a>
      )}
      {nextPath && (
        <a className={`${styles['page']} ${styles['nextPage']}`} href={nextPath} rel="next">
          {t('list.next')}
          <Icon name="forward" isSmall />
        </a>
      )}
    </nav>
  )
}

/** Nothing to show: because of the filters (take them away), or because there is nothing (the shop is open). */
function Empty({ shop: { t, paths }, listing }: { shop: Shop; listing: Listing }) {
  const isFiltered = listing.chips.length > 0
  return (
    <div className={styles['empty']}>
      <h2>{t(isFiltered ? 'list.empty' : 'list.none')}</h2>
      <p className={styles['emptyLine']}>{t(isFiltered ? 'list.empty.line' : 'list.none.line')}</p>
      <ButtonLink href={isFiltered ? listing.clearPath : paths.shop()}>
        {t(isFiltered ? 'list.filters.clear' : 'list.showAll')}
      </ButtonLink>
    </div>
  )
}

const firstScreen = 4

/** Filters, toolbar, cards and pages of any list of products. */
export function ProductListing({ shop, listing }: { shop: Shop; listing: Listing }) {
  return (
    <div className={styles['layout']} id="list">
      <FilterForm shop={shop} listing={listing} />
      <div className={styles['results']}>
        <Toolbar shop={shop} listing={listing} />
        <Chips shop={shop} listing={listing} />
        {listing.products.length > 0 ? (
          <ProductGrid products={listing.products} shop={shop} firstScreen={firstScreen} />
        ) : (
          <Empty shop={shop} listing={listing} />
        )}
        <Pages shop={shop} listing={listing} />
      </div>
    </div>
  )
}
