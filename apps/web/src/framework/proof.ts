/** Solves a puzzle of `getProofOfWork` in a thread of its own. Throws when it could not. */
export function solveProof(challenge: unknown): Promise<string> {
  const worker = new Worker(new URL('./proof-worker.ts', import.meta.url), { type: 'module' })
  const solved = new Promise<string>((resolve, reject) => {
    worker.addEventListener('message', ({ data }) =>
      typeof data === 'string' && data ? resolve(data) : reject(new Error('no proof')),
    )
    worker.addEventListener('error', (event) => reject(new Error(event.message)))
  })
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
  worker.postMessage(challenge)
  return solved.finally(() => worker.terminate())
}
