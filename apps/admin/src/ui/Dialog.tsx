import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useWords } from '../app/words.tsx'
import { IconButton } from './Button.tsx'
import styles from './dialog.module.css'

interface DialogProps {
  isOpen: boolean
  onClose: () => void
  title: string
  lead?: ReactNode
  children: ReactNode
  isWide?: boolean
  /** Asks before something that cannot be undone. */
  isAlert?: boolean
}

/**
 * A question or a short form over the page. Escape and the cross close it, the focus goes back to where it was; a press outside
 * does not, since what was typed would be lost. Its content is made anew each time it opens.
 */
export function Dialog({ isOpen, onClose, title, lead, children, isWide = false, isAlert = false }: DialogProps) {
  const { t } = useWords()
  return (
    <ModalOverlay className={styles['veil']} isOpen={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Modal className={`${styles['dialog']} ${isWide ? styles['wide'] : ''}`}>
        <AriaDialog className={styles['content']} role={isAlert ? 'alertdialog' : 'dialog'}>
          <header className={styles['head']}>
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <IconButton icon="close" label={t('admin.actions.close')} onPress={onClose} />
          </header>
          <div className={styles['body']}>
            {lead && <div className={styles['lead']}>{lead}</div>}
            {children}
          </div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

/** The same at the side of the window: for looking closer at one thing of a list that stays in sight. */
export function Drawer({
  isOpen,
  onClose,
  title,
  children,
}: Pick<DialogProps, 'isOpen' | 'onClose' | 'title' | 'children'>) {
  const { t } = useWords()
  return (
    <ModalOverlay className={styles['veil']} isOpen={isOpen} isDismissable onOpenChange={(open) => !open && onClose()}>
      <Modal className={styles['drawer']}>
        <AriaDialog className={styles['content']}>
          <header className={styles['head']}>
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <IconButton icon="close" label={t('admin.actions.close')} onPress={onClose} />
          </header>
          <div className={styles['body']}>{children}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

/** The last line of a dialog or form: what it does at the end of the line, and the way out before it. */
export const DialogActions = ({ children }: { children: ReactNode }) => (
  <div className={styles['actions']}>{children}</div>
)
