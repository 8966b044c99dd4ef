import { useState } from 'react'
import type { FormEvent } from 'react'
import type { FormState } from '../../framework/form.ts'
import { useShop } from '../../framework/shop.tsx'
import type { Shop } from '../../framework/shop.tsx'
import type { AddressFields } from '../../ui/AddressBlock.tsx'
import { SelectField, TextField } from '../../ui/Field.tsx'
import styles from './address-form.module.css'
import { AreaSuggestions, areaListId } from './AreaSuggestions.tsx'
import { KindChoice } from './KindChoice.tsx'
import { RecipientFields } from './RecipientFields.tsx'
import { StepForm } from './StepForm.tsx'
import { emiratesInOrder } from './uae-areas.ts'

interface AddressFormProps {
  saved: AddressFields | null
  contact: { name: string; phone: string }
  isForSomeoneElse: boolean
  method: string | null
  form: FormState | null
}

const labelsOf = ({ t }: Shop) => ({
  emirate: t('checkout.address.emirate'),
  area: t('checkout.address.area'),
  kind: t('checkout.address.kind'),
  building: t('checkout.address.building'),
  unit: t('checkout.address.unit'),
  street: t('checkout.address.street'),
  landmark: t('checkout.address.landmark'),
  makani: t('checkout.address.makani'),
  notes: t('checkout.address.notes'),
  recipientName: t('checkout.address.recipientName'),
  phone: t('checkout.address.phone'),
})

interface FieldsProps extends AddressFormProps {
  labels: ReturnType<typeof labelsOf>
}

/** Where it is. The areas suggested and the Makani number follow the emirate; without script both are simply there. */
function PlaceFields({ saved, form, labels }: FieldsProps) {
  const { t } = useShop()
  const [emirate, setEmirate] = useState(form?.values['emirate'] ?? saved?.emirate ?? '')
  const [kind, setKind] = useState(form?.values['kind'] ?? saved?.kind ?? '')

  function onChange(event: FormEvent<HTMLFieldSetElement>): void {
    const { target } = event
    if (target instanceof HTMLSelectElement && target.name === 'emirate') setEmirate(target.value)
    if (target instanceof HTMLInputElement && target.name === 'kind') setKind(target.value)
  }

  return (
    <fieldset className={styles['fields']} onChange={onChange}>
      <legend className={styles['hiddenLegend']}>{t('checkout.address.place')}</legend>
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
      <KindChoice label={labels.kind} value={saved?.kind} form={form} />
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
      <TextField
        name="landmark"
        label={labels.landmark}
        hint={t('checkout.address.landmark.hint')}
        value={saved?.landmark}
        maxLength={120}
        isOptional
        form={form}
      />
      <div className={styles['makani']} hidden={emirate !== '' && emirate !== 'AE-DU'}>
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
    </fieldset>
  )
}

/** A UAE address: no postcode, street optional, landmark welcome. */
export function AddressForm(props: AddressFormProps) {
  const shop = useShop()
  const { t, paths } = shop
  const labels = labelsOf(shop)
  return (
    <StepForm
      form={props.form}
      submit={t('checkout.address.submit')}
      back={{ href: paths.checkout('contact', props.method ?? undefined), label: t('checkout.step.contact') }}
      labels={labels}
    >
      {(state) => (
        <>
          <PlaceFields {...props} labels={labels} form={state} />
          <RecipientFields {...props} form={state} />
        </>
      )}
    </StepForm>
  )
}
