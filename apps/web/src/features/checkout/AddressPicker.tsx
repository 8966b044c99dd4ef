import type { FormState } from '../../framework/form.ts'
import { useShop } from '../../framework/shop.tsx'
import styles from './address-form.module.css'
import { newAddress, pickedAddressField } from './address-book.ts'
import type { AddressBook } from './address-book.ts'
import { ChoiceCard, ChoiceList } from './ChoiceList.tsx'

/** Saved addresses, and another. The style sheet shows the fields of another one, so no script is needed. */
export function AddressPicker({ book, form }: { book: AddressBook; form: FormState | null }) {
  const { t } = useShop()
  const chosen = form?.values[pickedAddressField] ?? book.chosen ?? newAddress
  return (
    <div className={styles['picker']}>
      <ChoiceList label={t('checkout.address.saved')} name={pickedAddressField} form={form}>
        {book.addresses.map(({ id, address }, at) => (
          <ChoiceCard
            key={id}
            name={pickedAddressField}
            value={id}
            isChosen={chosen === id}
            isFirst={at === 0}
            title={[address.building, address.unit, address.area].filter(Boolean).join(t('checkout.address.comma'))}
          >
            {t(`emirate.${address.emirate}`)} · <bdi>{address.recipientName}</bdi> ·{' '}
            <bdi dir="ltr">{address.phone}</bdi>
          </ChoiceCard>
        ))}
        <ChoiceCard
          name={pickedAddressField}
          value={newAddress}
          isChosen={chosen === newAddress}
          isFirst={false}
          title={t('checkout.address.new')}
        >
          {t('checkout.address.new.text')}
        </ChoiceCard>
      </ChoiceList>
    </div>
  )
}
