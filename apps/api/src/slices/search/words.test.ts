import { expect, test } from 'vitest'
import { editDistance } from './edit-distance.ts'
import { phraseSynonyms, synonymsOf } from './synonyms.ts'
import { arabiziSpellings, queryWords, stemsOf, wordsOf } from './words.ts'

test('words are letters and digits, units apart from their numbers', () => {
  expect(wordsOf("Men's Café-Noir, 50ml & ٣٠مل")).toEqual(['mens', 'cafe', 'noir', '50', 'ml', '30', 'مل'])
})

test('fillers are dropped unless they are all there is', () => {
  expect(queryWords('oud for the majlis')).toEqual(['oud', 'majlis'])
  expect(queryWords('the')).toEqual(['the'])
})

test.each([
  ['العبايات', 'عبايه'],
  ['والعبايات', 'عبايه'],
  ['بالعود', 'عود'],
  ['للمجلس', 'مجلس'],
  ['abayas', 'abaya'],
  ['watches', 'watch'],
  ['batteries', 'battery'],
])('%s has the form %s', (word, stem) => {
  expect(stemsOf(word)).toContain(stem)
})

test('a short word keeps its letters', () => {
  expect(stemsOf('ال')).toEqual([])
  expect(stemsOf('gas')).toEqual([])
  expect(stemsOf('glass')).toEqual([])
})

test.each([
  ['3abaya', 'abaya'],
  ['7ijab', 'hijab'],
  ['5anjar', 'khanjar'],
])('%s in Arabizi may be spelt %s', (typed, spelt) => {
  expect(arabiziSpellings(typed)).toContain(spelt)
})

test('numbers and sizes are no Arabizi', () => {
  for (const word of ['50', '2xl1', 'oud', '330300', '5g']) expect(arabiziSpellings(word)).toEqual([])
})

test('synonyms work in every direction, and phrases count as a whole', () => {
  expect(synonymsOf('abaya')).toContain('عباءه')
  expect(synonymsOf('عبايه')).toContain('abaya')
  expect(phraseSynonyms(['arabic', 'coffee']).get('coffee')).toContain('قهوه')
  expect(phraseSynonyms(['arabic', 'lamp']).size).toBe(0)
})

test('neighbouring letters swapped are one mistake', () => {
  expect(editDistance('perfmue', 'perfume', 2)).toBe(1)
  expect(editDistance('abya', 'abaya', 1)).toBe(1)
  expect(editDistance('abaya', 'kandura', 2)).toBe(3)
})
