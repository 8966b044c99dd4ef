import { useShop } from '../../framework/shop.tsx'
import { TextField } from '../../ui/Field.tsx'
import styles from './address-form.module.css'
import type { AddressPartProps } from './address-part.ts'

/** What helps the courier find the door. Makani plates exist in Dubai only. */
export function CourierFields({ labels, saved, form, hasMakani }: AddressPartProps & { hasMakani: boolean }) {
  const { t } = useShop()
  return (
    <>
      <TextField
        name="landmark"
        label={labels.landmark}
        hint={t('checkout.address.landmark.hint')}
        value={saved?.landmark}
        maxLength={120}
        isOptional
        form={form}
      />
      <div className={styles['makani']} hidden={!hasMakani}>
        <TextField
          name="makani"
          label={labels.makani}
          hint={t('checkout.address.makani.hint')}
          value={saved?.makani}
          inputMode="numeric"
          maxLength={40}
          isLatin
          isOptional
          form={form}
        />
      </div>
      <TextField
        name="notes"
        label={labels.notes}
        hint={t('checkout.address.notes.hint')}
        value={saved?.notes}
        maxLength={200}
        rows={2}
        isOptional
        form={form}
      />
    </>
  )
}
