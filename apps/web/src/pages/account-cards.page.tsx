import type { SavedCard } from '@dhow/contracts/saved-cards.ts'
import { AccountFrame } from '../features/account/AccountFrame.tsx'
import { ConfirmAction } from '../features/account/ConfirmAction.tsx'
import panel from '../features/account/panel.module.css'
import type { FormState } from '../framework/form.ts'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { brandName, walletNames } from '../ui/card-names.ts'
import { Notice } from '../ui/Notice.tsx'
import { Rich } from '../ui/Rich.tsx'

export interface AccountCardsData {
  /** Null while the provider does not answer. */
  cards: readonly SavedCard[] | null
  /** There are not as many as may be kept. */
  canAdd: boolean
  saved: 'removed' | 'added' | 'not-added' | null
}

/** `08/29`, as it stands on the card. */
const expiryOf = ({ expiryMonth, expiryYear }: SavedCard): string =>
  `${String(expiryMonth).padStart(2, '0')}/${String(expiryYear % 100).padStart(2, '0')}`

function CardPanel({ card, form }: { card: SavedCard; form: FormState | null }) {
  const { t } = useShop()
  const name = `${brandName(card.brand)} ${card.last4}`
  const brand = (
    <bdi dir="ltr" key="brand">
      {brandName(card.brand)}
    </bdi>
  )
  const last4 = (
    <bdi dir="ltr" key="last4">
      {card.last4}
    </bdi>
  )
  const when = (
    <bdi dir="ltr" key="when">
      {expiryOf(card)}
    </bdi>
  )
  return (
    <li className={panel['panel']}>
      <div className={panel['rowWords']}>
        <span className={panel['rowName']}>
          <Rich t={t} id="orders.payment.card" values={{ brand, last4 }} />
        </span>
        <span className={panel['quiet']}>
          <Rich t={t} id={card.hasExpired ? 'account.cards.expired' : 'account.cards.expires'} values={{ when }} />
          {card.wallet && (
            <>
              {' · '}
              <bdi dir="ltr">{walletNames[card.wallet]}</bdi>
            </>
          )}
        </span>
      </div>
      <ConfirmAction
        intent="remove"
        id={card.id}
        form={form}
        open={t('account.cards.remove')}
        openLabel={t('account.cards.remove.label', { card: name })}
        question={t('account.cards.remove.question', { card: name })}
        submit={t('account.cards.remove.submit')}
      />
    </li>
  )
}

function NoCards() {
  const { t } = useShop()
  return (
    <div className={`${panel['panel']} ${panel['calm']}`}>
      <p className={panel['text']}>{t('account.cards.none')}</p>
    </div>
  )
}

const savedWords = { removed: 'account.cards.removed', added: 'account.cards.added' } as const

export function Page({ data: { cards, canAdd, saved }, form }: PageProps<AccountCardsData>) {
  const { t, paths } = useShop()
  return (
    <AccountFrame
      part="cards"
      title={t('account.cards.title')}
      lead={t('account.cards.lead')}
      saved={saved && saved !== 'not-added' ? t(savedWords[saved]) : null}
    >
      {saved === 'not-added' && <Notice kind="bad">{t('account.cards.add.notKept')}</Notice>}
      {cards === null && <Notice kind="bad">{t('account.cards.unavailable')}</Notice>}
      {cards?.length === 0 && <NoCards />}
      {cards !== null && cards.length > 0 && (
        <ul className={panel['cards']}>
          {cards.map((card) => (
            <CardPanel card={card} form={form} key={card.id} />
          ))}
        </ul>
      )}
      {canAdd && (
        <p>
          <ButtonLink href={paths.accountPart('cards/new')} isQuiet>
            {t('account.cards.add')}
          </ButtonLink>
        </p>
      )}
    </AccountFrame>
  )
}
