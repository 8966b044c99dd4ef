import { useState } from 'react'
import { runAction } from '../../framework/run-action.ts'
import type * as Tools from './passkeys.ts'
import type { Ceremony } from './passkeys.ts'

interface PasskeyRun {
  /** The page whose actions `passkey-options` and `passkey` begin and end it. */
  path: string
  /** Talks to the browser, and gives its answer. */
  run: (tools: typeof Tools, ceremony: Ceremony) => Promise<string>
  /** Fields sent with the answer. */
  fields?: Readonly<Record<string, string>>
}

export type PasskeyState = 'idle' | 'busy' | 'called-off' | 'refused' | 'failed'

/** A passkey ceremony from its options to where it leads. What the browser's dialog needs is fetched when it begins. */
export function usePasskey(): { state: PasskeyState; begin: (run: PasskeyRun) => Promise<void> } {
  const [state, setState] = useState<PasskeyState>('idle')

  async function begin({ path, run, fields = {} }: PasskeyRun): Promise<void> {
    setState('busy')
    try {
      const [asked, tools] = await Promise.all([
        runAction<Ceremony>(path, { intent: 'passkey-options' }),
        import('./passkeys.ts'),
      ])
      if (asked.kind === 'redirect') return location.assign(asked.to)
      if (asked.kind === 'refused') return setState('refused')
      const response = await run(tools, asked.data).catch(() => undefined)
      if (response === undefined) return setState('called-off')
      const { ceremonyId } = asked.data
      const answer = await runAction(path, { intent: 'passkey', ceremonyId, response, ...fields })
      if (answer.kind === 'redirect') return location.assign(answer.to)
      setState(answer.kind === 'refused' ? 'refused' : 'idle')
    } catch {
      setState('failed')
    }
  }

  return { state, begin }
}
