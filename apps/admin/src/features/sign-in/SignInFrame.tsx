import { endonyms, otherLocale } from '@dhow/i18n/locales.ts'
import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { speak, useWords } from '../../app/words.tsx'
import { Mark } from '../../ui/Logo.tsx'
import { Toasts } from '../../ui/Toasts.tsx'
import styles from './sign-in-frame.module.css'

interface SignInFrameProps {
  title: string
  lead?: ReactNode
  children: ReactNode
  isWide?: boolean
}

/** What is round the pages before the frame: the mark, one card, the other language. */
export function SignInFrame({ title, lead, children, isWide = false }: SignInFrameProps) {
  const { t, locale } = useWords()
  const other = otherLocale(locale)
  useEffect(() => {
    document.title = t('admin.frame.documentTitle', { page: title })
  }, [title, t])
  return (
    <div className={styles['page']}>
      <header className={styles['top']}>
        <span className={styles['brand']}>
          <Mark />
          <b>{t('admin.frame.brand')}</b>
          <span className={styles['office']}>{t('admin.frame.office')}</span>
        </span>
        <button
          type="button"
          className={styles['language']}
          lang={other}
          dir={other === 'ar' ? 'rtl' : 'ltr'}
          onClick={() => void speak(other)}
        >
          {endonyms[other]}
        </button>
      </header>
      <main className={`${styles['card']} ${isWide ? styles['wide'] : ''}`}>
        <div className={styles['words']}>
          <h1 id="page-title" tabIndex={-1}>
            {title}
          </h1>
          {lead && <div className={styles['lead']}>{lead}</div>}
        </div>
        {children}
      </main>
      <Toasts />
    </div>
  )
}
