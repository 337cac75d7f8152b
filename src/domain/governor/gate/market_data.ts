import { checkAge } from '../../freshness.ts'
import { milliseconds } from '../../kernel/setting.ts'
import { block, defineGate, pass } from '../rule.ts'

/** Prices that mark the open positions are young enough; a live order also needs a live quote. */
export const marketData = defineGate({
  id: 'market_data',
  title: 'Market data',
  code: 'QUOTE_STALE',
  says: 'Positions are marked at prices young enough, and a live order has a live quote.',
  settings: {
    quoteMaxAge: milliseconds({
      title: 'Oldest live quote',
      help: 'Age of a quote that a live order may be priced with.',
      least: 100,
      most: 3_600_000,
    }),
    closeMaxAge: milliseconds({
      title: 'Oldest close',
      help: 'Market time (no weekends) since the close that sizes and marks are computed with.',
      least: 1_000,
      most: 3_153_600_000_000,
    }),
  },
  evaluate({ inputs, instrument, book, now, order }, _, { quoteMaxAge, closeMaxAge }) {
    if (inputs.bookKind === 'live') {
      const quote = checkAge(inputs.last.at, 'last', inputs.last.source, {
        now,
        maxAge: quoteMaxAge,
        calendar: instrument.calendar,
      })
      if (!quote.ok) return block(quote.error)
    }
    for (const [calendar, { at, field, source }] of book.oldestMarks) {
      const mark = checkAge(at, field, source, { now, maxAge: closeMaxAge, calendar })
      if (!mark.ok) return block(mark.error)
    }
    if (book.newestMark !== null) {
      const { at, field, source } = book.newestMark
      const mark = checkAge(at, field, source, { now, maxAge: Number.POSITIVE_INFINITY, calendar: 'crypto' })
      if (!mark.ok) return block(mark.error)
    }
    return pass(
      order.entrySource === 'typed'
        ? 'The entry is typed; the marks of open positions are fresh.'
        : `The entry is the last price (${order.entrySource}); marks are fresh.`,
    )
  },
})
