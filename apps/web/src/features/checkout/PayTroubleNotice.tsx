import { useEffect, useRef } from 'react'
import { useShop } from '../../framework/shop.tsx'
import { Notice } from '../../ui/Notice.tsx'
import type { PayTrouble } from './usePay.ts'

/** Why paying did not work, in our words, and that nothing was taken. Takes the focus when it appears. */
export function PayTroubleNotice({ trouble }: { trouble: PayTrouble }) {
  const { t } = useShop()
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.querySelector<HTMLElement>('[data-problem]')?.focus(), [])
  return (
    <div ref={place}>
      <Notice kind="bad" isFocusable>
        {trouble.kind === 'declined' && (
          <>
            <strong>{t(`checkout.decline.${trouble.reason}`)}</strong> {t('checkout.decline.kept')}
          </>
        )}
        {trouble.kind === 'refused' && t(`problems.${trouble.code}`)}
        {trouble.kind === 'no-answer' && t('checkout.pay.noAnswer')}
      </Notice>
    </div>
  )
}
