import { checkAge } from '../../freshness.ts'
import { divide, readPositive, sayExact, sayPercent, type Dec } from '../../kernel/money.ts'
import { reason, type Reason } from '../../kernel/reason.ts'
import { err, type Result } from '../../kernel/result.ts'
import { fraction } from '../../kernel/setting.ts'
import type { Sizing } from '../../sizing/order.ts'
import { block, defineGate, pass } from '../rule.ts'

/** The entry is within a share of the last price. A typed entry without a fresh price to compare passes, and says so. */
export const priceCollar = defineGate({
  id: 'price_collar',
  title: 'Price collar',
  code: 'PRICE_COLLAR',
  says: 'The entry is near the last price: a slipped digit is caught here.',
  settings: {
    max: fraction({
      title: 'Widest distance',
      help: 'Largest share between entry and last price: 0.05 is 5 %.',
      least: '0',
      most: '1',
      above: true,
    }),
  },
  evaluate(sizing, _, { max }) {
    const { order, inputs } = sizing
    const last = freshLast(sizing)
    if (!last.ok) {
      return inputs.bookKind === 'live'
        ? block(last.error)
        : pass('Not compared: there is no fresh last price, the entry stands as typed.')
    }
    const off = divide(order.entry.minus(last.value).abs(), last.value)
    if (off.lte(max)) return pass(`The entry is ${sayPercent(off)} from the last price ${sayExact(last.value)}.`)
    return block(
      reason(
        'PRICE_COLLAR',
        `The entry ${sayExact(order.entry)} is ${sayPercent(off)} from the last price ${sayExact(last.value)}; at most ${sayPercent(max)} is allowed.`,
        'request.entry',
      ),
    )
  },
})

function freshLast({ inputs, instrument, now, closeMaxAge }: Sizing): Result<Dec, Reason> {
  const { value, at, source } = inputs.last
  const last = readPositive(value, 'last')
  if (!last.ok) return err(reason('INPUT_MISSING', 'There is no last price to compare the entry with.', 'last'))
  const age = checkAge(at, 'last', source, { now, maxAge: closeMaxAge, calendar: instrument.calendar })
  return age.ok ? last : age
}
