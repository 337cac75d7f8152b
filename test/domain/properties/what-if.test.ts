import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { valueBook } from '../../../src/domain/book.ts'
import { decide } from '../../../src/domain/governor/decide.ts'
import { whatIf } from '../../../src/domain/governor/what-if.ts'
import { canonical, type Plain } from '../../../src/domain/kernel/canonical.ts'
import { scenarios } from '../../support/arbitraries.ts'
import { SEED } from '../../support/arbitraries-profile.ts'

const bytes = (value: object): string => canonical(value as unknown as Plain)

describe('a what-if', () => {
  it('without changes is the stored decision, byte for byte', () => {
    fc.assert(
      fc.property(scenarios({ exits: 'some' }), ({ inputs: given, book: held, raw, profile }) => {
        const body = decide(given, valueBook(held), profile)
        const answer = whatIf({ inputs: given, book: held, profile: raw, body }, [])
        if (!answer.ok) throw new Error('refused')
        expect(bytes(answer.value.whatIf)).toBe(bytes(body))
        expect([...answer.value.steps, ...answer.value.ladder].filter((pair) => pair.changed)).toEqual([])
      }),
      { numRuns: 200, seed: SEED },
    )
  })
})
