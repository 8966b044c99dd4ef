/// <reference lib="webworker" />
import { solveChallenge } from 'altcha-lib'
import { deriveKey as deriveByPbkdf2 } from 'altcha-lib/algorithms/web/pbkdf2'
import { deriveKey as deriveBySha } from 'altcha-lib/algorithms/web/sha'
import type { Challenge } from 'altcha-lib/types'

const longestMs = 60_000

/** Solves one puzzle off the page's thread, and answers with what the API wants to see of it; empty when it took too long. */
self.onmessage = async ({ data: challenge }: MessageEvent<Challenge>): Promise<void> => {
  const deriveKey = challenge.parameters.algorithm.startsWith('PBKDF2') ? deriveByPbkdf2 : deriveBySha
  const solution = await solveChallenge({ challenge, deriveKey, timeout: longestMs })
  self.postMessage(solution ? btoa(JSON.stringify({ challenge, solution })) : '')
}
