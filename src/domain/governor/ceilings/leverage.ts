import { readPositive, say, smaller, text, type Dec } from '../../kernel/money.ts'
import { capTable, count, number } from '../../kernel/setting.ts'
import { minuteOfDay } from '../../trading-day.ts'
import { heldOnSide } from '../held.ts'
import { exposureCeiling } from '../linear-ceiling.ts'
import { defineCeiling, veto } from '../rule.ts'

/**
 * Gross exposure ≤ equity × leverage of the account, and of the symbol × leverage of its class and specification;
 * overnight limits hold from the cut-off in the account's zone on. The tighter binds.
 */
export const leverage = defineCeiling({
  id: 'leverage',
  title: 'Leverage',
  code: 'LEVERAGE',
  says: 'Borrowing stays within a multiple of equity, a smaller one overnight.',
  settings: {
    intraday: number({
      title: 'Intraday',
      help: 'Multiple of equity during the day.',
      least: '0',
      most: '100',
      above: true,
    }),
    overnight: number({
      title: 'Overnight',
      help: 'Multiple of equity from the cut-off on.',
      least: '0',
      most: '100',
      above: true,
    }),
    byClass: capTable({
      title: 'By asset class',
      help: 'Smaller multiples by asset class, such as crypto 1.',
      least: '0',
      most: '100',
      absent: 'intraday',
    }),
    cutOffMinute: count({
      title: 'Overnight cut-off',
      help: 'Minute of the account’s local day from which the overnight limit holds: 945 is 15:45.',
      least: 0,
      most: 1_440,
    }),
  },
  evaluate({ inputs, standing, book, order, instrument, notionalPerUnit, now }, settings) {
    const late = minuteOfDay(now, inputs.account.timeZone) >= settings.cutOffMinute
    const account = late ? settings.overnight : settings.intraday
    const when = late ? 'overnight' : 'intraday'
    const whole = exposureCeiling(
      {
        limit: standing.equity.times(account),
        before: book.gross,
        says: `All positions may be ${text(account)} × equity ${when}; ${say(book.gross)} ${standing.currency} is held.`,
        facts: { leverage: text(account), when },
      },
      notionalPerUnit,
    )
    const name = late ? 'maxLeverageOvernight' : 'maxLeverageIntraday'
    const own = inputs.instrument === null ? null : inputs.instrument[name]
    let single: Dec = smaller(settings.byClass.get(instrument.assetClass) ?? account, account)
    if (own !== null) {
      const stated = readPositive(own, `instrument.${name}`)
      if (!stated.ok) return veto(stated.error)
      single = smaller(stated.value, single)
    }
    const held = heldOnSide(book.bySymbol.get(order.symbol), order.side)
    const symbol = exposureCeiling(
      {
        limit: standing.equity.times(single),
        before: held,
        says: `${order.symbol} may be ${text(single)} × equity ${when}; ${say(held)} ${standing.currency} is held.`,
        facts: { leverage: text(single), when },
      },
      notionalPerUnit,
    )
    return symbol.capacity.lt(whole.capacity) ? symbol : whole
  },
})
