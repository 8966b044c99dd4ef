import type { StoreCreditEntry } from '@dhow/contracts/store-credit.ts'
import type { Money as MoneyValue } from '@dhow/money/money.ts'
import { AccountFrame } from '../features/account/AccountFrame.tsx'
import styles from '../features/account/credit.module.css'
import panel from '../features/account/panel.module.css'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { Money } from '../ui/Money.tsx'

type Move = Pick<StoreCreditEntry, 'id' | 'kind' | 'amount' | 'orderNumber'> & { when: string }

export interface AccountCreditData {
  balance: MoneyValue
  moves: readonly Move[]
  nextCursor: string | null
  isFirst: boolean
}

/** One movement; the sign is said with the amount, so that colour is not all that tells. */
function MoveRow({ move }: { move: Move }) {
  const { t, paths, format } = useShop()
  const { kind, amount, orderNumber, when } = move
  const isTaken = amount.amount < 0
  return (
    <li className={panel['row']}>
      <span className={panel['rowWords']}>
        <span className={panel['rowName']}>{t(`account.credit.kind.${kind}`)}</span>
        <span className={panel['quiet']}>
          {when}
          {orderNumber && (
            <>
              {' · '}
              <a className={panel['inline']} href={paths.order(orderNumber)}>
                <bdi className={styles['number']} dir="ltr">
                  {orderNumber}
                </bdi>
              </a>
            </>
          )}
        </span>
      </span>
      <bdi className={styles['amount']} dir="ltr" data-sign={isTaken ? 'taken' : 'given'}>
        {isTaken ? '−' : '+'}
        <Money value={{ ...amount, amount: Math.abs(amount.amount) }} format={format} />
      </bdi>
    </li>
  )
}

export function Page({ data }: PageProps<AccountCreditData>) {
  const { t, paths, format } = useShop()
  const { balance, moves, nextCursor, isFirst } = data
  return (
    <AccountFrame part="credit" title={t('account.credit.title')} lead={t('account.credit.lead')}>
      <div className={`${panel['panel']} ${panel['calm']}`}>
        <p className={styles['balance']}>
          <span className={panel['quiet']}>{t('account.credit.balance')}</span>
          <strong className={styles['figure']}>
            <Money value={balance} format={format} />
          </strong>
        </p>
      </div>
      {moves.length === 0 && isFirst ? (
        <p className={panel['text']}>{t('account.credit.none')}</p>
      ) : (
        <section className={panel['panel']} aria-labelledby="moves">
          <h2 className={panel['title']} id="moves">
            {t('account.credit.moves')}
          </h2>
          <ul className={panel['rows']}>
            {moves.map((move) => (
              <MoveRow move={move} key={move.id} />
            ))}
          </ul>
        </section>
      )}
      {(!isFirst || nextCursor) && (
        <nav className={panel['actions']} aria-label={t('account.credit.pages')}>
          {!isFirst && (
            <ButtonLink href={paths.accountPart('credit')} isQuiet>
              {t('account.credit.newest')}
            </ButtonLink>
          )}
          {nextCursor && (
            <ButtonLink href={paths.accountPart('credit', { cursor: nextCursor })} isQuiet>
              {t('account.credit.older')}
            </ButtonLink>
          )}
        </nav>
      )}
    </AccountFrame>
  )
}
