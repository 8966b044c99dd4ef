import type { TabbyConfig } from '../config.ts'
import type { Webhooks } from '../webhooks/webhooks.ts'
import { outgoingTabby } from './outgoing.ts'
import { createTabbyState, type TabbyContext } from './state.ts'

type Options = { config: TabbyConfig; webhooks: Webhooks; nowMs: () => number; publicUrl: () => string }

/** Tabby with nothing in it yet. */
export function createTabby({ webhooks, ...base }: Options): TabbyContext {
  const told = { config: base.config, state: createTabbyState() }
  return { ...base, ...told, deliver: (event) => outgoingTabby(told, event).forEach(webhooks.dispatch) }
}
