import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isPluralElement, isSelectElement, isTagElement, parse, TYPE } from '@formatjs/icu-messageformat-parser'
import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import { expect, test } from 'vitest'
import ar from '../messages/ar.json' with { type: 'json' }
import en from '../messages/en.json' with { type: 'json' }
import { isForShoppers } from './vite-plugin.ts'

const english: Readonly<Record<string, string>> = en
const arabic: Readonly<Record<string, string>> = ar
const ids = Object.keys(english)
const arabicPlurals = ['zero', 'one', 'two', 'few', 'many', 'other']

function elementsOf(tree: readonly MessageFormatElement[]): MessageFormatElement[] {
  return tree.flatMap((element) => {
    if (isPluralElement(element) || isSelectElement(element))
      return [element, ...Object.values(element.options).flatMap((option) => elementsOf(option.value))]
    return isTagElement(element) ? [element, ...elementsOf(element.children)] : [element]
  })
}

const argumentsOf = (text: string): string[] => {
  const named = elementsOf(parse(text)).filter(({ type }) => type !== TYPE.literal && type !== TYPE.pound)
  return [...new Set(named.map((element) => ('value' in element ? element.value : '')))].sort()
}

test('both languages have the same messages', () => {
  expect(Object.keys(arabic).sort()).toEqual(ids.toSorted())
})

test('no message is empty', () => {
  for (const messages of [english, arabic])
    for (const [id, text] of Object.entries(messages)) expect(text.trim(), id).not.toBe('')
})

test('a message takes the same arguments in both languages', () => {
  for (const id of ids) expect(argumentsOf(arabic[id] ?? ''), id).toEqual(argumentsOf(english[id] ?? ''))
})

test('every Arabic plural has all six categories', () => {
  for (const [id, text] of Object.entries(arabic))
    for (const element of elementsOf(parse(text)).filter(isPluralElement)) {
      const categories = Object.keys(element.options).filter((name) => !name.startsWith('='))
      expect(categories.sort(), id).toEqual(arabicPlurals.toSorted())
    }
})

const root = fileURLToPath(new URL('../../..', import.meta.url))

function sourcesBelow(folder: string): { file: string; text: string }[] {
  return readdirSync(`${root}/${folder}`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .filter((entry) => !/node_modules|\/dist/.test(entry.parentPath))
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }))
}

const sources = ['apps/web/src', 'apps/api/src', 'apps/admin/src'].flatMap(sourcesBelow)

/** Ids written out in the code, and the beginnings of those put together: `` `problems.${code}` ``. */
const written = new Set(
  sources.flatMap(({ text }) =>
    [...text.matchAll(/['"]([a-z][\w-]*(?:\.[\w/-]+)+)['"]/gi)].map((match) => match[1] ?? ''),
  ),
)
const composed = [
  ...new Set(
    sources.flatMap(({ text }) =>
      [...text.matchAll(/`([a-z][\w-]*\.(?:[\w/-]+\.)*)\$\{[^`]*`/gi)].map((match) => match[1] ?? ''),
    ),
  ),
]

test('every message is used', () => {
  const unused = ids.filter((id) => !written.has(id) && !composed.some((beginning) => id.startsWith(beginning)))
  expect(unused).toEqual([])
})

test('every message the code asks for exists', () => {
  const calls = sources.flatMap(({ file, text }) =>
    [...text.matchAll(/\bt(?:\.rich(?:<[^>]*>)?)?\(\s*'([^']+)'/g), ...text.matchAll(/<Rich[^>]*\sid="([^"]+)"/g)].map(
      (match) => ({ file, id: match[1] ?? '' }),
    ),
  )
  expect(calls.length).toBeGreaterThan(100)
  expect(calls.filter(({ id }) => english[id] === undefined)).toEqual([])
})

test('what is not for shoppers is not asked for in their browsers, and the back office asks for its own words only', () => {
  const inBrowsers = sources.filter(
    ({ file }) => file.endsWith('.tsx') && file.includes('/apps/web/') && !file.includes('/server/'),
  )
  for (const { file, text } of inBrowsers)
    for (const match of text.matchAll(/'([a-z]+\.[\w.-]+)'/g))
      expect(isForShoppers(match[1] ?? ''), `${file}: ${match[1]}`).toBe(true)
  for (const { file, text } of sources.filter(({ file }) => file.includes('/apps/admin/')))
    for (const match of text.matchAll(/\bt(?:\.rich)?\(\s*'([^']+)'/g)) expect(match[1], file).toMatch(/^admin\./)
})
