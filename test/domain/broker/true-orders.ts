import type { OrderReport } from '../../../src/domain/broker/order-report.ts'
import type { OrderTicket } from '../../../src/domain/broker/order-ticket.ts'
import type { Dice } from '../../support/history-count.ts'
import { START, ticket } from './paper-room.ts'

/** What truly happened to one order, in whole numbers: cents and units. */
export interface True {
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

/** One order, what truly became of it, and what the broker says of that. Of an order named `name` all ids begin so. */
export function trueOrder(dice: Dice, index: number, symbol = 'ACME', name = ''): True {
  const side = dice.pick(['buy', 'sell'] as const)
  const size = 1 + dice.below(20)
  const order = ticket({ clientId: `${name}o${index}`, symbol, side, quantity: String(size) })
  const { clientId } = order
  const reports: OrderReport[] = [{ kind: 'accepted', at: START, clientId, brokerId: `b${index}` }]
  const executions: True['executions'] = []
  let left = size
  while (left > 0 && dice.below(5) > 0) {
    const quantity = 1 + dice.below(left)
    left -= quantity
    const id = `${name}e${index}.${executions.length}`
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
    reports.push({ kind: 'fill', ...said(one, side, clientId, symbol) })
    while (dice.below(6) === 0) {
      one.revision += 1
      one.price += dice.below(21) - 10
      one.fee = dice.below(100)
      reports.push({ kind: 'correction', revision: one.revision, ...said(one, side, clientId, symbol) })
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

function said(one: True['executions'][number], side: 'buy' | 'sell', clientId: string, symbol: string) {
  const { id, at, quantity, price, fee } = one
  const money = (amount: number): string => (amount / 100).toFixed(2)
  return {
    executionId: id,
    at,
    clientId,
    symbol,
    side,
    quantity: String(quantity),
    price: money(price),
    fee: money(fee),
    feeCurrency: 'USD',
  } as const
}

/** First in, first out by execution time, then by id: in whole cents, with nothing of the code it checks. */
export function oracle(truth: readonly True[]): { held: number; cost: number; profit: number; fees: number } {
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
