import { AccountFrame } from '../features/account/AccountFrame.tsx'
import panel from '../features/account/panel.module.css'
import { addressLabels } from '../features/checkout/address-labels.ts'
import { PlaceFields } from '../features/checkout/PlaceFields.tsx'
import { StepForm } from '../features/checkout/StepForm.tsx'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import type { AddressFields } from '../ui/AddressBlock.tsx'
import { CheckField } from '../ui/CheckField.tsx'
import { TextField } from '../ui/Field.tsx'

export interface AccountAddressData {
  id: string
  saved: AddressFields | null
  isDefault: boolean
  /** Whose account it is: who opens the door, unless they say otherwise. */
  person: { name: string; phone: string }
}

export function Page({ data, form }: PageProps<AccountAddressData>) {
  const { t, paths } = useShop()
  const { saved, person, isDefault } = data
  const labels = addressLabels(t)
  const title = t(saved ? 'account.addresses.change' : 'account.addresses.add')
  return (
    <AccountFrame part="addresses" title={title} up={{ part: 'addresses', label: t('account.addresses.title') }}>
      <div className={panel['wide']}>
        <StepForm
          form={form}
          submit={t('account.addresses.submit')}
          back={{ href: paths.accountPart('addresses'), label: t('account.cancel') }}
          labels={labels}
        >
          {(state) => (
            <>
              <TextField
                name="recipientName"
                label={labels.recipientName}
                value={saved?.recipientName ?? person.name}
                autoComplete="name"
                maxLength={80}
                form={state}
              />
              <TextField
                name="phone"
                type="tel"
                label={labels.phone}
                value={saved?.phone ?? person.phone}
                autoComplete="tel"
                inputMode="tel"
                maxLength={40}
                isLatin
                form={state}
              />
              <PlaceFields saved={saved} form={state} />
              {!(saved && isDefault) && (
                <CheckField
                  name="_isDefault"
                  label={t('account.addresses.makeDefault.long')}
                  isChecked={isDefault}
                  form={state}
                />
              )}
            </>
          )}
        </StepForm>
      </div>
    </AccountFrame>
  )
}
