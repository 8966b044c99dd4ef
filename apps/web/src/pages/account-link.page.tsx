import { PasswordField } from '../ui/PasswordField.tsx'
import { shortestPassword } from '../features/sign-in/password-length.ts'
import { SignInFrame } from '../features/sign-in/SignInFrame.tsx'
import { TryProblem } from '../ui/TryProblem.tsx'
import styles from '../features/sign-in/sign-in-form.module.css'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { useForm } from '../framework/useForm.ts'
import type { LinkKind } from '../paths.ts'
import { ButtonLink, SubmitButton } from '../ui/Button.tsx'
import { Notice } from '../ui/Notice.tsx'

export interface AccountLinkData {
  kind: LinkKind
  isDone: boolean
  /** False when somebody came without the link, or waited too long on this page. */
  isUsable: boolean
}

function Done({ kind }: { kind: LinkKind }) {
  const { t, paths } = useShop()
  return (
    <>
      <Notice kind="good">{t(kind === 'undo' ? 'account.link.undo.done' : 'account.link.email.done')}</Notice>
      <ButtonLink href={kind === 'undo' ? paths.signIn() : paths.account()}>
        {t(kind === 'undo' ? 'signIn.submitPlain' : 'account.title')}
      </ButtonLink>
    </>
  )
}

function Unusable() {
  const { t, paths } = useShop()
  return (
    <>
      <Notice kind="bad">{t('problems.auth/link-invalid')}</Notice>
      <ButtonLink href={paths.signIn()}>{t('signIn.forgot.back')}</ButtonLink>
    </>
  )
}

/** Where the links of our mails lead: says what pressing the button will do, and does it then. */
export function Page({ data, form }: PageProps<AccountLinkData>) {
  const { t } = useShop()
  const { kind, isDone, isUsable } = data
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm({ initial: form, intent: 'use' })
  const title = t(`account.link.${kind}.title`)
  if (isDone)
    return (
      <SignInFrame title={title}>
        <Done kind={kind} />
      </SignInFrame>
    )
  if (!isUsable)
    return (
      <SignInFrame title={title}>
        <Unusable />
      </SignInFrame>
    )
  return (
    <SignInFrame title={title} lead={t(`account.link.${kind}.lead`)}>
      <form className={styles['form']} method="post" noValidate ref={ref} onSubmit={onSubmit}>
        <input type="hidden" name="intent" value="use" />
        <TryProblem form={state} hasFailed={hasFailed} />
        {kind === 'reset' && (
          <PasswordField
            name="password"
            label={t('account.password.new')}
            hint={t('signIn.up.password.hint')}
            autoComplete="new-password"
            minLength={shortestPassword}
            form={state}
          />
        )}
        <SubmitButton isBusy={isBusy} busyLabel={t('signIn.busy')}>
          {t(`account.link.${kind}.submit`)}
        </SubmitButton>
      </form>
    </SignInFrame>
  )
}
