import type { DeliveryMethod, PaidMethod } from '@dhow/contracts/cart.ts'
import type { ReactNode } from 'react'
import { useShop } from '../../framework/shop.tsx'
import type { CheckoutStep, ChosenPayment } from '../../paths.ts'
import { AddressBlock } from '../../ui/AddressBlock.tsx'
import type { AddressFields } from '../../ui/AddressBlock.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import styles from './review-sections.module.css'

interface ReviewData {
  contact: { name: string; email: string; phone: string }
  address: AddressFields
  delivery: { method: DeliveryMethod; promise: string }
  frame: { chosen: ChosenPayment }
}

interface SectionProps {
  step: CheckoutStep
  /** Where it is changed; null when it is settled. */
  edit: string | null
  children: ReactNode
}

function Section({ step, edit, children }: SectionProps) {
  const { t } = useShop()
  const name = t(`checkout.step.${step}`)
  return (
    <div className={styles['section']}>
      <h2 className={styles['name']}>{name}</h2>
      <div className={styles['text']}>{children}</div>
      {edit && (
        <a className={styles['edit']} href={edit}>
          {t('checkout.review.edit')} <VisuallyHidden>{name}</VisuallyHidden>
        </a>
      )}
    </div>
  )
}

interface ReviewSectionsProps {
  data: ReviewData
  method: PaidMethod
  isFixed: boolean
  /** Where another way to pay is chosen once it is an order. */
  otherWays: string | null
}

/** Everything agreed so far, each part a link away from being changed; fixed once it is an order, but for how it is paid. */
export function ReviewSections({ data, method, isFixed, otherWays }: ReviewSectionsProps) {
  const { t, paths } = useShop()
  const { contact, address, delivery, frame } = data
  // The choice is carried along, so that the way back leads to the review.
  const shared = (step: CheckoutStep) => ({ step, edit: isFixed ? null : paths.checkout(step, frame.chosen) })
  return (
    <div className={styles['sections']}>
      <Section {...shared('contact')}>
        <bdi>{contact.name}</bdi>
        <bdi dir="ltr">{contact.email}</bdi>
        <bdi dir="ltr">{contact.phone}</bdi>
      </Section>
      <Section {...shared('address')}>
        <AddressBlock address={address} />
      </Section>
      <Section {...shared('delivery')}>
        <span>{delivery.promise}</span>
        <span className={styles['quiet']}>{t(`checkout.delivery.${delivery.method}`)}</span>
      </Section>
      <Section {...shared('payment')} {...(otherWays ? { edit: otherWays } : {})}>
        <span>{t(`checkout.method.${method}`)}</span>
        {frame.chosen.usesCredit && method !== 'store-credit' && (
          <span className={styles['quiet']}>{t('checkout.credit.withCredit')}</span>
        )}
      </Section>
    </div>
  )
}
