import { checkAge } from '../../freshness.ts'
import { divide, readPositive, sayExact, sayPercent } from '../../kernel/money.ts'
import { reason } from '../../kernel/reason.ts'
import { fraction } from '../../kernel/setting.ts'
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
  evaluate({ order, inputs, instrument, now, closeMaxAge }, _, { max }) {
    const last = readPositive(inputs.last.value, 'last')
    const fresh =
      last.ok &&
      checkAge(inputs.last.at, 'last', inputs.last.source, { now, maxAge: closeMaxAge, calendar: instrument.calendar })
    if (!last.ok || fresh === false || !fresh.ok) {
      if (inputs.bookKind === 'live')
        return block(
          last.ok && fresh !== false && !fresh.ok
            ? fresh.error
            : reason('INPUT_MISSING', 'There is no last price to compare the entry with.', 'last'),
        )
      return pass('Not compared: there is no fresh last price, the entry stands as typed.')
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
