import { expect, it } from 'vitest'
import { EVERYDAY } from './cases.ts'

it('looks at 100,000 generated orders or more every day', () => {
  expect(EVERYDAY).toBeGreaterThanOrEqual(100_000)
})
