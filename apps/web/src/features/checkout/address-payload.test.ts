import { expect, test } from 'vitest'
import { addressValues, isOwnAddress, otherRecipientField } from './address-payload.ts'

const contact = { name: 'Maryam', email: 'maryam@example.com', phone: '+971501234567' }
const typed = {
  intent: 'save',
  emirate: 'AE-DU',
  area: 'Deira',
  kind: 'villa',
  building: '7',
  recipientName: 'Somebody from before',
  phone: '052 000 0000',
}

test('without the box ticked the parcel goes to the one who orders, whatever the hidden fields hold', () => {
  expect(addressValues(typed, contact)).toMatchObject({ recipientName: 'Maryam', phone: '+971501234567' })
})

test('with the box ticked the recipient is who was typed', () => {
  const values = addressValues({ ...typed, [otherRecipientField]: 'on' }, contact)
  expect(values).toMatchObject({ recipientName: 'Somebody from before', phone: '052 000 0000' })
})

test('the form’s own fields do not reach the contract', () => {
  const values = addressValues({ ...typed, [otherRecipientField]: 'on', surprise: 'x' }, contact)
  expect(Object.keys(values)).not.toContain(otherRecipientField)
  expect(Object.keys(values)).not.toContain('surprise')
})

test('an emirate and a kind that were not chosen are left out, so that they are required and not wrong', () => {
  const values = addressValues({ ...typed, emirate: '', kind: '' }, contact)
  expect(Object.keys(values)).not.toContain('emirate')
  expect(Object.keys(values)).not.toContain('kind')
})

test('a Makani number counts in Dubai only', () => {
  expect(addressValues({ ...typed, makani: '12345 67890' }, contact)['makani']).toBe('12345 67890')
  expect(addressValues({ ...typed, emirate: 'AE-SH', makani: 'nonsense' }, contact)['makani']).toBe('')
})

test('an address is one’s own when name and number are the contact’s', () => {
  expect(isOwnAddress({ recipientName: 'Maryam', phone: '+971501234567' }, contact)).toBe(true)
  expect(isOwnAddress({ recipientName: 'Salem', phone: '+971501234567' }, contact)).toBe(false)
})
