import type { ConsentChannel } from '@dhow/contracts/account.ts'
import { AccountFrame } from '../features/account/AccountFrame.tsx'
import panel from '../features/account/panel.module.css'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { useForm } from '../framework/useForm.ts'
import { SubmitButton } from '../ui/Button.tsx'
import { CheckField } from '../ui/CheckField.tsx'
import { TryProblem } from '../ui/TryProblem.tsx'

interface ConsentData {
  channel: ConsentChannel
  isGranted: boolean
  /** The day it was last decided, in words. */
  decided: string | null
}

export interface AccountConsentsData {
  consents: readonly ConsentData[]
  /** Of the words agreed to. */
  version: string
  isSaved: boolean
}

export function Page({ data, form }: PageProps<AccountConsentsData>) {
  const { t, paths } = useShop()
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm({ initial: form, intent: 'save' })
  const decidedWords = ({ isGranted, decided }: ConsentData) =>
    decided ? t(isGranted ? 'account.consents.since' : 'account.consents.until', { when: decided }) : undefined
  return (
    <AccountFrame
      part="consents"
      title={t('account.consents.title')}
      lead={t('account.consents.lead')}
      saved={data.isSaved ? t('account.consents.saved') : null}
    >
      <form className={panel['panel']} method="post" ref={ref} onSubmit={onSubmit}>
        <input type="hidden" name="intent" value="save" />
        <TryProblem form={state} hasFailed={hasFailed} />
        <fieldset className={panel['rows']}>
          <legend className={panel['title']}>{t('account.consents.legend')}</legend>
          {data.consents.map((consent) => (
            <CheckField
              key={consent.channel}
              name={consent.channel}
              label={t(`account.consents.${consent.channel}`)}
              text={decidedWords(consent)}
              isChecked={consent.isGranted}
              form={state}
            />
          ))}
        </fieldset>
        <p className={panel['quiet']}>
          {t('account.consents.wording', { version: data.version })}{' '}
          <a className={panel['inline']} href={paths.content('privacy')}>
            {t('pages.privacy')}
          </a>
        </p>
        <div>
          <SubmitButton isBusy={isBusy} busyLabel={t('checkout.saving')}>
            {t('account.consents.submit')}
          </SubmitButton>
        </div>
      </form>
    </AccountFrame>
  )
}
