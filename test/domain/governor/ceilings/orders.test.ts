import { describe, expect, it } from 'vitest'
import { DAY, NOW, position, reading, share } from '../../../support/sizing-fixtures.ts'
import { capped, market, studies } from '../one-rule.ts'

const volume = (value: string | null, at = NOW) =>
  market({ averageDailyVolume: value === null ? reading(null) : reading(value, at) })

describe('adv, the share of the daily volume', () => {
  it('allows 1 % of 30,450 units a day, whole lots of it', () => {
    const { rung, step, decision } = capped('adv', { max: '0.01' }, volume('30450'))
    expect(rung).toEqual({
      rule: 'adv',
      title: 'Share of daily volume',
      code: 'LIQUIDITY',
      allows: '304',
      unit: 'quantity',
      limit: '304.5',
      before: '0',
      after: '304',
      utilisationBefore: '0',
      utilisation: '0.998357963875',
      state: 'near',
      whatWouldRelax: {
        oneMoreLot: '0.5',
        fullProposal: '4695.5',
        says: '0.5 more for share of daily volume allows 305 units.',
      },
      says: 'One order may be 304.5 units (1.00 % of 30,450 a day).',
      facts: { capacity: '304.5' },
    })
    expect(step).toEqual({
      stage: 'ceiling',
      rule: 'adv',
      title: 'Share of daily volume',
      before: '5000',
      after: '304.5',
      factor: null,
      ceiling: '304.5',
      passed: false,
      code: 'LIQUIDITY',
      facts: {},
      says: 'One order may be 304.5 units (1.00 % of 30,450 a day).',
    })
    expect([decision.quantity, decision.binding, decision.outcome]).toEqual(['304', 'adv', 'reduced'])
  })

  it.each([
    ['not studied', {}, 'INPUT_MISSING'],
    ['not known', volume(null), 'INPUT_MISSING'],
    ['not among what was studied', { studies: studies() }, 'INPUT_MISSING'],
    ['nothing', volume('0'), 'INPUT_OUT_OF_RANGE'],
    ['old', volume('30000', NOW - 9 * DAY), 'QUOTE_STALE'],
    ['of the future', volume('30000', NOW + 60_000), 'CLOCK_ANOMALY'],
  ])('allows nothing where the volume is %s', (_, told, code) => {
    const { rung, step, decision } = capped('adv', { max: '0.01' }, told)
    expect(rung).toMatchObject({ code, allows: '0', unit: 'money', limit: null, state: 'unknown' })
    expect(step).toMatchObject({ before: '5000', after: '0', ceiling: '0', passed: false, code })
    expect(decision.reasons[0]).toMatchObject({ code, field: 'market.averageDailyVolume' })
    expect([decision.quantity, decision.binding]).toEqual(['0', 'adv'])
  })
})

describe('kelly_cap', () => {
  it('keeps the value of one order within 15 % of equity, whatever is held', () => {
    const held = { positions: [position({ spec: share() })] }
    expect(capped('kelly_cap', { max: '0.15' }, {}, held).rung).toMatchObject({
      code: 'KELLY_CAP',
      allows: '150',
      limit: '15000',
      before: '0',
      after: '15000',
      utilisation: '1',
      says: 'One order may be 15,000.00 USD (15.00 % of equity).',
      facts: { perUnit: '100', capacity: '150' },
    })
  })
})

describe('order_qty and order_notional', () => {
  it('say whose maximum of units it is', () => {
    expect(capped('order_qty', { max: '400' }).rung.says).toBe('One order may be 400 units.')
    const own = capped('order_qty', { max: '400' }, { instrument: share({ maxQuantity: '70' }) })
    expect(own.rung).toMatchObject({ allows: '70', says: 'One order may be 70 units, the maximum of ACME.' })
    const larger = capped('order_qty', { max: '400' }, { instrument: share({ maxQuantity: '401' }) })
    expect(larger.rung).toMatchObject({ allows: '400', says: 'One order may be 400 units.' })
  })

  it('keep the value of one order within an amount', () => {
    expect(capped('order_notional', { max: '12345' }).rung).toMatchObject({
      allows: '123',
      unit: 'money',
      says: 'One order may be worth 12,345.00 USD.',
      facts: { perUnit: '100', capacity: '123.45' },
    })
  })
})

describe('risk_per_trade', () => {
  const rate = { instrument: share({ commissionPerUnit: '0.5', commissionMinimum: '20' }) }

  it('divides 1 % of equity by the all-in loss: 5 at the stop and 0.50 each way is 6', () => {
    expect(capped('risk_per_trade', { max: '0.01' }, rate).rung).toMatchObject({
      allows: '166',
      limit: '1000',
      before: '0',
      after: '996',
      says: 'At most 1,000.00 USD (1.00 % of equity) may be lost at the stop.',
    })
  })

  it('counts the least commission of a small order: 50 less 40 leaves 2 units of 5', () => {
    expect(capped('risk_per_trade', { max: '0.0005' }, rate).rung).toMatchObject({ allows: '2', after: '50' })
    expect(capped('risk_per_trade', { max: '0.0004' }, rate).rung).toMatchObject({ allows: '0', after: '0' })
  })

  it('takes the stated gap as the loss where there is no stop, and says so', () => {
    expect(capped('risk_per_trade', { max: '0.01' }, { request: { stop: undefined } }).rung).toMatchObject({
      allows: '10',
      after: '1000',
      says: 'At most 1,000.00 USD (1.00 % of equity) may be lost at the stop. There is no stop, so a gap of 100.00 % is the loss.',
    })
  })
})
