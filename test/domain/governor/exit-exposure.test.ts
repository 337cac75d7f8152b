import { describe, expect, it } from 'vitest'
import { position, rate, reading, share, size, type Told } from '../../support/sizing-fixtures.ts'
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

describe('the exposure after an exit', () => {
  it('tells exposure in the worse direction, working orders counted', () => {
    const order = { strategy: null, price: '50', stop: null } as const
    const [acme, bolt] = [
      { ...order, orderId: 'a', symbol: 'ACME', quantity: '30', spec: ACME },
      { ...order, orderId: 'b', symbol: 'BOLT', quantity: '40', spec: share({ symbol: 'BOLT' }) },
    ] as const
    const working = [
      { ...acme, side: 'buy' },
      { ...bolt, side: 'sell' },
    ] as const
    // Sold from 134 at 55 dollars if the buy fills, beside 100 of BOLT at 50; net down to 60 of BOLT if that sale fills.
    expect(size(sell({ quantity: '50' }), { ...HELD, working }, FREE).exposure).toMatchObject({
      grossBefore: '12370',
      netBefore: '8720',
      netAfter: '5420',
      symbolBefore: '7370',
      symbolAfter: '4070',
    })
    const short = [
      position({ spec: ACME, quantity: '-104', stop: null }),
      position({ spec: share({ symbol: 'BOLT' }) }),
    ]
    const sale = [
      { ...acme, side: 'sell' as const },
      { ...bolt, side: 'buy' as const },
    ]
    const buy = { instrument: ACME, request: { side: 'buy', stop: undefined, entry: '60', quantity: '50' } }
    expect(size(buy, { positions: short, rates: HELD.rates, working: sale }, FREE).exposure).toMatchObject({
      netBefore: '1280',
      netAfter: '4580',
      symbolBefore: '-7370',
      symbolAfter: '-4070',
    })
  })

  it('is told with the exposure of nothing where what is held has no mark', () => {
    const positions = [position({ spec: ACME, quantity: '104', stop: null, mark: reading(null) })]
    expect(size(sell({ quantity: '50' }), { positions, rates: HELD.rates }, FREE)).toMatchObject({
      notional: '3300',
      exposure: { grossBefore: '0', grossAfter: '0', symbolBefore: '0', symbolAfter: '-3300' },
    })
  })

  it('is freed by no working order whose quantity is broken', () => {
    const order = {
      orderId: 'w',
      symbol: 'ACME',
      strategy: null,
      side: 'sell',
      price: '50',
      stop: null,
      spec: ACME,
    } as const
    for (const quantity of ['-50', 'x'])
      expect(size(sell(), { ...HELD, working: [{ ...order, quantity }] }, FREE).quantity).toBe('104')
  })

  it('never leaves less than no exposure where the price is above the mark', () => {
    const positions = [position({ spec: ACME, quantity: '104', stop: null })]
    const decision = size(sell({ entry: '900' }), { positions, rates: HELD.rates }, FREE)
    expect(decision.exposure).toMatchObject({ grossBefore: '5720', grossAfter: '0', symbolAfter: '-97240' })
  })
})
