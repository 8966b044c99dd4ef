/** What a step may say about itself while it runs and when it is done. */
export type StepResult = { title?: string; detail?: string }

/** Progress of named steps, one line each; steps may run side by side. */
export type Steps = {
  run: <T>(title: string, work: () => Promise<T>, describe?: (value: T) => StepResult) => Promise<T>
  note: (line: string) => void
}

const SAY_STILL_BUSY_AFTER_MS = 1_500

/** Steps are lines and not a drawn screen, so that they read the same in a terminal, a log file and CI. */
export function createSteps(write: (text: string) => void, signal: AbortSignal): Steps {
  return {
    note: (line) => write(`  ${line}\n`),
    run: async (title, work, describe) => {
      const startedAt = performance.now()
      const busy = setTimeout(() => write(`… ${title}\n`), SAY_STILL_BUSY_AFTER_MS)
      try {
        const value = await work()
        const { title: doneTitle = title, detail } = describe?.(value) ?? {}
        const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
        write(`✓ ${doneTitle}${detail ? `: ${detail}` : ''} (${seconds} s)\n`)
        return value
      } catch (error) {
        if (!signal.aborted) write(`✗ ${title}\n`) // what is cut short because we stop has not failed
        throw error
      } finally {
        clearTimeout(busy)
      }
    },
  }
}
