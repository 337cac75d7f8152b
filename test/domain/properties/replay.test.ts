import { describe, it } from 'vitest'
import { valueBook } from '../../../src/domain/book.ts'
import { decide } from '../../../src/domain/governor/decide.ts'
import { canonical, type Plain } from '../../../src/domain/kernel/canonical.ts'
import { scenarios } from '../../support/arbitraries.ts'
import { holds, must } from './cases.ts'

const bytes = (value: object): string => canonical(value as unknown as Plain)
const stored = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

describe('a decision', () => {
  it('replays to the same bytes from its stored snapshot', { timeout: 3_600_000 }, () => {
    holds('replay', scenarios({ exits: 'some' }), ({ inputs, book, profile }) => {
      const first = bytes(decide(inputs, valueBook(book), profile))
      const again = bytes(decide(inputs, valueBook(book), profile))
      must(first === again, () => 'the same inputs gave other bytes')
      const replayed = decide(stored(inputs), valueBook(stored(book)), profile)
      must(bytes(replayed) === first, () => 'the stored snapshot gave other bytes')
      must(bytes(stored(replayed)) === first, () => 'the decision is not plain data')
      return replayed.kind === 'exit' ? 'exit' : replayed.outcome
    })
  })
})
