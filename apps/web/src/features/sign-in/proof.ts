import ProofWorker from './proof-worker.ts?worker'

/** Solves a puzzle of `getProofOfWork` in a thread of its own. Throws when it could not. */
export function solveProof(challenge: unknown): Promise<string> {
  const worker = new ProofWorker()
  const solved = new Promise<string>((resolve, reject) => {
    worker.onmessage = ({ data }) => (typeof data === 'string' && data ? resolve(data) : reject(new Error('no proof')))
    worker.onerror = (event) => reject(new Error(event.message))
  })
  worker.postMessage(challenge)
  return solved.finally(() => worker.terminate())
}
