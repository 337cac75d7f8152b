import { capacityOf, lossOf } from '../../costs.ts'
import { dec, fromFloat, larger, say, sayPercent, text, toFloat, ZERO, type Dec } from '../../kernel/money.ts'
import { choice, fraction, number } from '../../kernel/setting.ts'
import type { Sizing } from '../../sizing/order.ts'
import { cornerTotals } from '../fill-corners.ts'
import { countedProduct, heldRisks, mostAlike, type HeldRisk, type HeldRisks } from '../held-risks.ts'
import { largestMean } from '../mean-together.ts'
import { defineCeiling, type Ceiling } from '../rule.ts'

/** A float64 budget is cut by this share before it becomes a capacity, so that rounding can never overstate it. */
const SAFETY = dec('0.9999999999')

/**
 * Open risk with the order ≤ max · equity, in one of two forms: `correlated` √(r′Cr) over signed risks, or
 * `penalised_sum` (Σ|r|)·(1 + ρ̄·(adjustment − 1)) with ρ̄ the mean over pairs of max(0, direction-signed correlation).
 * What has no stop counts with the stated gap; unknown correlations count as the worst case. Working orders count as
 * filled wherever that leaves less: `correlated` whichever of them fill, `penalised_sum` each at its worst.
 */
export const portfolioRisk = defineCeiling({
  id: 'portfolio_risk',
  title: 'Open risk',
  code: 'OPEN_RISK',
  says: 'The risk of all open positions and this order, correlations counted, stays within a share of equity.',
  settings: {
    max: fraction({
      title: 'Most open risk',
      help: 'Share of equity at risk to the stops: 0.03 is 3 %.',
      least: '0',
      most: '1',
      above: true,
    }),
    form: choice(
      ['correlated', 'penalised_sum'],
      'How risks add up',
      'By their correlation matrix, or as a sum with a penalty for the mean correlation.',
    ),
    adjustment: number({
      title: 'Correlation adjustment',
      help: 'Penalised sum at a mean correlation of 1: 1.5 charges half as much again.',
      least: '1',
      most: '5',
      stricter: 'higher',
    }),
  },
  evaluate(sizing, { max, form, adjustment }) {
    const limit = sizing.standing.equity.times(max)
    return form === 'correlated' ? correlated(sizing, limit, max) : penalised(sizing, limit, max, toFloat(adjustment))
  },
})

function correlated(sizing: Sizing, limit: Dec, max: Dec): Ceiling {
  const { loss, standing } = sizing
  const { held, own, correlations, squares, stressed, unknown: apart } = heldRisks(sizing)
  const unknown = new Set(apart)
  const leans = cornerTotals(
    held.map(({ faces }) => faces),
    (face, working) => countedProduct(correlations, own, face, working, unknown),
  )
  const corners = squares.map((square, corner) => ({ square, lean: leans[corner] ?? Number.NaN }))
  const total = (added: number): number =>
    Math.sqrt(Math.max(0, ...corners.map(({ square, lean }) => square + 2 * lean * added + added * added)))
  const before = fromFloat(total(0))
  const cap = toFloat(limit)
  const left = corners.map(({ square, lean }) => -lean + Math.sqrt(Math.max(0, lean * lean - square + cap * cap)))
  const room = before.gt(limit) ? 0 : Math.min(...left)
  const budget = larger(fromFloat(Math.max(0, room)).times(SAFETY), ZERO)
  const gaps = unknown.size === 0 ? '' : ` Not studied, so counted at the worst: ${[...unknown].sort().join(', ')}.`
  return {
    kind: 'cap',
    unit: 'money',
    limit,
    before,
    useOf: (quantity) => fromFloat(total(toFloat(lossOf(loss, quantity)))),
    capacity: capacityOf(loss, budget),
    says: `Open risk may be ${say(limit)} ${standing.currency} (${sayPercent(max)} of equity); correlated it is ${say(before)}, with all correlations at 1 it is ${say(fromFloat(Math.sqrt(stressed)))}.${gaps}`,
    facts: { stressed: text(fromFloat(Math.sqrt(stressed))), unknownPairs: [...unknown].sort().join(' ') },
  }
}

function penalised(sizing: Sizing, limit: Dec, max: Dec, adjustment: number): Ceiling {
  const { loss, standing } = sizing
  const risks = heldRisks(sizing)
  const { held } = risks
  const unknown = new Set(risks.unknown)
  const mean = meanTogether(risks, unknown)
  const penalty = fromFloat(1 + mean * (adjustment - 1))
  const open = fromFloat(held.reduce((total, { most }) => total + most, 0))
  const before = open.times(penalty)
  const budget = larger(limit.minus(before), ZERO).div(penalty).times(SAFETY)
  return {
    kind: 'cap',
    unit: 'money',
    limit,
    before,
    useOf: (quantity) => before.plus(lossOf(loss, quantity).times(penalty)),
    capacity: capacityOf(loss, budget),
    says: `Open risk may be ${say(limit)} ${standing.currency} (${sayPercent(max)} of equity); it is ${say(open)} × ${say(penalty, 4)} for a mean correlation of ${mean.toFixed(2)}.`,
    facts: { meanCorrelation: String(mean), penalty: text(penalty), unknownPairs: [...unknown].sort().join(' ') },
  }
}

/**
 * The largest mean over pairs of how they move together, whichever working orders fill; never below it, and met where
 * at most two symbols have nothing but working orders.
 */
function meanTogether({ held, own, correlations, together }: HeldRisks, unknown: Set<string>): number {
  const itself = held.find(({ symbol }) => symbol === own.symbol)
  const isHeld = itself?.isHeld === true
  const faces: readonly HeldRisk[] = [own, ...(itself?.faces ?? [])]
  let count = isHeld ? 0 : 1
  let sum = together.positions
  const links: number[] = []
  for (const { symbol, isHeld: counted, faces: others } of held) {
    if (counted) count += 1
    const added = isHeld || symbol === own.symbol ? 0 : mostAlike(correlations, faces, others, unknown)
    if (counted) sum += added
    else if (symbol !== own.symbol) links.push((together.working.get(symbol) ?? 0) + added)
  }
  return largestMean(sum, count, links, together.strongest)
}
