import { describe, it } from 'vitest'
import { scenarios } from '../../support/arbitraries.ts'
import { holds } from './cases.ts'
import { compared, inCents, inPennies, inSmallLots } from './other-units.ts'

describe('the size', () => {
  it('does not depend on the unit of the account’s money', { timeout: 3_600_000 }, () => {
    holds('accountUnit', scenarios(), (drawn) => compared(drawn, inCents(drawn), '1'))
  })

  it('does not depend on the unit prices are quoted in', { timeout: 3_600_000 }, () => {
    holds('priceUnit', scenarios(), (drawn) => compared(drawn, inPennies(drawn), '1'))
  })

  it('grows by the factor that the unit of quantity shrinks by', { timeout: 3_600_000 }, () => {
    holds('quantityUnit', scenarios(), (drawn) => compared(drawn, inSmallLots(drawn), '1000'))
  })
})
