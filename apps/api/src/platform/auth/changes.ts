import type { AppContext } from '../../context.ts'
import { whenCommitted } from '../db/database.ts'
import type { Tx } from '../db/database.ts'
import { announceChange, listenForChanges } from '../db/notifications.ts'
import { authTags, isAuthTag } from './session-cache.ts'

/** Shared by everybody on one Redis: a tag names a random id, so hearing another shop's costs a look-up. */
const CHANNEL = 'dhow:auth'

/** Forgets what the tags name, in this process. */
function hear(ctx: AppContext, tags: readonly string[]): void {
  const ours = tags.filter(isAuthTag)
  if (ours.includes(authTags.signingKeys)) ctx.keyring.forget()
  if (ours.length > 0) ctx.sessions.forget(ours)
  const others = tags.filter((tag) => !isAuthTag(tag))
  if (others.length > 0) ctx.cache.purge(others)
}

/**
 * Says that what the tags name has changed. This process forgets it at the commit; the others hear it from PostgreSQL with the
 * commit, and from Redis right after it.
 */
export async function announceAuthChange(ctx: AppContext, tx: Tx, tags: readonly string[]): Promise<void> {
  if (tags.length === 0) return
  await announceChange(tx, tags)
  whenCommitted(tx, () => {
    hear(ctx, tags)
    if (ctx.redis?.isReady) ctx.redis.publish(CHANNEL, tags.join(',')).catch(() => undefined) // NOTIFY has told them
  })
}

/** Hears by Redis, on a connection of its own: one that subscribes can do nothing else. */
function subscribe(ctx: AppContext): () => Promise<void> {
  if (!ctx.redis) return async () => undefined
  const subscriber = ctx.redis.duplicate()
  subscriber.on('error', () => ctx.sessions.setHearing('redis', false))
  subscriber.on('end', () => ctx.sessions.setHearing('redis', false))
  let hasSubscribed = false
  // What was said while it was away is lost.
  const hearAgain = (): void => {
    ctx.sessions.clear()
    ctx.sessions.setHearing('redis', true)
  }
  // Back again, the client has subscribed by itself before it says so.
  subscriber.on('ready', () => {
    if (hasSubscribed) hearAgain()
  })
  const begin = async (): Promise<void> => {
    await subscriber.connect()
    await subscriber.subscribe(CHANNEL, (message) => hear(ctx, message.split(',')))
    hasSubscribed = true
    hearAgain()
  }
  begin().catch((error: unknown) => ctx.log.warn({ err: error }, 'redis tells nothing of revocations'))
  return async () => {
    if (subscriber.isOpen) subscriber.destroy()
  }
}

/**
 * Keeps this process's copies (finished answers, sessions, keys) in step with what others change. Returns how to stop. A process
 * that does not do this asks for each session every second.
 */
export function hearChanges(ctx: AppContext): () => Promise<void> {
  const stopListening = listenForChanges({
    url: ctx.config.DATABASE_URL,
    log: ctx.log,
    onChange: (tags) => hear(ctx, tags),
    onGap: () => {
      ctx.cache.clear()
      ctx.keyring.forget()
    },
    onListening: (isListening) => {
      ctx.sessions.clear()
      ctx.sessions.setHearing('postgresql', isListening)
    },
  })
  const unsubscribe = subscribe(ctx)
  return async () => {
    await Promise.all([stopListening(), unsubscribe()])
  }
}
