import Bowser from 'bowser'

/** `Chrome on Android`: how a person knows their device again. Versions change too often to help, and say more than needed. */
export function clientLabel(userAgent: string): string {
  if (userAgent === '') return 'Unknown'
  const { browser, os } = Bowser.parse(userAgent)
  const [name, system] = [browser.name, os.name].map((part) => part?.slice(0, 40))
  if (name && system) return `${name} on ${system}`
  return name ?? system ?? 'Unknown'
}
