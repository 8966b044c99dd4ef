import { AccountFrame } from '../features/account/AccountFrame.tsx'
import panel from '../features/account/panel.module.css'
import { KeepCard } from '../features/checkout/KeepCard.tsx'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { Notice } from '../ui/Notice.tsx'

export interface AccountNewCardData {
  /** What the card fields are drawn with; null when no more cards may be kept. */
  fields: { publishableKey: string; scriptUrl: string } | null
  /** False while the provider does not answer. */
  isAnswered: boolean
}

export function Page({ data: { fields, isAnswered } }: PageProps<AccountNewCardData>) {
  const { t } = useShop()
  return (
    <AccountFrame
      part="cards"
      title={t('account.cards.add')}
      lead={t('account.cards.add.lead')}
      up={{ part: 'cards', label: t('account.cards.title') }}
    >
      {!isAnswered && <Notice kind="bad">{t('account.cards.unavailable')}</Notice>}
      {isAnswered && !fields && <Notice kind="plain">{t('problems.payments/card-limit')}</Notice>}
      {fields && (
        <div className={panel['form']}>
          <KeepCard fields={fields} />
        </div>
      )}
    </AccountFrame>
  )
}
