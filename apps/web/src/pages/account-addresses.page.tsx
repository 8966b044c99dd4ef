import { AccountFrame } from '../features/account/AccountFrame.tsx'
import { ConfirmAction } from '../features/account/ConfirmAction.tsx'
import panel from '../features/account/panel.module.css'
import type { FormState } from '../framework/form.ts'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { AddressBlock } from '../ui/AddressBlock.tsx'
import type { AddressFields } from '../ui/AddressBlock.tsx'
import { ButtonLink, SubmitButton } from '../ui/Button.tsx'

interface SavedAddressData {
  id: string
  isDefault: boolean
  address: AddressFields
}

export interface AccountAddressesData {
  addresses: readonly SavedAddressData[]
  saved: 'added' | 'changed' | 'removed' | 'default' | null
}

function AddressPanel({ saved, form }: { saved: SavedAddressData; form: FormState | null }) {
  const { t, paths } = useShop()
  const { id, isDefault, address } = saved
  const place = [address.building, address.area].join(t('checkout.address.comma'))
  return (
    <li className={panel['panel']}>
      {isDefault && <p className={panel['badge']}>{t('account.addresses.default')}</p>}
      <AddressBlock address={address} />
      <div className={panel['actions']}>
        <ButtonLink href={paths.accountAddress(id)} isQuiet>
          {t('account.addresses.edit')}
        </ButtonLink>
        {!isDefault && (
          <form method="post">
            <input type="hidden" name="intent" value="make-default" />
            <input type="hidden" name="id" value={id} />
            <SubmitButton isQuiet>{t('account.addresses.makeDefault')}</SubmitButton>
          </form>
        )}
      </div>
      <ConfirmAction
        intent="remove"
        id={id}
        form={form}
        open={t('account.addresses.remove')}
        openLabel={t('account.addresses.remove.label', { place })}
        question={t('account.addresses.remove.question', { place })}
        submit={t('account.addresses.remove.submit')}
      />
    </li>
  )
}

export function Page({ data, form }: PageProps<AccountAddressesData>) {
  const { t, paths } = useShop()
  const { addresses, saved } = data
  return (
    <AccountFrame
      part="addresses"
      title={t('account.addresses.title')}
      lead={addresses.length === 0 ? t('account.addresses.none') : undefined}
      saved={saved && t(`account.addresses.saved.${saved}`)}
    >
      <p>
        <ButtonLink href={paths.accountAddress('new')}>{t('account.addresses.add')}</ButtonLink>
      </p>
      <ul className={panel['cards']}>
        {addresses.map((each) => (
          <AddressPanel saved={each} form={form} key={each.id} />
        ))}
      </ul>
    </AccountFrame>
  )
}
