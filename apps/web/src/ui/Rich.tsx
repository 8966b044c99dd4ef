import type { MessageId, Translator } from '@dhow/i18n/translator.ts'
import { createElement, Fragment } from 'react'
import type { ReactNode } from 'react'

interface RichProps {
  t: Translator
  id: MessageId
  values: Readonly<Record<string, ReactNode>>
}

/** A message with elements among its arguments, such as a price: `<Rich t={t} id="cartSheet.untilFree" values={{ amount: <Money … /> }} />`. */
export const Rich = ({ t, id, values }: RichProps) =>
  createElement(Fragment, null, ...t.rich<ReactNode>(id, values as Record<string, string>))
