/** How likely each misfortune is. They strike independently; what is dropped suffers nothing else. */
export type ChaosSettings = {
  /** The same seed gives the same fates, in the order in which events happen. */
  seed: number
  dropPercent: number
  doublePercent: number
  /** Overtaken by up to five later events. */
  reorderPercent: number
  delayPercent: number
  /** By the sandbox's clock: advancing it delivers what is due by then. */
  maxDelayMs: number
  /** Of the attempts, those with a signature made with a wrong secret; the retry is signed rightly. */
  forgePercent: number
}

export const CALM_CHAOS: ChaosSettings = {
  seed: 1,
  dropPercent: 5,
  doublePercent: 10,
  reorderPercent: 20,
  delayPercent: 10,
  maxDelayMs: 7_200_000,
  forgePercent: 0,
}

export type Copy = {
  /** Milliseconds by the sandbox's clock; 0 goes at once. */
  delayMs: number
  /** How many later deliveries go first; 0 keeps its place. */
  overtakenBy: number
}

/** What becomes of one event: as many copies as are delivered, none when it is lost. */
export type Fate = readonly Copy[]

const MOST_OVERTAKING = 5

/** Mulberry32: small, and good enough to throw dice with. */
function diceOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export type Chaos = { next: () => Fate; isForged: () => boolean }

/** Draws the fate of event after event. Each draw uses as many dice, so that changing one percentage moves no other fate. */
export function createChaos(settings: ChaosSettings): Chaos {
  const dice = diceOf(settings.seed)
  const forgery = diceOf(settings.seed ^ 0x5f_0f_0f_0f)
  const strikes = (percent: number): boolean => dice() * 100 < percent
  const copy = (): Copy => {
    const isLate = strikes(settings.delayPercent)
    const delayMs = Math.ceil(dice() * settings.maxDelayMs)
    const isOvertaken = strikes(settings.reorderPercent)
    const overtakenBy = 1 + Math.floor(dice() * MOST_OVERTAKING)
    return { delayMs: isLate ? delayMs : 0, overtakenBy: isOvertaken && !isLate ? overtakenBy : 0 }
  }
  return {
    next() {
      const isLost = strikes(settings.dropPercent)
      const isDoubled = strikes(settings.doublePercent)
      const copies = [copy(), copy()]
      if (isLost) return []
      return isDoubled ? copies : copies.slice(0, 1)
    },
    isForged: () => forgery() * 100 < settings.forgePercent,
  }
}
