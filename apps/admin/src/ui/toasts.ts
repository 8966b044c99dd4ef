import { useSyncExternalStore } from 'react'

export interface ToastItem {
  id: number
  kind: 'good' | 'bad'
  text: string
}

const shownMs = 7_000

let items: readonly ToastItem[] = []
let lastId = 0
const listeners = new Set<() => void>()

function setItems(next: readonly ToastItem[]): void {
  items = next
  for (const listener of listeners) listener()
}

export const dismissToast = (id: number): void => setItems(items.filter((item) => item.id !== id))

/** Says in a corner what was done. What went wrong stays until it is closed; better said where it happened. */
export function toast(text: string, kind: ToastItem['kind'] = 'good'): void {
  const id = (lastId += 1)
  setItems([...items.slice(-2), { id, kind, text }])
  if (kind === 'good') setTimeout(() => dismissToast(id), shownMs)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export const useToasts = (): readonly ToastItem[] => useSyncExternalStore(subscribe, () => items)
