import { describe, expect, it } from 'vitest'
import type { BookInput } from '../../../src/domain/inputs.ts'
import { codes, future, onlyRules, position, reading, share, size, type Told } from '../../support/sizing-fixtures.ts'

interface Case {
  readonly says: string
  readonly rule: string
  readonly settings: Record<string, unknown>
  readonly told?: Told
  readonly held?: Partial<BookInput>
  readonly quantity: string
  readonly code: string
  readonly limit: string
  readonly before: string
  readonly after: string
}

/** A buy of 5,000 shares at 100 with a stop at 95 on 100,000 USD, unless told otherwise. */
const asked = { quantity: '5000' }
const strategy = { code: 'alpha', budget: '0.15', fixedQuantity: null, method: null, enabled: true }
const ACME = share({ clusters: ['tech', 'us'] })
const long = (symbol: string, changes: Parameters<typeof position>[0] = {}) =>
  position({ spec: share({ symbol, clusters: ['tech'] }), ...changes })

const CASES: readonly Case[] = [
  {
    says: 'the loss at the stop within 1 % of equity',
    rule: 'risk_per_trade',
    settings: { max: '0.01' },
    quantity: '200',
    code: 'RISK_PER_TRADE',
    limit: '1000',
    before: '0',
    after: '1000',
  },
  {
    says: 'loss of the day, open risk and new risk within 3 % of the opening equity, deposits aside',
    rule: 'daily_loss',
    settings: { max: '0.03' },
    // Opened at 100,000, 500 paid in, now 99,500: 1,000 lost. 100 HELD from 50 to a stop at 45 risk 500.
    told: {
      equity: '99500',
      account: {
        openingEquity: { day: reading('100000'), week: reading('1'), month: reading('1') },
        flows: { day: '500', week: '0', month: '0' },
      },
    },
    held: { positions: [position()] },
    quantity: '300',
    code: 'DAILY_LOSS',
    limit: '3000',
    before: '1500',
    after: '3000',
  },
  {
    says: 'the symbol with what is held within 20 % of equity',
    rule: 'single_asset',
    settings: { max: '0.2' },
    held: { positions: [long('ACME')] },
    quantity: '150',
    code: 'SINGLE_ASSET',
    limit: '20000',
    before: '5000',
    after: '20000',
  },
  {
    says: 'each cluster of the instrument within its own cap, the tightest counting',
    rule: 'cluster',
    settings: { max: '0.5', caps: { tech: '0.3' } },
    told: { instrument: ACME },
    held: { positions: [long('BOLT', { quantity: '-200' })] },
    quantity: '200',
    code: 'CLUSTER',
    limit: '30000',
    before: '10000',
    after: '30000',
  },
  {
    says: 'long and short together within equity × exposure × leverage',
    rule: 'gross_exposure',
    settings: { maxExposure: '0.8', maxLeverage: '2' },
    held: { positions: [long('BOLT', { quantity: '-200' })] },
    quantity: '1500',
    code: 'GROSS_EXPOSURE',
    limit: '160000',
    before: '10000',
    after: '160000',
  },
  {
    says: 'longs less shorts within equity: shorts leave more room for a buy',
    rule: 'net_exposure',
    settings: { max: '1' },
    held: { positions: [long('BOLT', { quantity: '-200' })] },
    quantity: '1100',
    code: 'NET_EXPOSURE',
    limit: '100000',
    before: '-10000',
    after: '100000',
  },
  {
    says: 'the strategy within its own budget',
    rule: 'strategy_budget',
    settings: { fallback: '0.5' },
    told: { strategy, request: { ...asked, strategy: 'alpha' } },
    held: { positions: [long('BOLT', { strategy: 'alpha' })] },
    quantity: '100',
    code: 'BUDGET',
    limit: '15000',
    before: '5000',
    after: '15000',
  },
  {
    says: 'the strategy within the fallback where it has no budget',
    rule: 'strategy_budget',
    settings: { fallback: '0.2' },
    told: { strategy: { ...strategy, budget: null }, request: { ...asked, strategy: 'alpha' } },
    held: { positions: [long('BOLT', { strategy: 'beta' })] },
    quantity: '200',
    code: 'BUDGET',
    limit: '20000',
    before: '0',
    after: '20000',
  },
  {
    says: 'margin in use and of the order within equity, a share of the value',
    rule: 'buying_power',
    settings: { usable: '1' },
    told: { instrument: share({ marginRate: '0.25' }) },
    held: { positions: [long('BOLT')] },
    quantity: '3800',
    code: 'MARGIN',
    limit: '100000',
    before: '5000',
    after: '100000',
  },
  {
    says: 'margin of a future by the contract',
    rule: 'buying_power',
    settings: { usable: '0.5' },
    told: { instrument: future('ACME', '0.01', '5', { marginPerUnit: '1520' }) },
    quantity: '32',
    code: 'MARGIN',
    limit: '50000',
    before: '0',
    after: '48640',
  },
  {
    says: 'units of one order within the profile’s maximum',
    rule: 'order_qty',
    settings: { max: '400' },
    quantity: '400',
    code: 'MAX_QTY',
    limit: '400',
    before: '0',
    after: '400',
  },
  {
    says: 'units of one order within the instrument’s own maximum',
    rule: 'order_qty',
    settings: { max: '400' },
    told: { instrument: share({ maxQuantity: '70' }) },
    quantity: '70',
    code: 'MAX_QTY',
    limit: '70',
    before: '0',
    after: '70',
  },
  {
    says: 'value of one order within a maximum',
    rule: 'order_notional',
    settings: { max: '12345' },
    quantity: '123',
    code: 'MAX_NOTIONAL',
    limit: '12345',
    before: '0',
    after: '12300',
  },
]

