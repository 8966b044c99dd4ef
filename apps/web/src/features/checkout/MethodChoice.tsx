import { useState } from 'react'
import type { FormState } from '../../framework/form.ts'
import { runAction } from '../../framework/run-action.ts'
import { useShop } from '../../framework/shop.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Money } from '../../ui/Money.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Rich } from '../../ui/Rich.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { ChoiceCard, ChoiceList } from './ChoiceList.tsx'
import { CreditToggle } from './CreditToggle.tsx'
import styles from './method-choice.module.css'
import { methodIcons } from './method-icons.ts'
import { isCovered } from './payment-offers.ts'
import type { OfferedMethod, PricedOffers } from './payment-offers.ts'

/** What the method comes to, and what it is made of where that is more than the goods. */
function MethodWords({ offer }: { offer: OfferedMethod }) {
  const { t, format } = useShop()
  const { fee, rounding } = offer
  if (offer.refusal) return <>{offer.refusal}</>
  return (
    <>
      {offer.text}
      {offer.instalments && <span className={styles['split']}>{offer.instalments}</span>}
      {fee && (
        <span className={styles['extra']}>
          <Rich t={t} id="checkout.payment.fee" values={{ amount: <Money key="fee" value={fee} format={format} /> }} />
          {rounding && (
            <>
              {t('checkout.address.comma')}
              <Rich
                t={t}
                id={rounding.amount < 0 ? 'checkout.payment.rounding' : 'checkout.payment.roundingUp'}
                values={{
                  amount: (
                    <Money key="rounding" value={{ ...rounding, amount: Math.abs(rounding.amount) }} format={format} />
                  ),
                }}
              />
            </>
          )}
        </span>
      )}
    </>
  )
}

interface MethodCardProps {
  offer: OfferedMethod
  isFirst: boolean
  isChosen: boolean
  onChoose: () => void
}

function MethodCard({ offer, isFirst, isChosen, onChoose }: MethodCardProps) {
  const { t, format } = useShop()
  const { method, title, refusal, due } = offer
  const aside = refusal === null && (
    <span className={styles['aside']}>
      <Icon name={methodIcons[method]} />
      <span>
        <VisuallyHidden>{t('checkout.payment.due')} </VisuallyHidden>
        <Money value={due} format={format} />
      </span>
    </span>
  )
  return (
    <ChoiceCard
      name="method"
      value={method}
      isFirst={isFirst}
      isChosen={isChosen}
      isDisabled={refusal !== null}
      onChoose={onChoose}
      title={title}
      aside={aside}
    >
      <MethodWords offer={offer} />
    </ChoiceCard>
  )
}

interface MethodChoiceProps {
  offers: PricedOffers
  chosen: string
  form: FormState | null
  onRecount: (offers: PricedOffers) => void
  onChoose: (method: string) => void
}

/** Store credit first, then every method with what it comes to; amounts are asked for anew when credit is taken or left. */
export function MethodChoice({ offers, chosen, form, onRecount, onChoose }: MethodChoiceProps) {
  const { t } = useShop()
  const [isRecounted, setRecounted] = useState(false)
  const { methods, credit } = offers
  const open = methods.filter(({ refusal }) => refusal === null)

  /** Without an answer the amounts stay; the review has the right ones. */
  async function recount(usesCredit: boolean): Promise<void> {
    const fields = { intent: 'recount', ...(usesCredit ? { _credit: 'on' } : {}) }
    const answer = await runAction<PricedOffers>(location.href, fields).catch(() => undefined)
    if (answer?.kind !== 'done') return
    onRecount(answer.data)
    setRecounted(true)
  }

  return (
    <>
      {credit && <CreditToggle credit={credit} isRecounted={isRecounted} onToggle={(isOn) => void recount(isOn)} />}
      {isCovered(offers) && <input type="hidden" name="method" value="store-credit" />}
      {!isCovered(offers) && open.length === 0 && <Notice kind="bad">{t('checkout.payment.none')}</Notice>}
      {!isCovered(offers) && (
        <ChoiceList label={t('checkout.payment.title')} name="method" form={form}>
          {methods.map((offer) => (
            <MethodCard
              key={offer.method}
              offer={offer}
              isFirst={offer === open[0]}
              isChosen={offer.method === chosen}
              onChoose={() => onChoose(offer.method)}
            />
          ))}
        </ChoiceList>
      )}
    </>
  )
}
