import { Honeypot } from '../features/sign-in/Honeypot.tsx'
import { PasskeyButton } from '../features/sign-in/PasskeyButton.tsx'
import { SignInFrame } from '../features/sign-in/SignInFrame.tsx'
import { TryProblem } from '../ui/TryProblem.tsx'
import styles from '../features/sign-in/sign-in-form.module.css'
import { proofField, useProof } from '../framework/useProof.ts'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { useForm } from '../framework/useForm.ts'
import { useHasScript } from '../framework/useHasScript.ts'
import { SubmitButton } from '../ui/Button.tsx'
import { TextField } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'

export interface SignInData {
  /** Where to go on afterwards. */
  next: string | null
  /** What was typed before. */
  identifier: string
  /** The password has just been set anew. */
  isReset: boolean
}

export function Page({ data, form }: PageProps<SignInData>) {
  const { t, paths } = useShop()
  const control = useForm({ initial: form, intent: 'identify' })
  const isSolving = useProof(control)
  const hasScript = useHasScript()
  const next = form?.values['next'] ?? data.next
  return (
    <SignInFrame title={t('signIn.title')} lead={t('signIn.lead')}>
      {data.isReset && <Notice kind="good">{t('signIn.reset.done')}</Notice>}
      <form
        className={styles['form']}
        method="post"
        action={paths.signIn()}
        noValidate
        ref={control.ref}
        onSubmit={control.onSubmit}
      >
        <input type="hidden" name="intent" value="identify" />
        <input type="hidden" name="next" value={next ?? ''} />
        <input type="hidden" name={proofField} defaultValue="" />
        <Honeypot />
        {!isSolving && <TryProblem form={control.state} hasFailed={control.hasFailed} />}
        <TextField
          name="identifier"
          label={t('signIn.identifier')}
          hint={t('signIn.identifier.hint')}
          value={data.identifier}
          autoComplete="username webauthn"
          inputMode="email"
          maxLength={254}
          isLatin
          form={control.state}
        />
        <SubmitButton
          isBusy={control.isBusy || isSolving}
          busyLabel={t(isSolving ? 'signIn.proof.busy' : 'signIn.busy')}
        >
          {t('signIn.submit')}
        </SubmitButton>
        <p className={styles['quiet']}>{t('signIn.newHere')}</p>
      </form>
      {hasScript && <p className={styles['or']}>{t('signIn.or')}</p>}
      <PasskeyButton path={paths.signIn()} next={next} hasAutofill />
      <p className={styles['quiet']}>
        {t('signIn.withEmail')} <a href={paths.signUp(next ?? undefined)}>{t('signIn.signUp')}</a>
      </p>
    </SignInFrame>
  )
}