describe('a ceiling', () => {
  it.each(CASES)(
    '$rule keeps $says',
    ({ rule, settings, told = {}, held = {}, quantity, code, limit, before, after }) => {
      const request = { ...asked, ...told.request }
      const decision = size({ ...told, request }, held, onlyRules({ ceilings: { [rule]: settings } }))
      expect(decision.quantity).toBe(quantity)
      expect(decision.outcome).toBe('reduced')
      expect([decision.binding, decision.reasons[0]?.code]).toEqual([rule, code])
      expect(decision.ladder).toHaveLength(1)
      expect(decision.ladder[0]).toMatchObject({ rule, allows: quantity, limit, before, after, code })
    },
  )

  it.each(['daily', 'weekly', 'monthly'])('%s_loss is measured from the opening of its own period', (name) => {
    const periods = { daily: 'day', weekly: 'week', monthly: 'month' } as const
    const period = periods[name as keyof typeof periods]
    const opening = {
      day: reading('100000'),
      week: reading('100000'),
      month: reading('100000'),
      [period]: reading('102000'),
    }
    const decision = size(
      { request: asked, account: { openingEquity: opening } },
      {},
      onlyRules({ ceilings: { [`${name}_loss`]: { max: '0.05' } } }),
    )
    // 5 % of 102,000 is 5,100; 2,000 are lost; 3,100 at 5 a share.
    expect([decision.quantity, decision.ladder[0]?.before]).toEqual(['620', '2000'])
  })

  it('daily_loss does not measure from an opening that is missing, of another day or in the future', () => {
    const profile = onlyRules({ ceilings: { daily_loss: { max: '0.03' } } })
    const opened = (day: ReturnType<typeof reading>) =>
      size({ account: { openingEquity: { day, week: reading('1'), month: reading('1') } } }, {}, profile)
    const now = reading('100000').at ?? 0
    expect(codes(opened(reading(null)))).toContain('INPUT_MISSING account.openingEquity.day')
    expect(codes(opened(reading('100000', now - 27 * 3_600_000)))).toContain('QUOTE_STALE account.openingEquity.day')
    expect(codes(opened(reading('100000', now + 60_000)))).toContain('CLOCK_ANOMALY account.openingEquity.day')
    expect(opened(reading('100000', now - 25 * 3_600_000)).quantity).toBe('200')
  })

  it('counts a position without a stop as lost whole, and names it', () => {
    const decision = size(
      { request: asked },
      { positions: [position({ stop: null, quantity: '20' })] },
      onlyRules({ ceilings: { daily_loss: { max: '0.03' } } }),
    )
    expect([decision.quantity, decision.ladder[0]?.before]).toEqual(['400', '1000'])
    expect(decision.ladder[0]?.says).toContain('HELD')
  })

  it('counts working orders as filled in the worse direction, with their risk and costs', () => {
    const spec = share({ symbol: 'BOLT', commissionPerUnit: '0.5' })
    const order = {
      orderId: 'w1',
      symbol: 'BOLT',
      strategy: null,
      side: 'sell',
      quantity: '300',
      price: '50',
      stop: '52',
      spec,
    } as const
    const held = { positions: [position({ spec: share({ symbol: 'BOLT' }) })], working: [order] }
    const decision = size(
      { request: asked },
      held,
      onlyRules({ ceilings: { gross_exposure: { maxExposure: '1', maxLeverage: '1' }, daily_loss: { max: '0.5' } } }),
    )
    const before = Object.fromEntries(decision.ladder.map((rung) => [rung.rule, rung.before]))
    // 100 long or, if the sale fills, 200 short: 10,000 at most. 500 at the stop of the position, 600 + 300 at the order's.
    expect(before).toEqual({ gross_exposure: '10000', daily_loss: '1400' })
  })

  it('that is over already allows nothing and says what would have to move', () => {
    const held = { positions: [long('BOLT', { quantity: '5000' })] }
    const decision = size(
      { request: { quantity: '10' } },
      held,
      onlyRules({ ceilings: { gross_exposure: { maxExposure: '1', maxLeverage: '2' } } }),
    )
    expect([decision.quantity, decision.outcome, decision.binding]).toEqual(['0', 'rejected', 'gross_exposure'])
    const [rung] = decision.ladder
    expect(rung).toMatchObject({
      allows: '0',
      before: '250000',
      limit: '200000',
      utilisationBefore: '1.25',
      state: 'over',
    })
    expect(rung?.whatWouldRelax).toMatchObject({ oneMoreLot: '50100', fullProposal: '51000' })
  })

  it('cluster leaves an instrument without a cluster alone', () => {
    const decision = size({ request: asked }, {}, onlyRules({ ceilings: { cluster: { max: '0.01', caps: {} } } }))
    expect([decision.quantity, decision.ladder[0]?.allows]).toEqual(['5000', null])
  })
})

