import { useEffect, useState } from 'react'
import { useHasScript } from '../../framework/useHasScript.ts'
import { useShop } from '../../framework/shop.tsx'
import { Icon } from '../../ui/Icon.tsx'
import styles from './share-button.module.css'

const shownMs = 3000

/** The system's share sheet where there is one, else the link is copied. Without script it is not there; its place is kept. */
export function ShareButton({ title, path }: { title: string; path: string }) {
  const { t } = useShop()
  const isReady = useHasScript()
  const [isCopied, setCopied] = useState(false)

  useEffect(() => {
    if (!isCopied) return undefined
    const timer = setTimeout(() => setCopied(false), shownMs)
    return () => clearTimeout(timer)
  }, [isCopied])

  async function share(): Promise<void> {
    const url = new URL(path, location.origin).href
    try {
      if (navigator.share) return await navigator.share({ title, url })
      await navigator.clipboard.writeText(url)
      setCopied(true)
    } catch {
      // Closing the sheet rejects too: nothing to say.
    }
  }

  return (
    <div className={styles['share']}>
      <span className={styles['copied']} role="status">
        {isCopied && t('product.shared')}
      </span>
      <button
        className={styles['button']}
        type="button"
        hidden={!isReady}
        onClick={() => void share()}
        aria-label={t('product.share')}
      >
        <Icon name="share" />
      </button>
    </div>
  )
}
