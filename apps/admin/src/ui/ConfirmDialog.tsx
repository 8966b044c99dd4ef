import type { ReactNode } from 'react'
import type { z } from 'zod'
import { useWords } from '../app/words.tsx'
import { Button } from './Button.tsx'
import { Dialog, DialogActions } from './Dialog.tsx'
import { TextField } from './Field.tsx'
import { Form } from './Form.tsx'
import { toast } from './toasts.ts'
import { textOf, useForm } from './useForm.ts'

interface ConfirmProps {
  isOpen: boolean
  onClose: () => void
  /** Asks, naming the thing: "Sign out Chrome on Windows?" */
  title: string
  /** What will be so afterwards, and whether it can be taken back. */
  lead: ReactNode
  /** The button says what it does. */
  action: string
  done: string
  isDangerous?: boolean
  /** Asks why, by this schema of the body. */
  reasonSchema?: z.ZodType
  reasonLabel?: string
  reasonName?: string
  send: (body: { reason: string }) => Promise<unknown>
}

function ConfirmForm(props: ConfirmProps) {
  const { t } = useWords()
  const { action, done, isDangerous, reasonSchema, reasonLabel, reasonName = 'reason', send, onClose } = props
  const form = useForm({
    schema: reasonSchema,
    read: (fields) => ({ [reasonName]: textOf(fields, reasonName) }),
    send: (body) => send({ reason: body[reasonName] ?? '' }),
    onDone: () => {
      onClose()
      toast(done)
    },
  })
  return (
    <Form
      form={form}
      actions={
        <DialogActions>
          <Button onPress={onClose}>{t('admin.actions.cancel')}</Button>
          <Button type="submit" kind={isDangerous ? 'danger' : 'main'} isBusy={form.state.isBusy}>
            {action}
          </Button>
        </DialogActions>
      }
    >
      {reasonSchema && (
        <TextField
          name={reasonName}
          label={reasonLabel ?? t('admin.fields.reason')}
          hint={t('admin.fields.reasonHint')}
          form={form.state}
          maxLength={300}
          isFirst
        />
      )}
    </Form>
  )
}

/** Asks before something that matters, with the thing's name; with `reasonSchema` also why, for the audit log. */
export const ConfirmDialog = (props: ConfirmProps) => (
  <Dialog isOpen={props.isOpen} onClose={props.onClose} title={props.title} lead={props.lead} isAlert>
    <ConfirmForm {...props} />
  </Dialog>
)
