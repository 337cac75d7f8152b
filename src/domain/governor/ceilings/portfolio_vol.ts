import { dec, divideDown, fromFloat, say, sayPercent, text, toFloat } from '../../kernel/money.ts'
import { reason } from '../../kernel/reason.ts'
import { fraction } from '../../kernel/setting.ts'
import { correlationOf, heldRisks } from '../held-risks.ts'
import { defineCeiling, veto } from '../rule.ts'

/** A float64 weight is cut by this share before it becomes a capacity, so that rounding can never overstate it. */
const SAFETY = dec('0.9999999999')

/** Annualised √(w′Σw) with the order ≤ max: the quadratic solved for the order's weight. Any missing volatility or correlation allows nothing. */
export const portfolioVol = defineCeiling({
  id: 'portfolio_vol',
  title: 'Portfolio volatility',
  code: 'PORTFOLIO_VOL',
  says: 'The volatility of the whole portfolio with this order stays within a target.',
  settings: {
    max: fraction({
      title: 'Most volatility',
      help: 'Volatility of the portfolio a year, as a share of equity: 0.15 is 15 %.',
      least: '0',
      most: '5',
      above: true,
    }),
  },
  evaluate(sizing, { max }) {
    const { order, inputs, standing, notionalPerUnit } = sizing
    const study = inputs.studies?.correlation
    const missing = (what: string): ReturnType<typeof veto> =>
      veto(
        reason(
          'INPUT_MISSING',
          `The ${what} is not known, so the portfolio's volatility is not: import bars, or switch this ceiling off.`,
          'correlation',
        ),
      )
    const volatilityOf = (symbol: string): number | undefined => {
      const found = study?.volatility[study.symbols.indexOf(symbol)]
      return found !== undefined && Number.isFinite(found) && found > 0 ? found : undefined
    }
    const equity = toFloat(standing.equity)
    const own = volatilityOf(order.symbol)
    if (own === undefined) return missing(`volatility of ${order.symbol}`)
    const held: { readonly symbol: string; readonly weight: number; readonly sigma: number }[] = []
    for (const { symbol, exposure } of heldRisks(sizing)) {
      const sigma = volatilityOf(symbol)
      if (sigma === undefined) return missing(`volatility of ${symbol}`)
      held.push({ symbol, weight: exposure / equity, sigma })
    }
    let square = 0
    let lean = 0
    for (const a of held) {
      const withOrder = correlationOf(study, order.symbol, a.symbol)
      if (withOrder === undefined) return missing(`correlation of ${order.symbol} and ${a.symbol}`)
      lean += order.direction * a.weight * a.sigma * own * withOrder
      for (const b of held) {
        const correlation = correlationOf(study, a.symbol, b.symbol)
        if (correlation === undefined) return missing(`correlation of ${a.symbol} and ${b.symbol}`)
        square += a.weight * b.weight * a.sigma * b.sigma * correlation
      }
    }
    const variance = own * own
    const total = (weight: number): number =>
      Math.sqrt(Math.max(0, square + 2 * lean * weight + variance * weight * weight))
    const before = fromFloat(total(0))
    const cap = toFloat(max)
    const weight = before.gt(max)
      ? 0
      : (-lean + Math.sqrt(Math.max(0, lean * lean - variance * (square - cap * cap)))) / variance
    return {
      kind: 'cap',
      unit: 'fraction',
      limit: max,
      before,
      useOf: (quantity) => fromFloat(total(toFloat(notionalPerUnit.times(quantity)) / equity)),
      capacity: divideDown(standing.equity.times(fromFloat(weight)).times(SAFETY), notionalPerUnit),
      says: `Portfolio volatility may be ${sayPercent(max)} a year; it is ${sayPercent(before)}, and ${order.symbol} moves ${say(fromFloat(own * 100), 1)} %.`,
      facts: { volatility: String(own), before: text(before) },
    }
  },
})
