import type { FormState } from '../../framework/form.ts'
import { useShop } from '../../framework/shop.tsx'
import type { ChosenPayment } from '../../paths.ts'
import type { AddressFields } from '../../ui/AddressBlock.tsx'
import { CheckField } from '../../ui/CheckField.tsx'
import styles from './address-form.module.css'
import { keepAddressField } from './address-book.ts'
import type { AddressBook } from './address-book.ts'
import { addressLabels } from './address-labels.ts'
import { AddressPicker } from './AddressPicker.tsx'
import { PlaceFields } from './PlaceFields.tsx'
import { RecipientFields } from './RecipientFields.tsx'
import { StepForm } from './StepForm.tsx'

interface AddressFormProps {
  saved: AddressFields | null
  contact: { name: string; phone: string }
  isForSomeoneElse: boolean
  /** Null for guests. */
  book: AddressBook | null
  chosen: ChosenPayment
  form: FormState | null
}

/** A UAE address: no postcode, street optional, landmark welcome. */
export function AddressForm(props: AddressFormProps) {
  const { t, paths } = useShop()
  return (
    <StepForm
      form={props.form}
      submit={t('checkout.address.submit')}
      back={{ href: paths.checkout('contact', props.chosen), label: t('checkout.step.contact') }}
      labels={addressLabels(t)}
    >
      {(state) => (
        <div className={styles['fields']}>
          {props.book && props.book.addresses.length > 0 && <AddressPicker book={props.book} form={state} />}
          <div className={styles['newAddress']}>
            <PlaceFields saved={props.book?.chosen ? null : props.saved} form={state} />
            <RecipientFields {...props} form={state} />
            {props.book && (
              <CheckField name={keepAddressField} label={t('checkout.address.keep')} isChecked form={state} />
            )}
          </div>
        </div>
      )}
    </StepForm>
  )
}
