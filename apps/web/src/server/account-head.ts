import type { MessageId } from '@dhow/i18n/translator.ts'
import type { Head, PageContext } from '../framework/page.ts'
import type { Paths } from '../paths.ts'

/** The head of a page of the account: its title, and no search engine. */
export const accountHead =
  (title: MessageId, path: (paths: Paths) => string) =>
  (_data: unknown, { t }: PageContext): Head => ({ title: t(title), path, isIndexable: false })
