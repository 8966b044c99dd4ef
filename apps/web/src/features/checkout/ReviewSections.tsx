import type { DeliveryMethod, PaidMethod } from '@dhow/contracts/cart.ts'
import type { ReactNode } from 'react'
import { useShop } from '../../framework/shop.tsx'
import type { CheckoutStep } from '../../paths.ts'
import { AddressBlock } from '../../ui/AddressBlock.tsx'
import type { AddressFields } from '../../ui/AddressBlock.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import styles from './review-sections.module.css'

interface ReviewData {
  contact: { name: string; email: string; phone: string }
  address: AddressFields
  delivery: { method: DeliveryMethod; promise: string }
  method: PaidMethod
}

interface SectionProps {
  step: CheckoutStep
  /** Carried along, so that the way back leads to the review. */
  method: string
  isFixed: boolean
  children: ReactNode
}

function Section({ step, method, isFixed, children }: SectionProps) {
  const { t, paths } = useShop()
  const name = t(`checkout.step.${step}`)
  return (
    <div className={styles['section']}>
      <h2 className={styles['name']}>{name}</h2>
      <div className={styles['text']}>{children}</div>
      {!isFixed && (
        <a className={styles['edit']} href={paths.checkout(step, method)}>
          {t('checkout.review.edit')} <VisuallyHidden>{name}</VisuallyHidden>
        </a>
      )}
    </div>
  )
}

/** Everything agreed so far, each part a link away from being changed; fixed once it is an order. */
export function ReviewSections({ data, isFixed }: { data: ReviewData; isFixed: boolean }) {
  const { t } = useShop()
  const { contact, address, delivery, method } = data
  const shared = { method, isFixed }
  return (
    <div className={styles['sections']}>
      <Section step="contact" {...shared}>
        <bdi>{contact.name}</bdi>
        <bdi dir="ltr">{contact.email}</bdi>
        <bdi dir="ltr">{contact.phone}</bdi>
      </Section>
      <Section step="address" {...shared}>
        <AddressBlock address={address} />
      </Section>
      <Section step="delivery" {...shared}>
        <span>{delivery.promise}</span>
        <span className={styles['quiet']}>{t(`checkout.delivery.${delivery.method}`)}</span>
      </Section>
      <Section step="payment" {...shared}>
        <span>{t(`checkout.method.${method}`)}</span>
      </Section>
    </div>
  )
}
