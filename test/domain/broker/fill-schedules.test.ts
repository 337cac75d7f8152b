import { expect, it } from 'vitest'
import { Blotter } from '../../../src/domain/broker/blotter.ts'
import { roundTrips } from '../../../src/domain/ledger/round-trips.ts'
import { Dice, historyCount } from '../../support/history-count.ts'
import { oracle, trueOrder, type True } from './true-orders.ts'

const SEED = Number(process.env['BALLAST_SEED'] ?? 20_261_120)
const SCHEDULES = historyCount(4_000)

it(`${SCHEDULES} schedules of fills end in the book of the sequential oracle`, { timeout: 3_600_000 }, () => {
  const seen = { reports: 0, twice: 0, busts: 0, corrections: 0, restarts: 0, early: 0, unknown: 0 }
  for (let schedule = 0; schedule < SCHEDULES; schedule += 1) {
    const dice = new Dice(SEED + schedule)
    const truth = Array.from({ length: 1 + dice.below(4) }, (_, index) => trueOrder(dice, index))
    const blotter = deliver(dice, truth, seen)
    check(blotter, truth)
  }
  console.info(`${SCHEDULES} schedules, seed ${SEED}: ${JSON.stringify(seen)}`)
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(SCHEDULES / 20)
})

/** Reports come twice, late and in any order; the desk stops in between and reads its own records again. */
function deliver(dice: Dice, truth: readonly True[], seen: Record<string, number>): Blotter {
  const count = (name: string, by = 1): void => {
    seen[name] = (seen[name] ?? 0) + by
  }
  const all = truth.flatMap(({ reports }) => reports)
  const again = all.filter(() => dice.below(3) === 0)
  const order = dice.below(2) === 0 ? dice.shuffle([...all, ...again]) : [...all, ...again]
  count('reports', order.length)
  count('twice', again.length)
  count('busts', all.filter(({ kind }) => kind === 'bust').length)
  count('corrections', all.filter(({ kind }) => kind === 'correction').length)
  if (order[0]?.kind !== 'accepted') count('early')
  let blotter = new Blotter()
  const begin = (): void => {
    for (const { ticket: one } of truth) {
      blotter.store(one, 'entry')
      blotter.sent(one.clientId)
      if (dice.below(10) === 0) {
        blotter.outcomeUnknown(one.clientId)
        count('unknown')
      }
    }
  }
  begin()
  order.forEach((report, index) => {
    blotter.take(report)
    if (dice.below(20) > 0) return
    count('restarts')
    blotter = new Blotter()
    begin()
    for (const known of order.slice(0, index + 1)) blotter.take(known)
  })
  return blotter
}

function check(blotter: Blotter, truth: readonly True[]): void {
  const { held, cost, profit, fees } = oracle(truth)
  const fills = blotter.fills('main', 'paper')
  const { trades, holdings } = roundTrips(fills, {
    accountCurrency: 'USD',
    currency: 'USD',
    pointValue: '1',
    rate: () => '1',
  })
  const [holding] = holdings
  expect(Number(holding?.quantity ?? 0)).toBe(held)
  if (holding !== undefined) expect(Number(holding.averagePrice) * held * 100).toBeCloseTo(cost, 6)
  const net = trades.reduce((sum, trade) => sum + Number(trade.profit) + Number(trade.fees), 0)
  expect(net * 100).toBeCloseTo(profit, 6)
  expect(Math.round(fills.reduce((sum, { fee }) => sum + Number(fee), 0) * 100)).toBe(fees)
  expect(blotter.alarms()).toEqual([])
  for (const { ticket: one, executions } of truth) {
    const filled = executions.reduce((sum, { quantity, busted }) => sum + (busted ? 0 : quantity), 0)
    const known = blotter.order(one.clientId)
    expect(Number(known?.filled)).toBe(filled)
    expect(Number(known?.open), 'an order that ended can fill no more').toBe(0)
    expect(known?.stage === 'filled').toBe(filled === Number(one.quantity))
  }
}
