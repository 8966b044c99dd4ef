import { useShop } from '../../framework/shop.tsx'
import { TextField } from '../../ui/Field.tsx'
import styles from './address-form.module.css'
import type { AddressPartProps } from './address-part.ts'

/** Building, door and street. A villa has a number in place of a building's name. */
export function DoorFields({ labels, saved, form, kind }: AddressPartProps & { kind: string }) {
  const { t } = useShop()
  return (
    <>
      <div className={styles['pair']}>
        <TextField
          name="building"
          label={kind === 'villa' ? t('checkout.address.building.villa') : labels.building}
          value={saved?.building}
          autoComplete="address-line1"
          maxLength={120}
          form={form}
        />
        <TextField
          name="unit"
          label={labels.unit}
          value={saved?.unit}
          autoComplete="address-line2"
          maxLength={40}
          isOptional
          form={form}
        />
      </div>
      <TextField
        name="street"
        label={labels.street}
        value={saved?.street}
        autoComplete="address-line3"
        maxLength={120}
        isOptional
        form={form}
      />
    </>
  )
}
