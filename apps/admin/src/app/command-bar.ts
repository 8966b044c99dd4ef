import { useSyncExternalStore } from 'react'

let isOpen = false
const listeners = new Set<() => void>()

function setOpen(next: boolean): void {
  isOpen = next
  for (const listener of listeners) listener()
}

export const openCommandBar = (): void => setOpen(true)
export const closeCommandBar = (): void => setOpen(false)

/** Ctrl K, or ⌘ K where there is one: also in Arabic, where the key writes another letter. */
function onKey(event: KeyboardEvent): void {
  if (event.code !== 'KeyK' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return
  event.preventDefault()
  setOpen(!isOpen)
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener('keydown', onKey)
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) window.removeEventListener('keydown', onKey)
  }
}

export const useCommandBarOpen = (): boolean => useSyncExternalStore(subscribe, () => isOpen)
