/// <reference lib="webworker" />
import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2'
import type { Challenge } from 'altcha-lib/types'

const longestMs = 60_000

/** Solves one puzzle off the page's thread, and answers with what the API wants to see of it; empty when it took too long. */
async function solve({ data: challenge }: MessageEvent<Challenge>): Promise<void> {
  const solution = await solveChallenge({ challenge, deriveKey, timeout: longestMs })
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
  self.postMessage(solution ? btoa(JSON.stringify({ challenge, solution })) : '')
}

self.addEventListener('message', (event: MessageEvent<Challenge>) => void solve(event))
