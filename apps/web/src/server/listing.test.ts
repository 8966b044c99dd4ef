import { expect, test } from 'vitest'
import { createPaths } from '../paths.ts'
import { apiFilters, listQueryNames, readFilters } from './listing.ts'

const filtersOf = (query: string) => readFilters(new URLSearchParams(query))

test('what the path builder writes is what is read', () => {
  const filters = {
    brand: ['barq'],
    options: { colour: ['black', 'white'] },
    priceMin: '50',
    priceMax: '900',
    inStock: true,
    sort: 'newest',
  }
  const query = createPaths('en').category('home', filters).split('?')[1] ?? ''
  expect(filtersOf(query)).toEqual(filters)
})

test('prices are whole dirhams in any digits; nonsense is dropped', () => {
  expect(filtersOf('min=٥٠&max=1,200')).toMatchObject({ priceMin: '50', priceMax: '1200' })
  expect(filtersOf('min=-1&max=abc')).toMatchObject({ priceMin: undefined, priceMax: undefined })
  expect(filtersOf(`brand=${'x'.repeat(200)}&brand=a,b&brand=ok`)).toMatchObject({ brand: ['ok'] })
})

test('the API gets fils and comma-separated codes', () => {
  expect(apiFilters(filtersOf('min=50&o.size=m&o.colour=black&brand=a&brand=b&stock=1'))).toMatchObject({
    priceMin: '5000',
    brand: 'a,b',
    options: 'size:m,colour:black',
    available: 'true',
    facets: 'true',
  })
})

test('only names a list knows reach the cache’s key', () => {
  const allows = listQueryNames('q')
  expect(['brand', 'o.colour', 'min', 'q', 'cursor'].every(allows)).toBe(true)
  expect(['utm_source', 'fbclid', 'tag', 'o.COLOUR<', 'token'].some(allows)).toBe(false)
})
