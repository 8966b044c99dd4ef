import type { FactorKind } from '@dhow/contracts/auth.ts'
import { beginStepUp, stepUp } from '@dhow/contracts/staff-auth.ts'
import type { StaffSelf } from '@dhow/contracts/staff-auth.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { call } from './api.ts'
import { SecondFactor } from './SecondFactor.tsx'
import { keepCsrfToken, reloadSelf, useSelf } from './session.ts'
import { useStepUp } from './step-up.ts'
import { useWords } from './words.tsx'

const methodsOf = ({ hasTotp, passkeyCount, recoveryCodesLeft }: StaffSelf): FactorKind[] => [
  ...(hasTotp ? (['totp'] as const) : []),
  ...(passkeyCount > 0 ? (['passkey'] as const) : []),
  ...(recoveryCodesLeft > 0 ? (['recovery-code'] as const) : []),
]

/** Opens by itself when the API wants the second factor again; the request that was refused is then repeated. */
export function StepUpDialog() {
  const { t } = useWords()
  const self = useSelf()
  const asking = useStepUp()
  const cancel = () => asking?.cancel()
  return (
    <Dialog
      isOpen={asking !== undefined}
      onClose={cancel}
      title={t('admin.stepUp.title')}
      lead={t('admin.stepUp.lead')}
    >
      <SecondFactor
        methods={methodsOf(self)}
        beginPasskey={() => call(beginStepUp, {})}
        give={async (proof) => {
          const { csrfToken } = await call(stepUp, { body: { proof } })
          keepCsrfToken(csrfToken)
          void reloadSelf()
        }}
        onDone={() => asking?.done()}
        cancel={<Button onPress={cancel}>{t('admin.actions.cancel')}</Button>}
      />
    </Dialog>
  )
}
