import type { Picture as PictureData } from '@dhow/contracts/primitives.ts'
import { mediaPath } from '../paths.ts'
import styles from './picture.module.css'

interface PictureProps {
  picture: PictureData
  /** CSS `sizes`: how wide it is shown. */
  sizes: string
  /** True for the largest picture of the first screen: fetched first, not lazily. */
  isFirst?: boolean
  /** Pictures beside their own name say nothing more. */
  isDecorative?: boolean
}

const candidates = (picture: PictureData) =>
  picture.widths.map((width) => `${mediaPath(picture.key, width, 'avif')} ${width}w`).join(', ')

/** A product picture in its renditions; its box is known before it arrives. Browsers we build for read AVIF; WebP is for the others, in one size. */
export function Picture({ picture, sizes, isFirst = false, isDecorative = false }: PictureProps) {
  const middle = picture.widths[Math.floor(picture.widths.length / 2)] ?? 640
  return (
    <picture className={styles['picture']}>
      <source type="image/avif" srcSet={candidates(picture)} sizes={sizes} />
      <img
        className={styles['image']}
        src={mediaPath(picture.key, middle, 'webp')}
        width={picture.width}
        height={picture.height}
        alt={isDecorative ? '' : picture.alt}
        loading={isFirst ? 'eager' : 'lazy'}
        decoding={isFirst ? 'sync' : 'async'}
        {...(isFirst ? { fetchpriority: 'high' } : {})}
      />
    </picture>
  )
}
