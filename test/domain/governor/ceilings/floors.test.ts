import { describe, expect, it } from 'vitest'
import type { PropFirmStanding } from '../../../../src/domain/studies.ts'
import { NOW, position, reading, share, type Told } from '../../../support/sizing-fixtures.ts'
import { capped, studies } from '../one-rule.ts'

/** 100 HELD at 50 with a stop at 45 risk 500; 20 more without a stop risk 1,000. */
const HELD = {
  positions: [position(), position({ stop: null, quantity: '20', spec: share({ symbol: 'BARE' }) })],
}
const openings = (changes: object) => ({
  openingEquity: { day: reading('1'), week: reading('1'), month: reading('1'), ...changes },
})
const HOUR = 3_600_000

describe('the losses of a period', () => {
  it.each([
    ['daily_loss', 'day', 'DAILY_LOSS'],
    ['weekly_loss', 'week', 'WEEKLY_LOSS'],
    ['monthly_loss', 'month', 'MONTHLY_LOSS'],
  ] as const)('%s: lost, at risk and the order within 5 %% of the opening of the %s', (rule, period, code) => {
    // 103,000 + 1,000 paid in − 100,000 now is 4,000 lost; 5 % of 103,000 is 5,150: no room. At 8 % of it 2,740 are left.
    const flows = { day: '7', week: '7', month: '7', [period]: '1000' }
    const told = { account: { ...openings({ [period]: reading('103000') }), flows } }
    expect(capped(rule, { max: '0.08' }, told, HELD).rung).toMatchObject({
      code,
      allows: '548',
      unit: 'money',
      limit: '8240',
      before: '5500',
      after: '8240',
      says: `The ${period} may lose 8,240.00 USD (8.00 % of 103,000.00); 4,000.00 is lost and 1,500.00 is at risk (no stop: BARE).`,
      facts: { opening: '103000', lost: '4000', openRisk: '1500', capacity: '548' },
    })
    expect(capped(rule, { max: '0.05' }, told, HELD).rung).toMatchObject({
      allows: '0',
      limit: '5150',
      state: 'over',
      facts: { capacity: '0' },
    })
  })

  it('does not add a profit to what may be lost', () => {
    const told = { account: openings({ day: reading('98000') }) }
    expect(capped('daily_loss', { max: '0.05' }, told).rung).toMatchObject({
      limit: '4900',
      before: '0',
      allows: '980',
      says: 'The day may lose 4,900.00 USD (5.00 % of 98,000.00); 0.00 is lost and 0.00 is at risk.',
    })
  })

  it.each([
    ['daily_loss', 'day', 26],
    ['weekly_loss', 'week', 170],
    ['monthly_loss', 'month', 746],
  ] as const)('%s takes an opening of up to a %s and two hours, and no older', (rule, period, hours) => {
    const opened = (at: number) =>
      capped(rule, { max: '0.05' }, { account: openings({ [period]: reading('100000', at) }) })
    expect(opened(NOW - hours * HOUR).rung.allows).toBe('1000')
    const late = opened(NOW - hours * HOUR - 1)
    expect(late.decision.reasons[0]).toEqual({
      code: 'QUOTE_STALE',
      field: `account.openingEquity.${period}`,
      says: `account.openingEquity.${period} is that of an earlier ${period}: the loss of this ${period} is not known.`,
    })
    expect(late.rung).toMatchObject({ allows: '0', code: 'QUOTE_STALE', state: 'unknown' })
  })

  it('allows nothing where a flow cannot be read', () => {
    const told = { account: { flows: { day: 'much', week: '0', month: '0' } } }
    const { decision } = capped('daily_loss', { max: '0.05' }, told)
    expect(decision.reasons[0]).toMatchObject({ code: 'INPUT_MALFORMED', field: 'account.flows.day' })
  })
})

describe('the drawdown from the start', () => {
  const from = (value: string | null) => ({ account: { startingEquity: reading(value) } })

  it('keeps equity, all stops hit, above 90 % of the first balance', () => {
    // 105,000 − 100,000 is 5,000 lost; 1,500 at risk; 10,500 may be lost: 4,000 are left.
    expect(capped('max_drawdown', { max: '0.1' }, from('105000'), HELD).rung).toMatchObject({
      code: 'DRAWDOWN',
      allows: '800',
      limit: '10500',
      before: '6500',
      after: '10500',
      says: 'Equity may fall to 94,500.00 USD; 5,000.00 below its start is lost and 1,500.00 is at risk (no stop: BARE).',
      facts: { floor: '94500', reference: '105000', lost: '5000', openRisk: '1500', capacity: '800' },
    })
  })

  it('counts no profit above the start as room', () => {
    expect(capped('max_drawdown', { max: '0.1' }, from('90000')).rung).toMatchObject({
      limit: '9000',
      before: '0',
      allows: '1800',
      says: 'Equity may fall to 81,000.00 USD; 0.00 below its start is lost and 0.00 is at risk.',
    })
  })

  it('allows nothing where the start is not known', () => {
    for (const told of [{}, from(null)])
      expect(capped('max_drawdown', { max: '0.1' }, told).decision.reasons[0]).toMatchObject({
        code: 'INPUT_MISSING',
        field: 'account.startingEquity',
      })
  })
})

