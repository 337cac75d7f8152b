import { describe, expect, it } from 'vitest'
import { codes, onlyRules, position, reading, share, size } from '../../support/sizing-fixtures.ts'
import { asked, CASES, long } from './ceiling-cases.ts'

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
