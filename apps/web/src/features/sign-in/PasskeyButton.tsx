import { useEffect } from 'react'
import { runAction } from '../../framework/run-action.ts'
import { useShop } from '../../framework/shop.tsx'
import { useHasScript } from '../../framework/useHasScript.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Notice } from '../../ui/Notice.tsx'
import type { Ceremony } from './passkeys.ts'
import styles from './passkey-button.module.css'
import { usePasskey } from './usePasskey.ts'

interface PasskeyButtonProps {
  /** The page whose actions the ceremony runs through. */
  path: string
  next?: string | null
  /** Not to sign in, but to show again who it is. */
  isConfirming?: boolean
  /** Offers passkeys in the field with `autocomplete="username webauthn"` as well. */
  hasAutofill?: boolean
}

const problems = {
  'called-off': 'signIn.passkey.calledOff',
  refused: 'signIn.passkey.refused',
  failed: 'form.noAnswer',
} as const

/** Offers passkeys where browsers list names to fill in. It waits in the background until one is picked, or the page is left. */
function useAutofill(path: string, next: string, isWanted: boolean): void {
  useEffect(() => {
    let isOver = false
    let end: () => void = () => undefined
    async function offer(): Promise<void> {
      if (!(await globalThis.PublicKeyCredential?.isConditionalMediationAvailable?.())) return
      const [asked, tools] = await Promise.all([
        runAction<Ceremony>(path, { intent: 'passkey-options' }),
        import('./passkeys.ts'),
      ])
      if (isOver || asked.kind !== 'done') return
      end = tools.callOffPasskey
      const response = await tools.givePasskey(asked.data, { isAutofill: true })
      const { ceremonyId } = asked.data
      const answer = await runAction(path, { intent: 'passkey', ceremonyId, response, next })
      if (answer.kind === 'redirect') location.assign(answer.to)
    }
    // Called off when the button or the form is used instead: nothing to tell.
    if (isWanted) offer().catch(() => undefined)
    return () => {
      isOver = true
      end()
    }
  }, [path, next, isWanted])
}

/** Signing in with a passkey. Browsers without script or without passkeys don't see it. */
export function PasskeyButton({ path, next = null, hasAutofill = false, isConfirming = false }: PasskeyButtonProps) {
  const { t } = useShop()
  const hasScript = useHasScript()
  const { state, begin } = usePasskey()
  useAutofill(path, next ?? '', hasAutofill)
  if (!hasScript || !('PublicKeyCredential' in globalThis)) return null
  const isBusy = state === 'busy'
  return (
    <div className={styles['passkey']}>
      <button
        className={styles['button']}
        type="button"
        aria-busy={isBusy}
        onClick={() => {
          if (!isBusy)
            void begin({ path, run: (tools, ceremony) => tools.givePasskey(ceremony), fields: { next: next ?? '' } })
        }}
      >
        <Icon name="key" />
        {isBusy ? t('signIn.passkey.busy') : t(isConfirming ? 'account.confirm.passkey' : 'signIn.passkey.button')}
      </button>
      {(state === 'called-off' || state === 'refused' || state === 'failed') && (
        <Notice kind="bad">{t(problems[state])}</Notice>
      )}
    </div>
  )
}