describe('the drawdown from the peak', () => {
  it('keeps equity, all stops hit, above 92 % of the peak', () => {
    // 8 % of 104,000 is 8,320; 4,000 lost and 1,500 at risk leave 2,820.
    const told = { account: { peakEquity: reading('104000') } }
    expect(capped('trailing_drawdown', { max: '0.08' }, told, HELD).rung).toMatchObject({
      code: 'DRAWDOWN',
      allows: '564',
      limit: '8320',
      before: '5500',
      after: '8320',
      says: 'Equity may fall to 95,680.00 USD; 4,000.00 below its peak is lost and 1,500.00 is at risk (no stop: BARE).',
      facts: { floor: '95680', reference: '104000' },
    })
  })

  it('allows nothing where the peak is not known', () => {
    const { decision, rung } = capped('trailing_drawdown', { max: '0.08' }, { account: { peakEquity: reading(null) } })
    expect(decision.reasons[0]).toMatchObject({ code: 'INPUT_MISSING', field: 'account.peakEquity' })
    expect(rung.allows).toBe('0')
  })
})

describe('the prop firm’s floors', () => {
  const FIRM: PropFirmStanding = {
    program: 'Step 1',
    floor: '97000',
    floorSays: 'static floor',
    dayFloor: '98000',
    dayFloorSays: 'floor of the day',
  }
  const under = (changes: Partial<PropFirmStanding>): Told => ({
    studies: studies({ propFirm: { ...FIRM, ...changes } }),
  })

  it('leaves what the tighter of the two leaves: the day’s here', () => {
    expect(capped('prop_firm', {}, under({}), HELD).rung).toMatchObject({
      code: 'DRAWDOWN',
      allows: '100',
      limit: '2000',
      before: '1500',
      after: '2000',
      says: 'Equity may fall to 98,000.00 USD; 0.00 below equity; Step 1: floor of the day is lost and 1,500.00 is at risk (no stop: BARE).',
      facts: { floor: '98000', reference: '100000', lost: '0', openRisk: '1500' },
    })
  })

  it.each([
    ['the account’s where it is the higher', under({ floor: '98500' }), '98500'],
    ['the account’s where the day has none', under({ dayFloor: null }), '97000'],
    ['the day’s where the account has none', under({ floor: null }), '98000'],
    ['the account’s where both are the same', under({ floor: '98000' }), '98000'],
  ])('takes %s', (_, told, floor) => {
    const { rung } = capped('prop_firm', {}, told)
    expect(rung.facts['floor']).toBe(floor)
    expect(rung.allows).toBe(String((100_000 - Number(floor)) / 5))
  })

  it('allows nothing at or below a floor', () => {
    expect(capped('prop_firm', {}, under({ floor: '100000' })).rung).toMatchObject({ allows: '0', limit: '0' })
    expect(capped('prop_firm', {}, under({ floor: '100001' })).rung).toMatchObject({
      allows: '0',
      limit: '0',
      before: '1',
      facts: { reference: '100001', lost: '1' },
    })
  })

  it('does not limit where the program sets no floor', () => {
    const { rung, decision } = capped('prop_firm', {}, under({ floor: null, dayFloor: null }))
    expect(rung).toMatchObject({ allows: null, state: 'ok', says: 'Step 1 sets no floor.' })
    expect(decision.quantity).toBe('5000')
  })

  it.each([
    ['no program is chosen', { studies: studies() }, 'LIMITS_MISSING', 'propFirm'],
    ['nothing was studied', {}, 'LIMITS_MISSING', 'propFirm'],
    ['the floors are not known', under({ fault: 'No history.' }), 'LIMITS_MISSING', 'propFirm'],
    ['a floor cannot be read', under({ floor: 'low' }), 'INPUT_MALFORMED', 'propFirm.floor'],
    ['the floor of the day is nothing', under({ dayFloor: '0' }), 'INPUT_OUT_OF_RANGE', 'propFirm.dayFloor'],
  ])('allows nothing where %s', (_, told, code, field) => {
    const { rung, decision } = capped('prop_firm', {}, told)
    expect(rung).toMatchObject({ allows: '0', code, state: 'unknown' })
    expect(decision.reasons[0]).toMatchObject({ code, field })
  })
})
