import { useState } from 'react'
import type { FormEvent } from 'react'
import type { FormState } from '../../framework/form.ts'
import { useShop } from '../../framework/shop.tsx'
import type { AddressFields } from '../../ui/AddressBlock.tsx'
import styles from './address-form.module.css'
import { addressLabels } from './address-labels.ts'
import { CourierFields } from './CourierFields.tsx'
import { DoorFields } from './DoorFields.tsx'
import { KindChoice } from './KindChoice.tsx'
import { RegionFields } from './RegionFields.tsx'

interface PlaceFieldsProps {
  saved: AddressFields | null
  form: FormState | null
}

/** Where it is. Suggestions, labels and the Makani number follow what is chosen; without script all of them are simply there. */
export function PlaceFields({ saved, form }: PlaceFieldsProps) {
  const { t } = useShop()
  const [emirate, setEmirate] = useState(form?.values['emirate'] ?? saved?.emirate ?? '')
  const [kind, setKind] = useState(form?.values['kind'] ?? saved?.kind ?? '')
  const shared = { labels: addressLabels(t), saved, form }

  function onChange({ target }: FormEvent<HTMLFieldSetElement>): void {
    if (target instanceof HTMLSelectElement && target.name === 'emirate') setEmirate(target.value)
    if (target instanceof HTMLInputElement && target.name === 'kind') setKind(target.value)
  }

  return (
    <fieldset className={styles['fields']} onChange={onChange}>
      <legend className={styles['hiddenLegend']}>{t('checkout.address.place')}</legend>
      <RegionFields {...shared} emirate={emirate} />
      <KindChoice label={shared.labels.kind} value={saved?.kind} form={form} />
      <DoorFields {...shared} kind={kind} />
      <CourierFields {...shared} hasMakani={emirate === '' || emirate === 'AE-DU'} />
    </fieldset>
  )
}
