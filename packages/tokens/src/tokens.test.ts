import { expect, test } from 'vitest'
import { colours } from './tokens.ts'
import type { ColourName } from './tokens.ts'
import { tokensCss } from './css.ts'

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** WCAG 2.2 contrast ratio of two opaque colours. */
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

const onGrounds = (texts: ColourName[], grounds: ColourName[]) =>
  texts.flatMap((text) => grounds.map((ground) => [text, ground] as const))

const textPairs = [
  ...onGrounds(['ink', 'ink-2', 'night', 'gulf', 'gulf-deep', 'pomegranate', 'palm'], ['paper', 'raised', 'sand']),
  ...onGrounds(['ink', 'gulf-deep'], ['gulf-soft']),
  ...onGrounds(['ink', 'night', 'ink-2'], ['sand-1', 'rose-1', 'sky-1', 'olive-1']),
  ['on-gulf', 'gulf'],
  ['on-saffron', 'saffron'],
  ['on-pomegranate', 'pomegranate'],
  ['pomegranate', 'pomegranate-soft'],
  ['ink', 'pomegranate-soft'],
  ['palm', 'palm-soft'],
  ['ink', 'palm-soft'],
] as const

test.for(['light', 'dark'] as const)('text reads at 4.5:1 or better in the %s theme', (theme) => {
  for (const [text, ground] of textPairs) {
    const ratio = contrast(colours[theme][text], colours[theme][ground])
    expect(ratio, `${text} on ${ground}: ${ratio.toFixed(2)}`).toBeGreaterThanOrEqual(4.5)
  }
})

test.for(['light', 'dark'] as const)('edges of fields and the focus ring stand out at 3:1 in the %s theme', (theme) => {
  for (const [line, ground] of onGrounds(['edge', 'gulf'], ['paper', 'raised', 'sand'])) {
    const ratio = contrast(colours[theme][line], colours[theme][ground])
    expect(ratio, `${line} on ${ground}: ${ratio.toFixed(2)}`).toBeGreaterThanOrEqual(3)
  }
})

test('every colour is declared in both themes', () => {
  const css = tokensCss()
  for (const name of Object.keys(colours.light)) expect(css.split(`--${name}:`).length - 1, name).toBe(2)
})
