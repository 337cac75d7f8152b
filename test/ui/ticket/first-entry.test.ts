import { expect, it } from 'vitest'
import { firstEntry } from '../../../src/ui/ticket/first-entry.ts'

it.each([
  ['1.337195', '0.00001', '1.3372'],
  ['1.337185', '0.00001', '1.33718'],
  ['100.01', '0.01', '100.01'],
  ['496.63', '0.0001', '496.63'],
  ['4512.3', '0.25', '4512.25'],
  ['17', '5', '15'],
  [null, '0.01', ''],
])('an order at a last price of %s with a tick of %s begins at “%s”', (last, tick, entry) => {
  expect(firstEntry(last, tick)).toBe(entry)
})
