import type { VariantView } from '@dhow/contracts/catalog.ts'
import { expect, test } from 'vitest'
import { optionRows, variantFor } from './variant-choice.ts'

const variant = (
  sku: string,
  options: Record<string, string>,
  availability: VariantView['availability'] = 'in-stock',
): VariantView => ({
  id: sku,
  sku,
  options,
  price: { amount: 100, currency: 'AED' },
  compareAt: null,
  availability,
  left: null,
  pictureKey: null,
  weightGrams: null,
})

const product = {
  options: [
    { code: 'size', name: 'Size', values: ['s', 'm', 'l'].map((code) => ({ code, name: code, hex: null })) },
    { code: 'colour', name: 'Colour', values: ['black', 'blue'].map((code) => ({ code, name: code, hex: null })) },
  ],
  variants: [
    variant('S-BLACK', { size: 's', colour: 'black' }, 'out'),
    variant('M-BLACK', { size: 'm', colour: 'black' }),
    variant('M-BLUE', { size: 'm', colour: 'blue' }),
    variant('L-BLUE', { size: 'l', colour: 'blue' }, 'out'),
  ],
}

const rowsFor = (sku: string) => {
  const selected = variantFor(product, sku)
  return selected ? optionRows(product, selected) : []
}

test('the address names the variant; without one the first that can be bought is shown', () => {
  expect(variantFor(product, 'M-BLUE')?.sku).toBe('M-BLUE')
  expect(variantFor(product, null)?.sku).toBe('M-BLACK')
  expect(variantFor(product, 'GONE')?.sku).toBe('M-BLACK')
})

test('a choice keeps the other options where such a variant exists', () => {
  const [size, colour] = rowsFor('M-BLACK')
  expect(size?.choices.find(({ code }) => code === 's')?.sku).toBe('S-BLACK')
  expect(colour?.choices.find(({ code }) => code === 'blue')?.sku).toBe('M-BLUE')
})

test('a value that only comes with other options leads to the nearest variant that has it', () => {
  const [size] = rowsFor('M-BLACK')
  expect(size?.choices.find(({ code }) => code === 'l')).toMatchObject({ sku: 'L-BLUE', isSoldOut: true })
})

test('the chosen values are marked and named', () => {
  const [size, colour] = rowsFor('M-BLUE')
  expect([size?.selectedName, colour?.selectedName]).toEqual(['m', 'blue'])
})
