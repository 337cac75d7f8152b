import fc from 'fast-check'
import { describe, it } from 'vitest'
import { scenarios } from '../../support/arbitraries.ts'
import { holds } from './cases.ts'
import { shuffledCeilings, shuffledProfile } from './shuffled.ts'

describe('the order of the rules', () => {
  it('does not change the size: the ceilings, shuffled, leave the same quantity', { timeout: 3_600_000 }, () => {
    const sortKeys = fc.array(fc.nat(), { minLength: 40, maxLength: 40 })
    holds('shuffledCeilings', fc.tuple(scenarios(), sortKeys), ([drawn, keys]) => shuffledCeilings(drawn, keys))
  })

  it('of a profile does not change a byte of the decision', { timeout: 3_600_000 }, () => {
    holds('shuffledProfile', fc.tuple(scenarios(), fc.nat()), ([drawn, start]) => shuffledProfile(drawn, start))
  })
})
