/** The card fields are drawn by the provider in a frame our style sheets do not reach: our tokens travel as its options. */
export function appearanceNow(): object {
  const styles = getComputedStyle(document.documentElement)
  const token = (name: string): string => styles.getPropertyValue(name).trim()
  const isDark = matchMedia('(prefers-color-scheme: dark)').matches
  return {
    theme: isDark ? 'night' : 'stripe',
    variables: {
      colorPrimary: token('--gulf'),
      colorBackground: token('--raised'),
      colorText: token('--ink'),
      colorTextSecondary: token('--ink-2'),
      colorDanger: token('--pomegranate'),
      borderRadius: token('--radius-s'),
      fontSizeBase: token('--text-m'),
    },
  }
}
