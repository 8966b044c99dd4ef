import { useShop } from '../../framework/shop.tsx'
import { SelectField, TextField } from '../../ui/Field.tsx'
import styles from './address-form.module.css'
import type { AddressPartProps } from './address-part.ts'
import { AreaSuggestions, areaListId } from './AreaSuggestions.tsx'
import { emiratesInOrder } from './uae-areas.ts'

/** Emirate and area. The area takes any text; what is suggested follows the emirate. */
export function RegionFields({ labels, saved, form, emirate }: AddressPartProps & { emirate: string }) {
  const { t } = useShop()
  return (
    <div className={styles['pair']}>
      <SelectField
        name="emirate"
        label={labels.emirate}
        placeholder={t('checkout.address.emirate.choose')}
        value={saved?.emirate}
        options={emiratesInOrder.map((code) => ({ value: code, label: t(`emirate.${code}`) }))}
        form={form}
      />
      <div>
        <TextField
          name="area"
          label={labels.area}
          hint={t('checkout.address.area.hint')}
          value={saved?.area}
          list={areaListId}
          autoComplete="address-level3"
          maxLength={80}
          form={form}
        />
        <AreaSuggestions emirate={emirate} />
      </div>
    </div>
  )
}
