import type { Address } from '@dhow/contracts/address.ts'
import { useShop } from '../framework/shop.tsx'
import styles from './address-block.module.css'

/** A UAE address as text, phone and Makani number as people read them. */
export type AddressFields = Pick<Address, 'emirate' | 'kind'> &
  Readonly<Record<Exclude<keyof Address, 'location' | 'emirate' | 'kind'>, string>>

/** An address the way a courier reads it. Each part is isolated: it may be in the other script. */
export function AddressBlock({ address }: { address: AddressFields }) {
  const { t } = useShop()
  const { recipientName, phone, kind, building, unit, street, area, emirate, landmark, makani, notes } = address
  return (
    <address className={styles['address']}>
      <bdi className={styles['name']}>{recipientName}</bdi>
      <span>
        {kind === 'villa' && `${t('checkout.address.kind.villa')} `}
        <bdi>{building}</bdi>
        {unit && (
          <>
            {t('checkout.address.comma')}
            <bdi>{unit}</bdi>
          </>
        )}
      </span>
      {street && <bdi>{street}</bdi>}
      <span>
        <bdi>{area}</bdi>
        {t('checkout.address.comma')}
        {t(`emirate.${emirate}`)}
      </span>
      {landmark && (
        <span className={styles['quiet']}>
          {t('checkout.address.near')} <bdi>{landmark}</bdi>
        </span>
      )}
      {makani && (
        <span className={styles['quiet']}>
          {t('checkout.address.makani')} <bdi dir="ltr">{makani}</bdi>
        </span>
      )}
      <bdi dir="ltr">{phone}</bdi>
      {notes && (
        <span className={styles['quiet']}>
          <bdi>{notes}</bdi>
        </span>
      )}
    </address>
  )
}
