import { AccountFrame } from '../features/account/AccountFrame.tsx'
import panel from '../features/account/panel.module.css'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { useForm } from '../framework/useForm.ts'
import { SubmitButton } from '../ui/Button.tsx'
import { SelectField, TextField } from '../ui/Field.tsx'
import { TryProblem } from '../ui/TryProblem.tsx'

export interface AccountProfileData {
  name: string
  /** As people read it. */
  phone: string | null
  email: string | null
  locale: 'en' | 'ar'
  saved: 'profile' | 'phone' | 'email-sent' | null
}

function ContactRow({ label, value, href }: { label: string; value: string | null; href: string }) {
  const { t } = useShop()
  return (
    <div className={panel['row']}>
      <div className={panel['rowWords']}>
        <span className={panel['quiet']}>{label}</span>
        <span className={panel['rowName']}>{value ? <bdi dir="ltr">{value}</bdi> : t('account.profile.none')}</span>
      </div>
      <a className={panel['link']} href={href} aria-label={`${t(value ? 'account.change' : 'account.add')}: ${label}`}>
        {t(value ? 'account.change' : 'account.add')}
      </a>
    </div>
  )
}

export function Page({ data, form }: PageProps<AccountProfileData>) {
  const { t, paths } = useShop()
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm({ initial: form, intent: 'save' })
  const languages = [
    { value: 'en', label: 'English' },
    { value: 'ar', label: 'العربية' },
  ]
  return (
    <AccountFrame
      part="profile"
      title={t('account.profile.title')}
      saved={data.saved && t(`account.profile.saved.${data.saved}`)}
    >
      <section className={panel['panel']} aria-labelledby="you">
        <h2 className={panel['title']} id="you">
          {t('account.profile.you')}
        </h2>
        <form className={panel['form']} method="post" noValidate ref={ref} onSubmit={onSubmit}>
          <input type="hidden" name="intent" value="save" />
          <TryProblem form={state} hasFailed={hasFailed} />
          <TextField
            name="name"
            label={t('account.profile.name')}
            value={data.name}
            autoComplete="name"
            maxLength={80}
            form={state}
          />
          <SelectField
            name="locale"
            label={t('account.profile.language')}
            hint={t('account.profile.language.hint')}
            value={data.locale}
            options={languages}
            form={state}
          />
          <div>
            <SubmitButton isBusy={isBusy} busyLabel={t('checkout.saving')}>
              {t('account.save')}
            </SubmitButton>
          </div>
        </form>
      </section>
      <section className={panel['panel']} aria-labelledby="reach">
        <h2 className={panel['title']} id="reach">
          {t('account.profile.reach')}
        </h2>
        <p className={panel['text']}>{t('account.profile.reach.text')}</p>
        <div className={panel['rows']}>
          <ContactRow label={t('account.profile.phone')} value={data.phone} href={paths.accountPart('profile/phone')} />
          <ContactRow label={t('account.profile.email')} value={data.email} href={paths.accountPart('profile/email')} />
        </div>
      </section>
    </AccountFrame>
  )
}
