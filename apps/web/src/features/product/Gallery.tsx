import type { Picture as PictureData } from '@dhow/contracts/primitives.ts'
import { useEffect, useRef, useState } from 'react'
import type { MouseEvent } from 'react'
import { useShop } from '../../framework/shop.tsx'
import { Picture } from '../../ui/Picture.tsx'
import styles from './gallery.module.css'

/** How wide the picture is shown; the page preloads the first with it. */
export const gallerySizes = '(width <= 48rem) 100vw, (width <= 80rem) 48vw, 560px'

interface GalleryProps {
  pictures: readonly PictureData[]
  /** The chosen variant's picture: the gallery turns to it when it changes. */
  shownKey: string | null
  name: string
}

const slideId = (at: number) => `picture-${at + 1}`

/** Brings a slide into its track without moving the page. */
function showSlide(track: HTMLElement | null, at: number): void {
  const slide = track?.children[at]
  if (!track || !slide) return
  const distance = slide.getBoundingClientRect().left - track.getBoundingClientRect().left
  const behavior = window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth'
  // By a difference, so that it holds from right to left too.
  track.scrollBy({ left: distance, behavior })
}

/** Pictures in a track one pushes along; thumbnails are links to them, so it works without script. */
export function Gallery({ pictures, shownKey, name }: GalleryProps) {
  const { t } = useShop()
  const track = useRef<HTMLUListElement>(null)
  const lastKey = useRef(shownKey)
  const [current, setCurrent] = useState(0)

  useEffect(() => {
    if (lastKey.current === shownKey) return
    lastKey.current = shownKey
    const at = pictures.findIndex((picture) => picture.key === shownKey)
    if (at >= 0) showSlide(track.current, at)
  }, [pictures, shownKey])

  useEffect(() => {
    const seen = new IntersectionObserver(
      (entries) => {
        for (const entry of entries)
          if (entry.isIntersecting) setCurrent([...(track.current?.children ?? [])].indexOf(entry.target))
      },
      { root: track.current, threshold: 0.6 },
    )
    for (const slide of track.current?.children ?? []) seen.observe(slide)
    return () => seen.disconnect()
  }, [])

  function onThumb(event: MouseEvent<HTMLAnchorElement>, at: number): void {
    event.preventDefault()
    showSlide(track.current, at)
  }

  return (
    <section className={styles['gallery']} aria-label={t('product.gallery', { name })}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <ul className={styles['track']} ref={track} tabIndex={pictures.length > 1 ? 0 : undefined}>
        {pictures.map((picture, at) => (
          <li className={styles['slide']} id={slideId(at)} key={picture.key}>
            <Picture picture={picture} sizes={gallerySizes} isFirst={at === 0} />
          </li>
        ))}
      </ul>
      {pictures.length > 1 && (
        <ul className={styles['thumbs']}>
          {pictures.map((picture, at) => (
            <li key={picture.key}>
              <a
                className={styles['thumb']}
                href={`#${slideId(at)}`}
                aria-label={t('product.picture', { number: at + 1, total: pictures.length })}
                aria-current={at === current ? 'true' : undefined}
                onClick={(event) => onThumb(event, at)}
              >
                <Picture picture={picture} sizes="72px" isDecorative />
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
