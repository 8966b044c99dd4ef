import { useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { copyText, downloadText } from '../ui/copy.ts'
import { CheckField } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'
import { toast } from '../ui/toasts.ts'
import styles from './recovery-codes-panel.module.css'
import { useWords } from './words.tsx'

interface RecoveryCodesPanelProps {
  codes: readonly string[]
  onKept: () => void
}

/** Codes that are shown this once. The way on opens when somebody says that they have kept them. */
export function RecoveryCodesPanel({ codes, onKept }: RecoveryCodesPanelProps) {
  const { t } = useWords()
  const [isKept, setKept] = useState(false)
  const copy = async () => {
    if (await copyText(codes.join('\n'))) toast(t('admin.actions.copied'))
  }
  return (
    <div className={styles['panel']}>
      <Notice kind="warn">
        <p>{t('admin.recovery.once')}</p>
      </Notice>
      <ul className={styles['codes']} dir="ltr" aria-label={t('admin.recovery.title')}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className={styles['row']}>
        <Button icon="copy" onPress={() => void copy()}>
          {t('admin.actions.copy')}
        </Button>
        <Button icon="download" onPress={() => downloadText('dhow-recovery-codes.txt', `${codes.join('\n')}\n`)}>
          {t('admin.actions.download')}
        </Button>
      </div>
      <CheckField name="kept" label={t('admin.recovery.kept')} onChange={setKept} />
      <div className={styles['end']}>
        {!isKept && <span className={styles['why']}>{t('admin.recovery.why')}</span>}
        <Button kind="main" isDisabled={!isKept} onPress={onKept}>
          {t('admin.recovery.goOn')}
        </Button>
      </div>
    </div>
  )
}
