import type { Picture as PictureData } from '@dhow/contracts/primitives.ts'
import type { Shop } from '../../framework/shop.tsx'
import { ButtonLink } from '../../ui/Button.tsx'
import { Picture } from '../../ui/Picture.tsx'
import styles from './hero.module.css'

/** How wide the first, largest picture is shown. */
export const heroSizes = '(width <= 48rem) 92vw, (width <= 80rem) 46vw, 600px'

export function Hero({ shop: { t, paths }, pictures }: { shop: Shop; pictures: readonly PictureData[] }) {
  return (
    <section className={styles['hero']} aria-labelledby="hero-title">
      <div className={styles['words']}>
        <p className={styles['kicker']}>{t('home.hero.kicker')}</p>
        <h1 className={styles['title']} id="hero-title">
          {t('home.hero.title')}
        </h1>
        <p className={styles['lead']}>{t('home.hero.lead')}</p>
        <p className={styles['ways']}>
          <ButtonLink href={paths.shop()}>{t('home.hero.shop')}</ButtonLink>
          <ButtonLink href={paths.shop({ tag: 'gift' })} isQuiet>
            {t('home.hero.gifts')}
          </ButtonLink>
        </p>
      </div>
      <div className={styles['stage']}>
        {pictures.map((picture, at) => (
          <div className={styles['frame']} key={picture.key}>
            <Picture
              picture={picture}
              sizes={at === 0 ? heroSizes : '(width <= 48rem) 46vw, 300px'}
              isFirst={at === 0}
              isDecorative
            />
          </div>
        ))}
      </div>
    </section>
  )
}
