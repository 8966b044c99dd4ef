import { ButtonLink } from './Button.tsx'
import { Mark } from './Logo.tsx'
import styles from './message-page.module.css'

interface Way {
  href: string
  words: string
}

interface MessagePageProps {
  title: string
  line: string
  way: Way
  /** Large and quiet above the title, such as `404`. */
  code?: string
  links?: readonly Way[]
  linksTitle?: string
  reference?: { words: string; code: string }
}

/** A page that only says something and shows the way on. */
export function MessagePage({ title, line, way, code, links = [], linksTitle, reference }: MessagePageProps) {
  return (
    <div className={styles['page']}>
      <p className={styles['sign']}>{code ?? <Mark />}</p>
      <h1>{title}</h1>
      <p className={styles['line']}>{line}</p>
      <ButtonLink href={way.href}>{way.words}</ButtonLink>
      {links.length > 0 && (
        <nav aria-label={linksTitle}>
          <p className={styles['line']}>{linksTitle}</p>
          <ul className={styles['links']}>
            {links.map(({ href, words }) => (
              <li key={href}>
                <ButtonLink href={href} isQuiet>
                  {words}
                </ButtonLink>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {reference && (
        <p className={styles['reference']}>
          {reference.words} <bdi dir="ltr">{reference.code}</bdi>
        </p>
      )}
    </div>
  )
}
