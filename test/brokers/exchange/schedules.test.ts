import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dec, text, ZERO } from '../../../src/domain/kernel/money.ts'
import { ExchangeRoom, startStandIn } from './exchange-room.ts'
import type { ExchangeStandIn, Trouble } from './exchange-stand-in.ts'
import { isOpen } from './stand-in-market.ts'

const TROUBLES: readonly Trouble[] = [
  'lost',
  'dropped',
  'cut',
  'fails-after',
  'fails-before',
  'throttled',
  'late',
  'unknown-code',
  'behind',
]
const PATHS = ['/order', '/algoOrder', '/userTrades', '/time', '/positionRisk'] as const

type Act =
  | {
      readonly kind: 'enter'
      readonly as: 'market' | 'limit' | 'stop'
      readonly quantity: number
      readonly stop: boolean
    }
  | { readonly kind: 'leave'; readonly quantity: number }
  | { readonly kind: 'cancel' | 'fill' | 'trigger'; readonly which: number; readonly quantity: number }
  | { readonly kind: 'trouble'; readonly path: (typeof PATHS)[number]; readonly trouble: Trouble }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'restart' }

const quantity = fc.integer({ min: 1, max: 20 })
const which = fc.nat(7)
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('enter' as const),
      as: fc.constantFrom('market', 'limit', 'stop'),
      quantity,
      stop: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('leave' as const), quantity }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom('cancel', 'fill', 'trigger'), which, quantity }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('trouble' as const),
      path: fc.constantFrom(...PATHS),
      trouble: fc.constantFrom(...TROUBLES),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 500, max: 12_000 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
)

const lots = (tenths: number): string => text(dec(tenths).div(10))

async function play(standIn: ExchangeStandIn, before: ExchangeRoom, one: Act, step: number): Promise<ExchangeRoom> {
  const { market } = standIn
  const clientId = `o-${step}`
  switch (one.kind) {
    case 'enter':
      await before.enter({
        clientId,
        kind: one.as,
        quantity: lots(one.quantity),
        limit: one.as === 'limit' ? '100' : null,
        trigger: one.as === 'stop' ? '110' : null,
        protect: { stop: one.stop ? '95' : null, target: null },
      })
      return before
    case 'leave':
      await before.leave({ clientId, quantity: lots(one.quantity) })
      return before
    case 'cancel': {
      const open = before.kept.blotter.orders().filter((order) => order.open.gt(0))
      const chosen = open[one.which % Math.max(1, open.length)]
      if (chosen !== undefined) await before.port.cancel(chosen.ticket.clientId)
      return before
    }
    case 'fill': {
      const open = market.orders.filter(({ status }) => isOpen(status))
      const chosen = open[one.which % Math.max(1, open.length)]
      if (chosen !== undefined) market.fill(chosen, lots(one.quantity))
      return before
    }
    case 'trigger': {
      const waiting = market.conditionals.filter(({ status }) => status === 'NEW')
      const chosen = waiting[one.which % Math.max(1, waiting.length)]
      if (chosen !== undefined) market.trigger(chosen, lots(one.quantity))
      return before
    }
    case 'trouble':
      standIn.troubles.push({ path: one.path, trouble: one.trouble })
      return before
    case 'wait':
      await before.after(one.ms)
      return before
    case 'restart':
      return before.restart(standIn)
  }
}

/** Units every order may have been filled with are counted: told, or still open. */
function countsTheWorst({ market }: ExchangeStandIn, room: ExchangeRoom): void {
  const bought = market.trades.filter(({ side }) => side === 'BUY')
  const true_ = bought.reduce((sum, { qty }) => sum.plus(dec(qty)), ZERO)
  const counted = room.kept.blotter
    .orders()
    .filter(({ role }) => role === 'entry')
    .reduce((sum, { filled, open }) => sum.plus(filled).plus(open), ZERO)
  expect(counted.gte(true_), `${text(counted)} counted, ${text(true_)} bought`).toBe(true)
}

describe('random schedules of faults', () => {
  it('end with the position, fills and fees of the exchange, and no order twice', async () => {
    const standIns: ExchangeStandIn[] = []
    // Started outside of the property, so that they live until the test ends.
    for (let index = 0; index < 25; index += 1) standIns.push(await startStandIn())
    let run = 0
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 25 }), async (acts) => {
        const standIn = standIns[run++ % standIns.length] ?? (await startStandIn())
        standIn.forget()
        let room = new ExchangeRoom(standIn)
        for (const [step, one] of acts.entries()) {
          room = await play(standIn, room, one, step)
          countsTheWorst(standIn, room)
        }
        standIn.troubles.length = 0
        for (let times = 0; times < 8; times += 1) await room.after(12_000)
        const told = room.kept.blotter.fills('main', 'exchange')
        expect(told.map(({ executionId }) => executionId).sort()).toEqual(
          standIn.market.trades.map(({ id }) => `BTCUSDT-${id}`).sort(),
        )
        expect(room.held()).toBe(text(standIn.market.positions.get('BTCUSDT') ?? ZERO))
        const fees = told.reduce((sum, { fee }) => sum.plus(dec(fee)), ZERO)
        const charged = standIn.market.trades.reduce((sum, { commission }) => sum.plus(dec(commission)), ZERO)
        expect(text(fees)).toBe(text(charged))
        expect([...standIn.taken().values()].every((count) => count === 1)).toBe(true)
        expect(room.kept.blotter.unknown()).toEqual([])
        const open = room.kept.blotter.orders().filter((order) => order.open.gt(0) && order.stage === 'working')
        const there = standIn.market.orders.filter(({ status }) => isOpen(status)).length
        expect(open).toHaveLength(there + standIn.market.conditionals.filter(({ status }) => status === 'NEW').length)
        room.port.close()
      }),
      { numRuns: Number(process.env['BALLAST_SCHEDULES'] ?? 25) },
    )
  }, 120_000)
})
