import { describe, it } from 'vitest'
import { valueBook } from '../../../src/domain/book.ts'
import { decide } from '../../../src/domain/governor/decide.ts'
import { dec } from '../../../src/domain/kernel/money.ts'
import { scenarios } from '../../support/arbitraries.ts'
import { holds, must } from './cases.ts'

describe('a typed quantity', () => {
  it(
    'is clamped like any other: never above what is asked, nor above what a larger proposal may be',
    { timeout: 3_600_000 },
    () => {
      holds('typedQuantity', scenarios(), ({ inputs, book, profile }) => {
        const valued = valueBook(book)
        const request = { ...inputs.request, signal: undefined }
        const sized = (quantity?: string) =>
          decide(
            {
              ...inputs,
              request: quantity === undefined ? { ...request, quantity: undefined } : { ...request, quantity },
            },
            valued,
            profile,
          )
        const own = sized()
        const huge = sized('999999999999')
        const same = own.proposed === null || dec(own.proposed).isZero() ? null : sized(own.proposed)
        const typed = typeof request.quantity === 'string' ? sized(request.quantity) : huge
        must(
          dec(typed.quantity).lte((request.quantity as string | undefined) ?? '999999999999'),
          () => 'more than typed',
        )
        must(
          dec(typed.quantity).lte(huge.quantity) || blocked(huge),
          () => `${typed.quantity} typed, ${huge.quantity} at most`,
        )
        must(
          dec(own.quantity).lte(huge.quantity) || blocked(huge),
          () => `${own.quantity} proposed, ${huge.quantity} at most`,
        )
        // What the method asks for, typed instead, ends at the same size: there is no second road around the limits.
        must(
          same === null || same.quantity === own.quantity,
          () => `${String(same?.quantity)} typed, ${own.quantity} proposed`,
        )
        return huge.quantity === '0' ? 'zero' : 'sized'
      })
    },
  )
})

/** Gate checks look at the rounded size and may block a larger one. */
function blocked({ steps }: ReturnType<typeof decide>): boolean {
  return steps.some(({ stage, passed }) => stage === 'gate' && !passed)
}
