import { describe, expect, it } from 'vitest'
import type { BookInput } from '../../../../src/domain/inputs.ts'
import { position, share, type Told } from '../../../support/sizing-fixtures.ts'
import { capped } from '../one-rule.ts'

type Held = Partial<BookInput>
const SELL: Told = { request: { side: 'sell', stop: '105' } }
/** Units at 50. */
const holding = (...units: (readonly [string, string])[]): Held => ({
  positions: units.map(([symbol, quantity]) => position({ spec: share({ symbol }), quantity })),
})
const working = (symbol: string, side: 'buy' | 'sell', quantity: string) => ({
  orderId: `${symbol}-${side}`,
  symbol,
  strategy: null,
  side,
  quantity,
  price: '50',
  stop: side === 'buy' ? '45' : '55',
  spec: share({ symbol }),
})

describe('single_asset', () => {
  const of = (told: Told, held: Held = {}) => capped('single_asset', { max: '0.2' }, told, held).rung

  it('counts what is held and working on the order’s own side, for buys and for sells', () => {
    expect(of({}, { ...holding(['ACME', '100']), working: [working('ACME', 'buy', '60')] })).toMatchObject({
      code: 'SINGLE_ASSET',
      allows: '120',
      limit: '20000',
      before: '8000',
      after: '20000',
      says: 'ACME may be 20,000.00 USD (20.00 % of equity); 8,000.00 is held.',
    })
    expect(of(SELL, { ...holding(['ACME', '-100']), working: [working('ACME', 'sell', '60')] })).toMatchObject({
      allows: '120',
      before: '8000',
    })
  })

  it('does not count a working order of the other side, nor other symbols', () => {
    expect(of({}, { ...holding(['BOLT', '100']), working: [working('ACME', 'sell', '60')] })).toMatchObject({
      allows: '200',
      before: '0',
    })
    expect(of(SELL, { working: [working('ACME', 'buy', '60')] })).toMatchObject({ allows: '200', before: '0' })
  })
})

describe('cluster', () => {
  const ACME = share({ clusters: ['tech', 'us', 'tech'] })
  const of = (caps: Record<string, string>, held: Held = {}) =>
    capped('cluster', { max: '0.4', caps }, { instrument: ACME }, held).rung
  const member = (symbol: string, quantity: string, clusters: readonly string[]): Held => ({
    positions: [position({ spec: share({ symbol, clusters }), quantity })],
  })

  it('takes the tightest of the instrument’s clusters, in whatever order they stand', () => {
    expect(of({ us: '0.3' }, member('BOLT', '-200', ['us']))).toMatchObject({
      code: 'CLUSTER',
      allows: '200',
      limit: '30000',
      before: '10000',
      after: '30000',
      says: 'Cluster us may be 30,000.00 USD (30.00 % of equity); 10,000.00 is held.',
      facts: { cluster: 'us', perUnit: '100' },
    })
    expect(of({ us: '0.3' }, member('BOLT', '600', ['tech']))).toMatchObject({
      allows: '100',
      limit: '40000',
      facts: { cluster: 'tech' },
    })
  })

  it('names the first where two leave as much', () => {
    expect(of({}).facts).toMatchObject({ cluster: 'tech' })
  })

  it('lets a cluster’s own cap stand instead of the general one, the looser too', () => {
    expect(of({ us: '0.9', tech: '0.8' }).limit).toBe('80000')
  })

  it('does not limit an instrument that has none', () => {
    expect(capped('cluster', { max: '0.01', caps: {} }).rung).toMatchObject({
      allows: null,
      limit: null,
      says: 'ACME belongs to no cluster.',
    })
  })
})

describe('gross_exposure and net_exposure', () => {
  const mixed = holding(['BOLT', '-300'], ['CORD', '100'])

  it('gross: longs and shorts added, 160 % of equity at 0.8 and 2', () => {
    expect(capped('gross_exposure', { maxExposure: '0.8', maxLeverage: '2' }, {}, mixed).rung).toMatchObject({
      code: 'GROSS_EXPOSURE',
      allows: '1400',
      limit: '160000',
      before: '20000',
      says: 'All positions may be 160,000.00 USD (equity × 80.00 % × 2); 20,000.00 is held.',
    })
  })

  it('net: longs less shorts, towards the side of the order', () => {
    expect(capped('net_exposure', { max: '0.5' }, {}, mixed).rung).toMatchObject({
      code: 'NET_EXPOSURE',
      allows: '600',
      limit: '50000',
      before: '-10000',
      after: '50000',
      says: 'The book may lean 50,000.00 USD (50.00 % of equity) to one side; it leans -10,000.00 to the buy side.',
    })
    expect(capped('net_exposure', { max: '0.5' }, SELL, mixed).rung).toMatchObject({
      allows: '400',
      before: '10000',
      after: '50000',
    })
  })

  it('net: working orders count only where they add to the side', () => {
    const held = { working: [working('BOLT', 'buy', '100'), working('CORD', 'sell', '300')] }
    expect(capped('net_exposure', { max: '0.5' }, {}, held).rung).toMatchObject({ before: '5000', allows: '450' })
    expect(capped('net_exposure', { max: '0.5' }, SELL, held).rung).toMatchObject({ before: '15000', allows: '350' })
  })
})
