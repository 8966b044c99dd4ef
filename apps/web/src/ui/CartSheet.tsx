import { useEffect, useRef, useState } from 'react'
import { onCartNews } from '../framework/cart-events.ts'
import type { AddedToCart, CartNews } from '../framework/cart-events.ts'
import type { Shop } from '../framework/shop.tsx'
import { ButtonLink } from './Button.tsx'
import styles from './cart-sheet.module.css'
import { Icon } from './Icon.tsx'
import { Money } from './Money.tsx'
import { Picture } from './Picture.tsx'
import { Rich } from './Rich.tsx'

const shownMs = 7000

function Added({ shop, added }: { shop: Shop; added: AddedToCart }) {
  const { t, paths, format } = shop
  const { line, itemCount, subtotal, untilFreeDelivery } = added
  return (
    <>
      <div className={styles['line']}>
        <span className={styles['thumb']}>
          {line.picture && <Picture picture={line.picture} sizes="72px" isDecorative />}
        </span>
        <div className={styles['words']}>
          <p className={styles['title']}>
            <Icon name="check" isSmall />
            {t('cartSheet.added')}
          </p>
          <p>
            <bdi>{line.name}</bdi>
            {line.optionText && <span className={styles['options']}> · {line.optionText}</span>}
          </p>
          <p className={styles['quiet']}>
            {t('cartSheet.inCart', { count: itemCount })} · <Money value={subtotal} format={format} />
          </p>
        </div>
      </div>
      {untilFreeDelivery && (
        <p className={styles['quiet']}>
          <Rich
            t={t}
            id="cartSheet.untilFree"
            values={{ amount: <Money value={untilFreeDelivery} format={format} wholeShort /> }}
          />
        </p>
      )}
      <ButtonLink href={paths.cart()} isWide>
        {t('cartSheet.open')}
      </ButtonLink>
    </>
  )
}

function refusal(shop: Shop, news: Extract<CartNews, { kind: 'refused' }>): string {
  if (news.code === 'inventory/out-of-stock' && news.available !== undefined)
    return shop.t('cartSheet.onlyLeft', { count: news.available })
  return shop.t(`problems.${news.code}`)
}

/** Says what adding did, over the page's corner: announced, closed by itself unless somebody is at it. */
export function CartSheet({ shop }: { shop: Shop }) {
  const { t } = shop
  const [news, setNews] = useState<CartNews | null>(null)
  const sheet = useRef<HTMLDivElement>(null)

  useEffect(() => onCartNews((next) => next.kind !== 'count' && setNews(next)), [])
  useEffect(() => {
    if (!news) return undefined
    const timer = setInterval(() => {
      if (!sheet.current?.matches(':hover, :focus-within')) setNews(null)
    }, shownMs)
    return () => clearInterval(timer)
  }, [news])

  return (
    <div className={styles['place']} role="status">
      {news && news.kind !== 'count' && (
        <div className={styles['sheet']} ref={sheet}>
          {news.kind === 'added' ? (
            <Added shop={shop} added={news.added} />
          ) : (
            <p className={styles['refused']}>
              <Icon name="alert" />
              {refusal(shop, news)}
            </p>
          )}
          <button
            className={styles['close']}
            type="button"
            onClick={() => setNews(null)}
            aria-label={t('cartSheet.close')}
          >
            <Icon name="close" isSmall />
          </button>
        </div>
      )}
    </div>
  )
}
