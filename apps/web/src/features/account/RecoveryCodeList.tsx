import { useEffect, useRef, useState } from 'react'
import { useShop } from '../../framework/shop.tsx'
import { useHasScript } from '../../framework/useHasScript.ts'
import { ButtonLink } from '../../ui/Button.tsx'
import buttons from '../../ui/button.module.css'
import panel from './panel.module.css'
import styles from './security.module.css'

const quiet = `${buttons['button']} ${buttons['quiet']}`

/** Shown this once: to be copied, printed or written down. */
export function RecoveryCodeList({ codes }: { codes: readonly string[] }) {
  const { t, paths } = useShop()
  const hasScript = useHasScript()
  const [isCopied, setCopied] = useState(false)
  const list = useRef<HTMLOListElement>(null)

  // They take the place of the form that was just sent: what they are is where the reader goes on.
  useEffect(() => list.current?.focus(), [])

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(codes.join('\n'))
    setCopied(true)
  }

  return (
    <>
      <ol className={styles['codes']} dir="ltr" ref={list} tabIndex={-1} aria-label={t('account.codes.title')}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      {hasScript && (
        <div className={panel['actions']}>
          <button className={quiet} type="button" onClick={() => void copy()}>
            {t(isCopied ? 'account.codes.copied' : 'account.codes.copy')}
          </button>
          <button className={quiet} type="button" onClick={() => window.print()}>
            {t('account.codes.print')}
          </button>
        </div>
      )}
      <p>
        <ButtonLink href={paths.accountPart('security')}>{t('account.codes.done')}</ButtonLink>
      </p>
    </>
  )
}
