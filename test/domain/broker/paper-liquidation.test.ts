import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { share } from '../../support/sizing-fixtures.ts'
import { PaperRoom } from './paper-room.ts'

/** 1,000 shares bought at 100 with 60,000, half of a position as margin: 50,000 are in use. */
function levered(
  below: string | null,
  more: Parameters<PaperRoom['submit']>[0] = {},
  participation: string | null = null,
): PaperRoom {
  const liquidation = below === null ? null : { below, accountId: 'main' }
  const specs = [share({ marginRate: '0.5' }), share({ symbol: 'BOLT', marginRate: '0.5' })]
  const room = new PaperRoom({ liquidation, participation }, specs, '60000')
  room.quote(100)
  room.submit({ quantity: '1000', ...more })
  return room
}

describe('a paper account whose equity falls', () => {
  it('is called first: at 80 its 40,000 still cover the margin of 40,000, below they do not', () => {
    const room = levered('0.5')
    expect(room.quote(80)).toEqual([])
    expect(room.quote('79.99')).toEqual(['margin call'])
    expect(room.quote('79.98')).toEqual([])
  })

  it('is liquidated where equity is below half of the margin: 1,000·p − 40,000 < 250·p below 53.33', () => {
    const room = levered('0.5')
    room.quote(79)
    expect(room.quote('53.34')).toEqual([])
    expect(room.quote('53.33')).toEqual([
      'liquidation',
      'liquidation-ACME-2 accepted',
      'liquidation-ACME-2 sell 1000 @ 53.33',
    ])
    expect([room.held, room.equity]).toEqual(['', '13330'])
    expect(room.quote('20')).toEqual([])
    const [note] = room.events.filter(({ kind }) => kind === 'liquidation')
    expect(note).toMatchObject({
      equity: '13330',
      used: '26665',
      says: 'Equity of 13,330.00 USD is below 50.00 % of the margin of 26,665.00 in use: positions are closed.',
    })
  })

  it('is only called where it has no such term, however far it falls', () => {
    const room = levered(null)
    expect(['79', '53', '41', '10'].flatMap((price) => room.quote(price))).toEqual(['margin call'])
    expect(room.held).toBe('1000 @ 100')
  })

  it('loses its entries and its protective exits with the position, and each strategy closes its own', () => {
    const room = levered('0.5', { strategy: 'swing', quantity: '600', protect: { stop: null, target: '150' } })
    room.submit({ clientId: 'b', strategy: 'other', quantity: '400' })
    room.submit({ clientId: 'c', kind: 'limit', limit: '10', quantity: '10' })
    expect(room.quote('50')).toEqual([
      'margin call',
      'liquidation',
      'c cancelled',
      'liquidation-ACME-5 accepted',
      'liquidation-ACME-5 sell 600 @ 50',
      'liquidation-ACME-6 accepted',
      'liquidation-ACME-6 sell 400 @ 50',
      'a.target cancelled',
    ])
    const closed = room.events.flatMap((event) =>
      event.kind === 'accepted' && event.ticket?.decisionId === 'liquidation'
        ? [[event.ticket.strategy, event.ticket.quantity, event.ticket.accountId]]
        : [],
    )
    expect(closed).toEqual([
      ['swing', '600', 'main'],
      ['other', '400', 'main'],
    ])
    expect(room.held).toBe('')
  })

  it('closes the largest margin first, and no more than covers the rest', () => {
    const room = levered('0.5', { quantity: '900' })
    room.quote(100, 100, { symbol: 'BOLT' })
    room.submit({ clientId: 'b', symbol: 'BOLT', quantity: '50' })
    // 60,000 − 900·(100 − p) < 0.5·(450·p + 2,500) below p = 46.3: ACME goes, BOLT's 2,500 is covered.
    const said = room.quote('46')
    expect(said.filter((one) => one.startsWith('liquidation-'))).toEqual([
      'liquidation-ACME-3 accepted',
      'liquidation-ACME-3 sell 900 @ 46',
    ])
    expect(room.held).toBe('50 @ 100')
  })

  it('does it once while its order is worked off: 400 of 1,000 at each quote', () => {
    const room = levered('0.5', {}, '1')
    const said = ['53', '52', '51'].map((bid) => room.quote(bid, bid, { bidSize: '400' }))
    expect(said.map((one) => one.at(-1))).toEqual([
      'liquidation-ACME-2 sell 400 @ 53',
      'liquidation-ACME-2 sell 400 @ 52',
      'liquidation-ACME-2 sell 200 @ 51',
    ])
    const ids = new Set(room.events.flatMap((event) => (event.kind === 'fill' ? [event.clientId] : [])))
    expect([...ids]).toEqual(['a', 'liquidation-ACME-2'])
    expect(room.held).toBe('')
  })

  it('is the same broker after a restart, with what each strategy holds', () => {
    const [one, other] = [levered('0.5', { strategy: 'swing' }), levered('0.5', { strategy: 'swing' })]
    other.restart()
    expect(other.quote('50')).toEqual(one.quote('50'))
  })

  it('keeps equity above nothing at any price where the term leaves room, and never turns a position round', () => {
    const steps = fc.array(fc.integer({ min: -300, max: 250 }), { minLength: 5, maxLength: 60 })
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 9 }), (moves, tenths) => {
        const room = levered(String(tenths / 10))
        let cents = 10_000
        for (const move of moves) {
          cents = Math.max(100, cents + move)
          room.quote((cents / 100).toFixed(2))
          const { equity, marginUsed } = room.broker.standing()
          if (Number(marginUsed) > 0)
            expect(Number(equity)).toBeGreaterThanOrEqual((tenths / 10) * Number(marginUsed) - 1e-6)
          const held = room.broker.state().account.positions[0]?.quantity ?? '0'
          expect(Number(held)).toBeGreaterThanOrEqual(0)
          expect(Number(held)).toBeLessThanOrEqual(1_000)
        }
      }),
    )
  })
})

describe('interest of a paper account', () => {
  it('is what is held beyond equity, at the rate, by nights of 365, and three nights cost three times one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_200 }), fc.integer({ min: 1, max: 30 }), (quantity, nights) => {
        const room = levered(null, { quantity: String(quantity) })
        const borrowed = Math.max(0, quantity * 100 - 60_000)
        const before = Number(room.equity)
        const said = room.take(room.broker.roll(room.at, nights))
        const due = Math.trunc(((borrowed * 65 * nights) / 365 / 1_000) * 1e8) / 1e8
        expect(said).toHaveLength(borrowed > 0 ? 1 : 0)
        expect(before - Number(room.equity)).toBeCloseTo(due, 7)
      }),
    )
  })
})
