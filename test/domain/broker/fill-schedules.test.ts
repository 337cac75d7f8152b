import { expect, it } from 'vitest'
import { Blotter } from '../../../src/domain/broker/blotter.ts'
import type { OrderReport } from '../../../src/domain/broker/order-report.ts'
import type { OrderTicket } from '../../../src/domain/broker/order-ticket.ts'
import { roundTrips } from '../../../src/domain/ledger/round-trips.ts'
import { Dice, historyCount } from '../../support/history-count.ts'
import { START, ticket } from './paper-room.ts'

const SEED = Number(process.env['BALLAST_SEED'] ?? 20_261_120)
const SCHEDULES = historyCount(4_000)

/** What truly happened to one order, in whole numbers: cents and units. */
interface True {
  readonly ticket: OrderTicket
  readonly executions: {
    id: string
    at: number
    quantity: number
    price: number
    fee: number
    busted: boolean
    revision: number
  }[]
  readonly reports: OrderReport[]
}

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

function trueOrder(dice: Dice, index: number): True {
  const side = dice.pick(['buy', 'sell'] as const)
  const size = 1 + dice.below(20)
  const order = ticket({ clientId: `o${index}`, side, quantity: String(size) })
  const { clientId } = order
  const reports: OrderReport[] = [{ kind: 'accepted', at: START, clientId, brokerId: `b${index}` }]
  const executions: True['executions'] = []
  let left = size
  while (left > 0 && dice.below(5) > 0) {
    const quantity = 1 + dice.below(left)
    left -= quantity
    const id = `e${index}.${executions.length}`
    const one = {
      id,
      at: START + dice.below(5),
      quantity,
      price: 9_900 + dice.below(200),
      fee: dice.below(100),
      busted: false,
      revision: 0,
    }
    executions.push(one)
    reports.push({ kind: 'fill', ...said(one, side, clientId) })
    while (dice.below(6) === 0) {
      one.revision += 1
      one.price += dice.below(21) - 10
      one.fee = dice.below(100)
      reports.push({ kind: 'correction', revision: one.revision, ...said(one, side, clientId) })
    }
    if (dice.below(8) === 0) {
      one.busted = true
      reports.push({ kind: 'bust', at: START + 9, clientId, executionId: id })
      left += quantity
    }
  }
  if (left > 0)
    reports.push(
      dice.below(2) === 0
        ? { kind: 'cancelled', at: START + 9, clientId, says: 'done' }
        : { kind: 'expired', at: START + 9, clientId },
    )
  return { ticket: order, executions, reports }
}

function said(one: True['executions'][number], side: 'buy' | 'sell', clientId: string) {
  const { id, at, quantity, price, fee } = one
  const money = (amount: number): string => (amount / 100).toFixed(2)
  return {
    executionId: id,
    at,
    clientId,
    symbol: 'ACME',
    side,
    quantity: String(quantity),
    price: money(price),
    fee: money(fee),
    feeCurrency: 'USD',
  } as const
}

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

/** First in, first out by execution time, then by id: in whole cents, with nothing of the code it checks. */
function oracle(truth: readonly True[]): { held: number; cost: number; profit: number; fees: number } {
  const standing = truth
    .flatMap(({ ticket: { side }, executions }) =>
      executions.filter(({ busted }) => !busted).map((one) => ({ ...one, side })),
    )
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
  let lots: { signed: number; price: number }[] = []
  let profit = 0
  for (const { quantity, price, side } of standing) {
    let left = side === 'buy' ? quantity : -quantity
    while (left !== 0) {
      const [lot] = lots
      if (lot === undefined || lot.signed > 0 === left > 0) {
        lots.push({ signed: left, price })
        break
      }
      const closed = Math.min(Math.abs(lot.signed), Math.abs(left)) * Math.sign(lot.signed)
      profit += (price - lot.price) * closed
      lot.signed -= closed
      left += closed
      lots = lots.filter(({ signed }) => signed !== 0)
    }
  }
  return {
    held: lots.reduce((sum, { signed }) => sum + signed, 0),
    cost: lots.reduce((sum, { signed, price }) => sum + signed * price, 0),
    profit,
    fees: standing.reduce((sum, { fee }) => sum + fee, 0),
  }
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
