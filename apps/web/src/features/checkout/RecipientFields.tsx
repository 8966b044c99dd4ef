import type { FormState } from '../../framework/form.ts'
import { useShop } from '../../framework/shop.tsx'
import type { AddressFields } from '../../ui/AddressBlock.tsx'
import { TextField } from '../../ui/Field.tsx'
import styles from './address-form.module.css'
import { otherRecipientField } from './address-payload.ts'

interface RecipientFieldsProps {
  saved: AddressFields | null
  contact: { name: string; phone: string }
  isForSomeoneElse: boolean
  form: FormState | null
}

/** Who opens the door: the one who orders, or, when the box is ticked, somebody else. The style sheet shows the fields, so no script is needed. */
export function RecipientFields({ saved, contact, isForSomeoneElse, form }: RecipientFieldsProps) {
  const { t } = useShop()
  const isTicked = form ? form.values[otherRecipientField] === 'on' : isForSomeoneElse
  return (
    <fieldset className={styles['fields']}>
      <legend className={styles['hiddenLegend']}>{t('checkout.address.recipient')}</legend>
      <p className={styles['recipient']}>
        {t('checkout.address.recipient.you')} <bdi>{contact.name}</bdi> · <bdi dir="ltr">{contact.phone}</bdi>
      </p>
      <div className={styles['other']}>
        <input
          className={styles['tick']}
          type="checkbox"
          id="someone-else"
          name={otherRecipientField}
          defaultChecked={isTicked}
        />
        <label className={styles['tickLabel']} htmlFor="someone-else">
          {t('checkout.address.recipient.other')}
        </label>
        <div className={styles['otherFields']}>
          <TextField
            name="recipientName"
            label={t('checkout.address.recipientName')}
            value={saved?.recipientName ?? contact.name}
            autoComplete="off"
            maxLength={80}
            form={form}
          />
          <TextField
            name="phone"
            type="tel"
            label={t('checkout.address.phone')}
            value={saved?.phone ?? contact.phone}
            inputMode="tel"
            autoComplete="off"
            maxLength={40}
            isLatin
            form={form}
          />
        </div>
      </div>
    </fieldset>
  )
}
