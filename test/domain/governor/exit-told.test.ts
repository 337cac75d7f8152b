import { describe, expect, it } from 'vitest'
import { future, NOW, position, rate, reading, share, size, type Told } from '../../support/sizing-fixtures.ts'
import { only } from './one-rule.ts'

const FREE = only({})
const ACME = share({ currency: 'EUR', lotStep: '10', minQuantity: '10' })
const HELD = {
  positions: [position({ spec: ACME, quantity: '104', stop: null }), position({ spec: share({ symbol: 'BOLT' }) })],
  rates: [rate('EUR', 'USD', '1.1')],
}
const sell = (more: Told['request'] = {}): Told => ({
  instrument: ACME,
  request: { side: 'sell', stop: undefined, entry: '60', strategy: 'alpha', ...more },
  strategy: null,
})

describe('an exit', () => {
  it('tells its value and the exposure it leaves', () => {
    expect(size(sell({ quantity: '57' }), HELD, FREE)).toEqual({
      schema: 1,
      engine: '1.0.0',
      at: NOW,
      accountId: 'main',
      bookKind: 'paper',
      kind: 'exit',
      symbol: 'ACME',
      side: 'sell',
      strategy: 'alpha',
      method: null,
      outcome: 'reduced',
      quantity: '50',
      proposed: '57',
      entry: '60',
      stop: null,
      target: null,
      currency: 'USD',
      notional: '3300',
      riskAmount: '0',
      riskFraction: null,
      weight: null,
      r: null,
      lossPerUnit: null,
      rewardAmount: null,
      costs: { commission: '0', spread: '0', slippage: '0', total: '0' },
      exposure: {
        // 104 at 50 euros and 100 at 50 dollars.
        grossBefore: '10720',
        grossAfter: '7420',
        netBefore: '10720',
        netAfter: '7420',
        leverageBefore: null,
        leverageAfter: null,
        symbolBefore: '5720',
        symbolAfter: '2420',
      },
      binding: 'exit',
      ladder: [],
      steps: [
        {
          stage: 'exit',
          rule: 'exit',
          title: 'Exit',
          before: '57',
          after: '50',
          factor: null,
          ceiling: '104',
          passed: false,
          code: 'LOT_ROUNDING',
          facts: { held: '104' },
          says: 'Exit: sell 50 ACME; exits are never blocked by a limit.',
        },
      ],
      reasons: [{ code: 'LOT_ROUNDING', says: 'Rounded down to the lot of 10.' }],
      says: 'Exit: sell 50 ACME; exits are never blocked by a limit.',
    })
  })

  it('in full is approved, without a reason', () => {
    const decision = size(sell(), HELD, FREE)
    expect(decision).toMatchObject({ outcome: 'approved', quantity: '104', binding: null, reasons: [] })
    expect(decision.steps[0]).toMatchObject({ before: '104', after: '104', passed: true, code: null })
    expect(size(sell({ quantity: '104' }), HELD, FREE)).toMatchObject({ outcome: 'approved', quantity: '104' })
    expect(size(sell({ quantity: '50' }), HELD, FREE)).toMatchObject({ outcome: 'approved', reasons: [] })
  })

  it('past flat says what is left for an order of its own', () => {
    const decision = size(sell({ quantity: '250' }), HELD, FREE)
    expect(decision.reasons).toEqual([
      {
        code: 'EXIT_PAST_FLAT',
        field: 'request.quantity',
        says: '104 of 250 units close the position; the rest would open a new one: send it as its own order.',
      },
    ])
    expect(decision).toMatchObject({ quantity: '104', outcome: 'reduced', proposed: '250', binding: 'exit' })
  })

  it('of less than a lot says so, and of what is working already too', () => {
    const less = size(sell({ quantity: '7' }), HELD, FREE)
    expect(less.reasons).toEqual([{ code: 'LOT_ROUNDING', says: 'Rounded down to the lot of 10.' }])
    expect(less).toMatchObject({ quantity: '0', outcome: 'rejected', says: 'Rounded down to the lot of 10.' })
    const order = {
      orderId: 'w',
      symbol: 'ACME',
      strategy: null,
      side: 'sell',
      price: '50',
      stop: null,
      spec: ACME,
    } as const
    const closed = size(
      sell(),
      {
        ...HELD,
        working: [
          { ...order, quantity: '64' },
          { ...order, orderId: 'x', quantity: '40' },
        ],
      },
      FREE,
    )
    expect(closed.reasons).toEqual([
      {
        code: 'EXIT_PAST_FLAT',
        field: 'request.quantity',
        says: 'Working orders already close the whole position in ACME.',
      },
    ])
    expect(closed).toMatchObject({ quantity: '0', outcome: 'rejected', proposed: '0' })
    const over = size(sell(), { ...HELD, working: [{ ...order, quantity: '200' }] }, FREE)
    expect([over.quantity, over.steps[0]?.ceiling]).toEqual(['0', '0'])
    const elsewhere = [
      { ...order, side: 'buy' as const, quantity: '30' },
      { ...order, orderId: 'x', symbol: 'BOLT', spec: share({ symbol: 'BOLT' }), quantity: '30' },
    ]
    expect(size(sell(), { ...HELD, working: elsewhere }, FREE).quantity).toBe('104')
  })

  it('of a symbol held by several strategies counts what they hold together', () => {
    const positions = [
      position({ spec: ACME, quantity: '104', strategy: 'a' }),
      position({ spec: ACME, quantity: '-24', strategy: 'b' }),
    ]
    expect(size(sell(), { positions, rates: HELD.rates }, FREE).quantity).toBe('80')
    const flat = [position({ spec: share() }), position({ spec: share(), quantity: '-100', strategy: 'b', stop: '55' })]
    expect(size({ request: { side: 'sell', stop: '105' } }, { positions: flat }, FREE).kind).toBe('entry')
  })

  it('buys back a short, and says so', () => {
    const positions = [position({ spec: ACME, quantity: '-104', stop: null })]
    const decision = size(
      { instrument: ACME, request: { side: 'buy', stop: undefined, entry: '60', quantity: '50' } },
      { positions, rates: HELD.rates },
      FREE,
    )
    expect(decision).toMatchObject({
      quantity: '50',
      says: 'Exit: buy 50 ACME; exits are never blocked by a limit.',
      exposure: {
        grossBefore: '5720',
        grossAfter: '2420',
        netAfter: '-2420',
        symbolBefore: '-5720',
        symbolAfter: '-2420',
      },
    })
  })

  it('takes the last price at the market, and tells no value where there is none', () => {
    const at = (last: Told['last']) =>
      size({ ...sell({ entry: 'market', quantity: '50' }), ...(last === undefined ? {} : { last }) }, HELD, FREE)
    expect(at(reading('60'))).toMatchObject({ entry: '60', notional: '3300' })
    const none = { quantity: '50', notional: '0', exposure: { grossBefore: '0', symbolBefore: '0' } }
    expect(at(reading(null))).toMatchObject({ ...none, entry: null })
    expect(at(null as never)).toMatchObject({ ...none, entry: null })
    expect(at(reading('0'))).toMatchObject({ ...none, entry: '0' })
    expect(at(reading('-1'))).toMatchObject({ ...none, entry: '-1' })
  })

  it('tells no value where no rate or no specification is known', () => {
    expect(size(sell({ quantity: '50' }), { ...HELD, rates: [] }, FREE)).toMatchObject({
      quantity: '50',
      notional: '0',
      exposure: { grossBefore: '0' },
    })
    const broken = { ...ACME, tickSize: 'x' }
    expect(size({ ...sell({ quantity: '57' }), instrument: broken }, HELD, FREE)).toMatchObject({
      quantity: '57',
      notional: '0',
    })
    expect(size({ ...sell({ quantity: '57' }), instrument: null }, HELD, FREE)).toMatchObject({ quantity: '57' })
  })

  it('is valued with the multiplier of its contract', () => {
    const spec = future('ACME', '0.25', '50')
    const decision = size(
      { instrument: spec, request: { side: 'sell', stop: undefined, entry: '60' } },
      { positions: [position({ spec, quantity: '2' })] },
      FREE,
    )
    expect(decision.notional).toBe('6000')
  })
})
