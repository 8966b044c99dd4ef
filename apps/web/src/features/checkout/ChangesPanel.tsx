import type { Money as MoneyValue } from '@dhow/money/money.ts'
import { useEffect, useRef } from 'react'
import type { FormState } from '../../framework/form.ts'
import { useShop } from '../../framework/shop.tsx'
import { useForm } from '../../framework/useForm.ts'
import { SubmitButton } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Money } from '../../ui/Money.tsx'
import { FormProblem } from '../../ui/Notice.tsx'
import { Rich } from '../../ui/Rich.tsx'
import styles from './changes-panel.module.css'
import type { Change } from './changes.ts'

/** One change in words, old → new. */
function ChangeWords({ change }: { change: Change }) {
  const { t, format } = useShop()
  const amount = (value: MoneyValue) => <Money value={value} format={format} />
  switch (change.kind) {
    case 'price': {
      const values = { name: <bdi>{change.name}</bdi>, was: amount(change.was), now: amount(change.now) }
      return <Rich t={t} id="checkout.changes.price" values={values} />
    }
    case 'not-enough':
      return (
        <Rich
          t={t}
          id="checkout.changes.not-enough"
          values={{ name: <bdi>{change.name}</bdi>, count: change.available }}
        />
      )
    case 'quantity': {
      const { was, now } = change
      return <Rich t={t} id="checkout.changes.quantity" values={{ name: <bdi>{change.name}</bdi>, was, now }} />
    }
    case 'total':
      return <Rich t={t} id="checkout.changes.total" values={{ was: amount(change.was), now: amount(change.now) }} />
    case 'delivery-price': {
      const values = { was: amount(change.was), now: amount(change.now) }
      return <Rich t={t} id="checkout.changes.delivery-price" values={values} />
    }
    case 'delivery-gone':
      return <>{t('checkout.changes.delivery-gone')}</>
    default:
      return <Rich t={t} id={`checkout.changes.${change.kind}`} values={{ name: <bdi>{change.name}</bdi> }} />
  }
}

/** In place of the pay button when the cart is not what was shown: what changed, and one button to go on with it. */
export function ChangesPanel({ changes, form }: { changes: readonly Change[]; form: FormState | null }) {
  const { t, paths } = useShop()
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm({ initial: form, intent: 'accept-changes' })
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  return (
    <section className={styles['panel']} aria-labelledby="changes-title">
      <h2 className={styles['title']} id="changes-title" tabIndex={-1} ref={title}>
        <Icon name="alert" />
        {t('checkout.changes.title')}
      </h2>
      <ul className={styles['list']}>
        {changes.map((change) => (
          <li className={styles['change']} key={`${change.kind} ${'name' in change ? change.name : ''}`}>
            <ChangeWords change={change} />
          </li>
        ))}
      </ul>
      <p className={styles['quiet']}>{t('checkout.changes.notCharged')}</p>
      <form className={styles['form']} method="post" ref={ref} onSubmit={onSubmit}>
        <input type="hidden" name="intent" value="accept-changes" />
        <SubmitButton isBusy={isBusy} busyLabel={t('checkout.saving')}>
          {t('checkout.changes.accept')}
        </SubmitButton>
        <a className={styles['back']} href={paths.cart()}>
          {t('checkout.backToCart')}
        </a>
        <FormProblem form={state} hasFailed={hasFailed} />
      </form>
    </section>
  )
}
