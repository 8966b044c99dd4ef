import type { PasskeyView, TotpEnrolment } from '@dhow/contracts/account-security.ts'
import {
  confirmOwnStaffTotp,
  removeOwnStaffPasskey,
  renewOwnStaffRecoveryCodes,
  replaceOwnStaffTotp,
} from '@dhow/contracts/staff-auth.ts'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { call } from '../../app/api.ts'
import { canUsePasskeys } from '../../app/passkeys.ts'
import { RecoveryCodesPanel } from '../../app/RecoveryCodesPanel.tsx'
import { reloadSelf, useSelf } from '../../app/session.ts'
import { TotpSetUp } from '../../app/TotpSetUp.tsx'
import { useWords } from '../../app/words.tsx'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Icon } from '../../ui/Icon.tsx'
import type { IconName } from '../../ui/Icon.tsx'
import { Instant } from '../../ui/Instant.tsx'
import { toast } from '../../ui/toasts.ts'
import { useAction } from '../../ui/useAction.ts'
import styles from './account.module.css'
import { PasskeyDialog } from './PasskeyDialog.tsx'

interface FactorProps {
  icon: IconName
  name: ReactNode
  note: ReactNode
  action: ReactNode
}

const Factor = ({ icon, name, note, action }: FactorProps) => (
  <li className={styles['factor']}>
    <Icon name={icon} />
    <span className={styles['words']}>
      <span className={styles['name']}>{name}</span>
      <span className={styles['note']}>{note}</span>
    </span>
    {action}
  </li>
)

function Totp() {
  const { t } = useWords()
  const { hasTotp } = useSelf()
  const [enrolment, setEnrolment] = useState<TotpEnrolment>()
  const begin = useAction(async () => setEnrolment(await call(replaceOwnStaffTotp, {})))
  const close = () => setEnrolment(undefined)
  return (
    <>
      <Factor
        icon="phone"
        name={t('admin.enrol.totp')}
        note={hasTotp ? t('admin.account.totpOn') : t('admin.account.totpOff')}
        action={
          <Button isSmall isBusy={begin.isBusy} onPress={() => begin.run()}>
            {hasTotp ? t('admin.account.totpReplace') : t('admin.account.totpSetUp')}
          </Button>
        }
      />
      <Dialog isOpen={enrolment !== undefined} onClose={close} title={t('admin.enrol.totp')} isWide>
        {enrolment && (
          <TotpSetUp
            enrolment={enrolment}
            confirm={(body) => call(confirmOwnStaffTotp, { body })}
            onDone={() => {
              close()
              toast(t('admin.account.totpDone'))
              void reloadSelf()
            }}
          />
        )}
      </Dialog>
    </>
  )
}

function Passkey({ passkey }: { passkey: PasskeyView }) {
  const { t, format } = useWords()
  const [isOpen, setOpen] = useState(false)
  const { name } = passkey
  return (
    <>
      <Factor
        icon="key"
        name={<bdi>{name}</bdi>}
        note={
          passkey.lastUsedAt ? (
            <>
              {t('admin.passkeys.lastUsed')} <Instant at={passkey.lastUsedAt} />
            </>
          ) : (
            t('admin.passkeys.made', { date: format.date(passkey.createdAt) })
          )
        }
        action={
          <Button isSmall onPress={() => setOpen(true)} label={t('admin.passkeys.removeNamed', { name })}>
            {t('admin.passkeys.remove')}
          </Button>
        }
      />
      <ConfirmDialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={t('admin.passkeys.removeTitle', { name })}
        lead={t('admin.passkeys.removeLead')}
        action={t('admin.passkeys.remove')}
        done={t('admin.passkeys.removed')}
        isDangerous
        send={async () => {
          await call(removeOwnStaffPasskey, { params: { passkeyId: passkey.id } })
          await reloadSelf()
        }}
      />
    </>
  )
}

function RecoveryCodes() {
  const { t } = useWords()
  const { recoveryCodesLeft } = useSelf()
  const [isAsking, setAsking] = useState(false)
  const [codes, setCodes] = useState<readonly string[]>()
  const close = () => {
    setCodes(undefined)
    void reloadSelf()
  }
  return (
    <>
      <Factor
        icon="lock"
        name={t('admin.recovery.title')}
        note={t('admin.recovery.left', { count: recoveryCodesLeft })}
        action={
          <Button isSmall onPress={() => setAsking(true)}>
            {t('admin.recovery.renew')}
          </Button>
        }
      />
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('admin.recovery.renewTitle')}
        lead={t('admin.recovery.renewLead')}
        action={t('admin.recovery.renew')}
        done={t('admin.recovery.renewed')}
        isDangerous
        send={async () => setCodes((await call(renewOwnStaffRecoveryCodes, {})).codes)}
      />
      <Dialog isOpen={codes !== undefined} onClose={close} title={t('admin.recovery.title')} isWide>
        {codes && <RecoveryCodesPanel codes={codes} onKept={close} />}
      </Dialog>
    </>
  )
}

/** What proves that it is them besides the password: an app, passkeys, and codes for the day both are gone. */
export function FactorsCard({ passkeys }: { passkeys: readonly PasskeyView[] }) {
  const { t } = useWords()
  const [isAdding, setAdding] = useState(false)
  return (
    <Card
      title={t('admin.account.factors')}
      lead={t('admin.account.factorsLead')}
      isFlush
      actions={
        canUsePasskeys() && (
          <Button icon="plus" onPress={() => setAdding(true)}>
            {t('admin.passkeys.add')}
          </Button>
        )
      }
    >
      <ul className={styles['factors']}>
        <Totp />
        {passkeys.map((passkey) => (
          <Passkey key={passkey.id} passkey={passkey} />
        ))}
        <RecoveryCodes />
      </ul>
      <PasskeyDialog isOpen={isAdding} onClose={() => setAdding(false)} />
    </Card>
  )
}
