import { invariant } from '../../kernel/invariant.ts'
import { dec, divideDown, fromFloat, say, sayPercent, text, toFloat } from '../../kernel/money.ts'
import { reason } from '../../kernel/reason.ts'
import { fraction } from '../../kernel/setting.ts'
import { cornerTotals } from '../fill-corners.ts'
import { correlationBetween, heldRisks } from '../held-risks.ts'
import { defineCeiling, veto } from '../rule.ts'

/** A float64 weight is cut by this share before it becomes a capacity, so that rounding can never overstate it. */
const SAFETY = dec('0.9999999999')

/** Annualised √(w′Σw) with the order ≤ max: the quadratic solved for the order's weight. Any missing volatility or correlation allows nothing; working orders count as filled wherever that leaves less. */
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
    const { order, standing, notionalPerUnit } = sizing
    const missing = (what: string): ReturnType<typeof veto> =>
      veto(
        reason(
          'INPUT_MISSING',
          `The ${what} is not known, so the portfolio's volatility is not: import bars, or switch this ceiling off.`,
          'correlation',
        ),
      )
    const equity = toFloat(standing.equity)
    const { held, own: ordered, correlations, variance: heldVariance } = heldRisks(sizing)
    const own = ordered.volatility
    if (own === undefined) return missing(`volatility of ${order.symbol}`)
    for (const { faces } of held) {
      const [a] = faces
      if (a === undefined) continue
      if (a.volatility === undefined) return missing(`volatility of ${a.symbol}`)
      if (correlationBetween(correlations, ordered, a) === undefined)
        return missing(`correlation of ${order.symbol} and ${a.symbol}`)
    }
    if ('missing' in heldVariance) return missing(heldVariance.missing)
    const leans = cornerTotals(
      held.map(({ faces }) => faces),
      (a) => {
        const withOrder = correlationBetween(correlations, ordered, a)
        invariant(a.volatility !== undefined && withOrder !== undefined, 'what is not known was refused')
        return order.direction * (a.exposure / equity) * a.volatility * own * withOrder
      },
    )
    const corners = heldVariance.of.map((of, corner) => ({
      square: of / (equity * equity),
      lean: leans[corner] ?? Number.NaN,
    }))
    const variance = own * own
    const total = (weight: number): number =>
      Math.sqrt(
        Math.max(0, ...corners.map(({ square, lean }) => square + 2 * lean * weight + variance * weight * weight)),
      )
    const before = fromFloat(total(0))
    const cap = toFloat(max)
    const left = corners.map(
      ({ square, lean }) => (-lean + Math.sqrt(Math.max(0, lean * lean - variance * (square - cap * cap)))) / variance,
    )
    const weight = before.gt(max) ? 0 : Math.min(...left)
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
