import type { PaidMethod } from '@dhow/contracts/cart.ts'
import { useEffect, useRef, useState } from 'react'
import styles from '../features/checkout/checkout-return.module.css'
import { submitForm } from '../framework/submit.ts'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { Rich } from '../ui/Rich.tsx'

export interface CheckoutReturnData {
  number: string
  /** Who is asked. */
  method: PaidMethod
  /** The fields or the lender's page can be gone back to. */
  canPay: boolean
  /** Unix seconds when the shopper came here first. */
  since: number
  /** So long that waiting makes no sense. */
  isSlow: boolean
}

const askEveryMs = 2500
const askSlowlyEveryMs = 10_000
const slowAfterMs = 30_000

/** Asks again and again until the payment's fate is known, then goes where the server says. */
function usePolling(isSlowAlready: boolean) {
  const form = useRef<HTMLFormElement>(null)
  const [isSlow, setSlow] = useState(isSlowAlready)
  useEffect(() => {
    const startedAt = Date.now()
    let timer: ReturnType<typeof setTimeout> | undefined
    async function ask(): Promise<void> {
      // No answer is no news: the next one may come.
      const answer = form.current && (await submitForm(form.current).catch(() => undefined))
      if (answer?.kind === 'redirect') return location.replace(answer.to)
      const isLate = isSlowAlready || Date.now() - startedAt >= slowAfterMs
      if (isLate) setSlow(true)
      timer = setTimeout(() => void ask(), isLate ? askSlowlyEveryMs : askEveryMs)
    }
    timer = setTimeout(() => void ask(), askEveryMs)
    return () => clearTimeout(timer)
  }, [isSlowAlready])
  return { form, isSlow }
}

export function Page({ data }: PageProps<CheckoutReturnData>) {
  const { t, paths } = useShop()
  const { form, isSlow } = usePolling(data.isSlow)
  const number = (
    <bdi dir="ltr" key="number" className={styles['number']}>
      {data.number}
    </bdi>
  )
  return (
    <div className={styles['page']}>
      <div className={styles['sail']} aria-hidden="true" />
      <h1 className={styles['title']}>{t('checkout.return.title')}</h1>
      <p className={styles['text']} role="status">
        <Rich t={t} id={isSlow ? 'checkout.return.slow' : `checkout.return.text.${data.method}`} values={{ number }} />
      </p>
      <p className={styles['quiet']}>{t('checkout.return.safe')}</p>
      <form method="post" ref={form}>
        <input type="hidden" name="intent" value="check" />
        <noscript>
          <button className={styles['again']} type="submit">
            {t('checkout.return.check')}
          </button>
        </noscript>
      </form>
      {isSlow && <ButtonLink href={paths.order(data.number)}>{t('checkout.return.order')}</ButtonLink>}
      {data.canPay && (
        <a className={styles['again']} href={paths.checkoutPay(data.number)}>
          {t('checkout.return.back')}
        </a>
      )}
    </div>
  )
}
