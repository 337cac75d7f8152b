import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { valueBook } from '../../../src/domain/book.ts'
import { compareMethods } from '../../../src/domain/governor/compare-methods.ts'
import { decide } from '../../../src/domain/governor/decide.ts'
import { dec } from '../../../src/domain/kernel/money.ts'
import { scenarios } from '../../support/arbitraries.ts'
import { SEED } from '../../support/arbitraries-profile.ts'

describe('the comparison of methods', () => {
  it('equals deciding with each method, and falls from stage to stage', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(scenarios(), ({ inputs: asked, book: held, profile }) => {
        const valued = valueBook(held)
        for (const row of compareMethods(() => asked, valued, profile).rows) {
          const request = { ...asked.request, method: row.method, quantity: null }
          const own = decide({ ...asked, recent: [], request }, valued, profile)
          expect(row).toMatchObject({
            proposal: own.proposed,
            quantity: own.quantity,
            outcome: own.outcome,
            binding: own.binding,
            riskAmount: own.riskAmount,
            reasons: own.reasons,
          })
          expect(dec(row.afterCeilings).lte(row.afterBrakes)).toBe(true)
          expect(dec(row.quantity).lte(row.afterCeilings)).toBe(true)
        }
      }),
      { numRuns: 60, seed: SEED },
    )
  })
})
