import { ContactCards } from '../features/content/ContactCards.tsx'
import { DeliveryTable } from '../features/content/DeliveryTable.tsx'
import type { DeliveryPromise } from '../framework/delivery.ts'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { contentPages } from '../paths.ts'
import type { ContentPage } from '../paths.ts'
import styles from './content.module.css'

export interface ContentSection {
  id: string
  title: string
  /** A paragraph, or the points of a list. */
  blocks: readonly (string | readonly string[])[]
}

export interface ContentData {
  page: ContentPage
  lead: string
  /** "In force since …", for what is agreed to. */
  since: string | null
  sections: readonly ContentSection[]
  delivery: DeliveryPromise | null
}

export function Page({ data }: PageProps<ContentData>) {
  const { t, paths } = useShop()
  return (
    <div className={styles['layout']}>
      <nav className={styles['nav']} aria-label={t('contentNav.label')}>
        <ul>
          {contentPages.map((page) => (
            <li key={page}>
              <a
                className={styles['link']}
                href={paths.content(page)}
                aria-current={page === data.page ? 'page' : undefined}
              >
                {t(`pages.${page}`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <article className={styles['article']}>
        <h1>{t(`pages.${data.page}`)}</h1>
        <p className={styles['lead']}>{data.lead}</p>
        {data.page === 'contact' && <ContactCards />}
        {data.delivery && <DeliveryTable promise={data.delivery} />}
        {data.sections.map(({ id, title, blocks }) => (
          <section className={styles['section']} key={id} id={id} aria-labelledby={`${id}-title`}>
            <h2 className={styles['title']} id={`${id}-title`}>
              {title}
            </h2>
            {blocks.map((block, at) =>
              typeof block === 'string' ? (
                <p key={at}>{block}</p>
              ) : (
                <ul className={styles['list']} key={at}>
                  {block.map((point) => (
                    <li key={point}>{point}</li>
                  ))}
                </ul>
              ),
            )}
          </section>
        ))}
        {data.since && <p className={styles['since']}>{data.since}</p>}
      </article>
    </div>
  )
}
