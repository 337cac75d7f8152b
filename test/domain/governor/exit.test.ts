import { describe, expect, it } from 'vitest'
import { book, codes, onlyRules, position, reading, share, size } from '../../support/sizing-fixtures.ts'

const FREE = onlyRules({})
const ACME = share({ lotStep: '10', minQuantity: '10' })
const long = (quantity = '100') => ({ positions: [position({ spec: ACME, quantity })] })
const sell = (quantity?: string) => ({ instrument: ACME, request: { side: 'sell', stop: undefined, quantity } })

describe('an exit', () => {
  it('closes all that is held where no quantity is typed', () => {
    const decision = size(sell(), long(), FREE)
    expect(decision).toMatchObject({ kind: 'exit', outcome: 'approved', quantity: '100', reasons: [] })
  })

  it('closes an odd lot whole, and a part down to the lot', () => {
    expect(size(sell(), long('104'), FREE).quantity).toBe('104')
    const part = size(sell('57'), long('104'), FREE)
    expect([part.quantity, part.outcome, codes(part)]).toEqual(['50', 'reduced', ['LOT_ROUNDING']])
  })

  it('stops at flat: what would flip the position is a new order', () => {
    const decision = size(sell('250'), long(), FREE)
    expect([decision.quantity, decision.outcome, codes(decision)]).toEqual([
      '100',
      'reduced',
      ['EXIT_PAST_FLAT request.quantity'],
    ])
  })

  it('buys back a short', () => {
    const decision = size({ instrument: ACME, request: { side: 'buy', stop: undefined } }, long('-100'), FREE)
    expect(decision).toMatchObject({ kind: 'exit', side: 'buy', quantity: '100' })
  })

  it('leaves what working orders already close', () => {
    const working = [
      {
        orderId: 'w1',
        symbol: 'ACME',
        strategy: null,
        side: 'sell',
        quantity: '60',
        price: '50',
        stop: null,
        spec: ACME,
      },
    ] as const
    expect(size(sell(), { ...long(), working }, FREE).quantity).toBe('40')
    const all = size(sell(), { ...long(), working: [{ ...working[0], quantity: '100' }] }, FREE)
    expect([all.quantity, codes(all)]).toEqual(['0', ['EXIT_PAST_FLAT request.quantity']])
  })

  it('is decided without prices, rates, limits or equity', () => {
    const told = {
      ...sell(),
      instrument: { ...ACME, currency: 'JPY' },
      account: { enabled: false, equity: reading(null) },
      ordersToday: 1_000_000,
    }
    const decision = size(
      { ...told, request: { ...told.request, entry: 'market' } },
      { positions: [position({ spec: ACME, mark: reading(null) })] },
      FREE,
    )
    expect([decision.quantity, decision.kind]).toEqual(['100', 'exit'])
  })

  it('is decided for an instrument that is no longer known', () => {
    const decision = size({ ...sell(), instrument: null }, long('104'), FREE)
    expect(decision.quantity).toBe('104')
  })

  it('less than one lot is zero with a reason, not a whole lot', () => {
    const decision = size(sell('7'), long(), FREE)
    expect([decision.quantity, decision.outcome, decision.reasons.length > 0]).toEqual(['0', 'rejected', true])
  })

  it('is not what adds to a position or hedges another symbol', () => {
    expect(size({ instrument: ACME }, long(), FREE).kind).toBe('entry')
    expect(
      size({ instrument: share({ symbol: 'BOLT' }), request: { side: 'sell', stop: '105' } }, long(), FREE).kind,
    ).toBe('entry')
  })

  it('tells value and exposure where they are known', () => {
    const decision = size(
      { ...sell('40'), request: { ...sell('40').request, entry: '50' } },
      { ...book(), ...long() },
      FREE,
    )
    expect([decision.notional, decision.exposure.symbolBefore, decision.exposure.symbolAfter]).toEqual([
      '2000',
      '5000',
      '3000',
    ])
  })
})
