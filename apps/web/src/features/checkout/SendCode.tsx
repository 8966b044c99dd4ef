import type { FormState } from '../../framework/form.ts'
import { useShop } from '../../framework/shop.tsx'
import { useForm } from '../../framework/useForm.ts'
import { proofField, useProof } from '../../framework/useProof.ts'
import { SubmitButton } from '../../ui/Button.tsx'
import { Rich } from '../../ui/Rich.tsx'
import { TryProblem } from '../../ui/TryProblem.tsx'
import styles from './order-code.module.css'

/** Asks for the code, where none could be sent with the order or this is another browser. */
export function SendCode({ phone, form }: { phone: string; form: FormState | null }) {
  const { t } = useShop()
  const control = useForm({ initial: form, intent: 'send' })
  const isSolving = useProof(control)
  const number = (
    <bdi dir="ltr" key="phone">
      {phone}
    </bdi>
  )
  return (
    <form className={styles['form']} method="post" ref={control.ref} onSubmit={control.onSubmit}>
      <input type="hidden" name="intent" value="send" />
      <input type="hidden" name={proofField} defaultValue="" />
      {!isSolving && <TryProblem form={control.state} hasFailed={control.hasFailed} />}
      <SubmitButton isBusy={control.isBusy || isSolving} busyLabel={t(isSolving ? 'signIn.proof.busy' : 'signIn.busy')}>
        <span>
          <Rich t={t} id="checkout.code.send" values={{ phone: number }} />
        </span>
      </SubmitButton>
    </form>
  )
}