describe('the ladder', () => {
  const profile = onlyRules({
    ceilings: {
      risk_per_trade: { max: '0.01' },
      single_asset: { max: '0.3' },
      order_qty: { max: '250' },
      cluster: { max: '1', caps: {} },
    },
  })

  it('is sorted from what binds to what does not limit, and says how far each would have to move', () => {
    const decision = size({ request: asked }, {}, profile)
    expect(decision.ladder.map(({ rule, allows }) => [rule, allows])).toEqual([
      ['risk_per_trade', '200'],
      ['order_qty', '250'],
      ['single_asset', '300'],
      ['cluster', null],
    ])
    expect(decision.ladder[0]?.whatWouldRelax).toMatchObject({ oneMoreLot: '5', fullProposal: '24000' })
    expect(decision.ladder[1]?.whatWouldRelax).toMatchObject({ oneMoreLot: null, fullProposal: '4750' })
  })

  it('tells every ceiling that cuts, tightest first, and evaluates all of them', () => {
    const decision = size({ request: asked }, {}, profile)
    expect(decision.reasons.map(({ code }) => code)).toEqual(['RISK_PER_TRADE', 'MAX_QTY', 'SINGLE_ASSET'])
    expect(decision.steps.filter(({ stage }) => stage === 'ceiling')).toHaveLength(4)
  })

  it('tells use as ok below 70 %, near up to the limit, over beyond it', () => {
    const stateAt = (quantity: string): string | undefined =>
      size({ request: { quantity } }, {}, onlyRules({ ceilings: { order_qty: { max: '100' } } })).ladder[0]?.state
    expect([stateAt('69'), stateAt('70'), stateAt('100'), stateAt('500')]).toEqual(['ok', 'near', 'near', 'near'])
  })
})
