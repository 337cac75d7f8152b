import { isAccountNote } from '../../../src/domain/broker/paper/paper-event.ts'
import { expect, it } from 'vitest'
import { Blotter } from '../../../src/domain/broker/blotter.ts'
import type { OrderTicket } from '../../../src/domain/broker/order-ticket.ts'
import { Dice, historyCount } from '../../support/history-count.ts'
import { share } from '../../support/sizing-fixtures.ts'
import { PaperRoom } from './paper-room.ts'

const SEED = Number(process.env['BALLAST_SEED'] ?? 20_261_120)
const DAYS = historyCount(400)

it(`${DAYS} random days on paper keep their promises, with and without restarts`, { timeout: 3_600_000 }, () => {
  const seen: Record<string, number> = {}
  for (let day = 0; day < DAYS; day += 1) {
    const whole = live(new Dice(SEED + day), null)
    const broken = live(new Dice(SEED + day), new Dice(day))
    expect(broken.events).toEqual(whole.events)
    expect(broken.broker.state()).toEqual(whole.broker.state())
    check(whole)
    for (const { kind } of whole.events) seen[kind] = (seen[kind] ?? 0) + 1
  }
  console.info(`${DAYS} days, seed ${SEED}: ${JSON.stringify(seen)}`)
  for (const kind of ['fill', 'cancelled', 'replaced', 'refused', 'interest', 'expired'])
    expect(seen[kind], kind).toBeGreaterThan(DAYS / 10)
})

/** One day of bars, quotes and orders; `restarts` stops the broker now and then. */
function live(dice: Dice, restarts: Dice | null): PaperRoom {
  const spec = share({ commissionPerUnit: '0.01', commissionMinimum: '1', slippageTicks: '2', marginRate: '0.25' })
  const terms = {
    slippage: dice.pick(['none', 'fixed', 'drawn'] as const),
    participation: dice.pick([null, '0.5']),
    seed: 3,
  }
  const room = new PaperRoom(terms, [spec])
  let price = 10_000
  const step = (): number => (price = Math.max(1_000, price + dice.below(401) - 200))
  room.quote('100')
  for (let turn = 0; turn < 30; turn += 1) {
    const at = (offset: number): string => ((price + offset) / 100).toFixed(2)
    const kind = dice.below(9)
    if (kind <= 2) bar(room, dice, step)
    else if (kind === 3) {
      const bid = step()
      const size = String(dice.below(200))
      room.quote((bid / 100).toFixed(2), ((bid + 2) / 100).toFixed(2), { bidSize: size, askSize: size })
    } else if (kind === 4) room.take(room.broker.roll(room.at, 1 + dice.below(3)))
    else if (kind === 5) {
      const { orders } = room.broker.state()
      if (orders.length > 0) {
        const { clientId } = dice.pick(orders).ticket
        const done =
          dice.below(2) === 0
            ? room.broker.cancel(clientId, room.at)
            : room.broker.replace(clientId, { quantity: String(1 + dice.below(300)) }, room.at)
        if (done.ok) room.take(done.value)
      }
    } else send(room, dice, turn, at)
    if (restarts !== null && restarts.below(3) === 0) room.restart()
  }
  return room
}

function bar(room: PaperRoom, dice: Dice, step: () => number): void {
  const open = step()
  const close = step()
  const high = Math.max(open, close) + dice.below(200)
  const low = Math.min(open, close) - dice.below(200)
  room.bar(open / 100, high / 100, low / 100, close / 100, dice.pick([null, '400', '2000']))
}

function send(room: PaperRoom, dice: Dice, turn: number, at: (offset: number) => string): void {
  const side = dice.pick(['buy', 'sell'] as const)
  const kind = dice.pick(['market', 'limit', 'stop', 'stop-limit'] as const)
  const away = side === 'buy' ? 1 : -1
  const changes: Partial<OrderTicket> = {
    clientId: `o${turn}`,
    side,
    kind,
    quantity: String(1 + dice.below(dice.pick([300, 300, 8_000]))),
    limit: kind.endsWith('limit') ? at(away * (dice.below(300) - 150)) : null,
    trigger: kind.startsWith('stop') ? at(away * dice.below(150)) : null,
    lasts: dice.pick(['day', 'until-cancelled']),
  }
  const held = room.held
  if (held !== '' && dice.below(2) === 0) room.exit({ ...changes, side: held.startsWith('-') ? 'buy' : 'sell' })
  else {
    const protect =
      dice.below(2) === 0 ? { stop: at(-away * 150), target: at(away * 200) } : { stop: null, target: null }
    room.submit({ ...changes, protect })
  }
}

const cents = (price: string): bigint => BigInt(Math.round(Number(price) * 100))

function check(room: PaperRoom): void {
  const blotter = new Blotter()
  const state = room.broker.state()
  for (const { ticket: order, exit } of state.orders) blotter.store(order, exit ? 'exit' : 'entry')
  const tickets = new Map(state.orders.map((order) => [order.ticket.clientId, order]))
  const filled = new Map<string, bigint>()
  const best = new Map<string, bigint>()
  let held = 0n
  let cash = 10_000_000n
  let charged = 0
  for (const event of room.events) {
    if (event.kind === 'interest') charged += Number(event.amount)
    if (isAccountNote(event)) continue
    blotter.take(event)
    if (event.kind !== 'fill') continue
    const order = tickets.get(event.clientId)
    if (order === undefined) throw new Error(`${event.clientId} was filled and is not known`)
    const quantity = BigInt(event.quantity)
    const signed = event.side === 'buy' ? quantity : -quantity
    const price = cents(event.price)
    if (order.exit) {
      expect(held > 0n ? signed < 0n : signed > 0n, 'an exit closes').toBe(true)
      expect(held > 0n ? held + signed >= 0n : held + signed <= 0n, 'an exit is never past flat').toBe(true)
    }
    const { limit, trigger, kind } = order.ticket
    if (limit !== null)
      expect(event.side === 'buy' ? price <= cents(limit) : price >= cents(limit), 'a limit holds').toBe(true)
    // Where little is shown a stop may be set off and find its units only later, at any price.
    if (room.terms.participation === null && kind === 'stop' && trigger !== null && !best.has(event.clientId))
      expect(
        event.side === 'buy' ? price >= cents(trigger) : price <= cents(trigger),
        'a stop is no better than its trigger',
      ).toBe(true)
    best.set(event.clientId, price)
    filled.set(event.clientId, (filled.get(event.clientId) ?? 0n) + quantity)
    held += signed
    cash -= signed * price + cents(event.fee)
  }
  for (const [clientId, quantity] of filled)
    expect(quantity <= BigInt(tickets.get(clientId)?.ticket.quantity ?? 0), 'no order is filled beyond its size').toBe(
      true,
    )
  const [position] = state.account.positions
  expect(BigInt(position?.quantity ?? 0)).toBe(held)
  const value = Number(cash) / 100 + Number(held) * Number(position?.mark ?? 0) - charged
  expect(Number(room.equity)).toBeCloseTo(value, 4)
  expect(blotter.alarms()).toEqual([])
  const sum = blotter
    .fills('main', 'paper')
    .reduce((all, fill) => all + (fill.side === 'buy' ? 1 : -1) * Number(fill.quantity), 0)
  expect(BigInt(sum)).toBe(held)
}
