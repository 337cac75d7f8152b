import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digest, HEADER, row } from './fill-lines.ts'
import { commit, importNow, look, temporaryRoom } from './temporary-room.ts'

describe('any ledger', () => {
  const drawn = fc.array(
    fc.record({
      second: fc.nat(4),
      side: fc.constantFrom('buy', 'sell'),
      quantity: fc.constantFrom('1', '2'),
      price: fc.constantFrom('10', '11'),
    }),
    { minLength: 1, maxLength: 12 },
  )
  const lines = (rows: readonly { second: number; side: string; quantity: string; price: string }[]): string[] =>
    rows.map((each) => row(each.second, each.side, each.quantity, each.price))

  it('is the same whatever the order of its rows, and a second import adds nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        drawn.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }))),
        async ([rows, shuffled]) => {
          const [one, other] = [temporaryRoom(), temporaryRoom()]
          await importNow(one, 'a.csv', HEADER + lines(rows).join(''))
          await importNow(other, 'a.csv', HEADER + lines(shuffled).join(''))
          expect(digest(other)).toBe(digest(one))
          expect(one.book.fills('main')).toHaveLength(rows.length)
          expect((await look(other, 'b.csv', HEADER + lines(rows).join(''))).preview.counts.fresh).toBe(0)
        },
      ),
      { numRuns: 25 },
    )
  })

  it('keeps the larger number of twins of overlapping files', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), async (first, second) => {
        const room = temporaryRoom()
        await importNow(room, 'a.csv', HEADER + row(1).repeat(first))
        const looked = await look(room, 'b.csv', HEADER + row(1).repeat(second) + row(9))
        await commit(room, looked)
        expect(looked.preview.counts.fresh).toBe(Math.max(0, second - first) + 1)
        expect(room.book.fills('main')).toHaveLength(Math.max(first, second) + 1)
      }),
      { numRuns: 16 },
    )
  })
})
