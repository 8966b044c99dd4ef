import { definePage, loaded, privately } from '../framework/page.ts'
import { Page } from './failure.page.tsx'
import type { FailureData } from './failure.page.tsx'

/** Rendered by the failure handler with nothing but the request's id, so it works when the API does not. */
export const failurePage = definePage<FailureData>({
  name: 'failure',
  route: [],
  Page,
  cache: privately,
  load: async ({ requestId }) => loaded({ requestId }, 500),
  head: (_data, { t }) => ({ title: t('failure.title'), path: (paths) => paths.home(), isIndexable: false }),
})
