import { describe, expect, it } from 'vitest'
import { changeableInputs, type ChangeableInput, type Snapshot } from '../../../src/domain/governor/what-if-inputs.ts'
import type { BookInput } from '../../../src/domain/inputs.ts'
import {
  book,
  inputs,
  NOW,
  position,
  rate,
  rawProfile,
  reading,
  share,
  type Told,
} from '../../support/sizing-fixtures.ts'
import { EDGE } from './asking.ts'
import { correlations, market, studies } from './one-rule.ts'

const snapshot = (told: Told = {}, held: Partial<BookInput> = {}, profile: unknown = rawProfile()): Snapshot => ({
  inputs: inputs(told),
  book: book(held),
  profile,
})
const all = (...of: Parameters<typeof snapshot>) => changeableInputs(snapshot(...of))
/** Path, title, kind, value and whether it is a reading, of those under a path. */
const under = (path: string, ...of: Parameters<typeof snapshot>) =>
  all(...of)
    .filter((input) => input.path === path || input.path.startsWith(`${path}.`))
    .map(({ path: at, title, kind, value, isReading }) => [at, title, kind, value, isReading])
const one = (path: string, ...of: Parameters<typeof snapshot>): ChangeableInput | undefined =>
  all(...of).find((input) => input.path === path)

describe('the inputs that can be changed', () => {
  it('of an order are all it can say, set or not', () => {
    expect(under('request', { request: { signal: '0.5', conviction: 'HIGH' } })).toEqual([
      ['request.side', 'Side', 'text', 'buy', false],
      ['request.entry', 'Entry', 'text', '100', false],
      ['request.stop', 'Stop', 'text', '95', false],
      ['request.target', 'Target', 'text', null, false],
      ['request.quantity', 'Quantity', 'text', null, false],
      ['request.risk', 'Risk', 'text', null, false],
      ['request.method', 'Method', 'text', null, false],
      ['request.conviction', 'Conviction', 'text', 'HIGH', false],
      ['request.signal', 'Signal', 'text', '0.5', false],
      ['request.expectedReturn', 'Expected return', 'text', null, false],
      ['request.volatility', 'Volatility', 'text', null, false],
    ])
    expect(one('request.stop')).toEqual({
      path: 'request.stop',
      group: 'Order',
      title: 'Stop',
      kind: 'text',
      value: '95',
      place: ['inputs', 'request', 'stop'],
      isReading: false,
    })
  })

  it('of an account are its money, its flows and its switch, not its names', () => {
    expect(under('account')).toEqual([
      ['account.enabled', 'Enabled', 'switch', 'true', false],
      ['account.equity', 'Equity', 'text', '100000', true],
      ['account.peakEquity', 'Peak equity', 'text', '100000', true],
      ['account.openingEquity.day', 'Equity at the start of the day', 'text', '100000', true],
      ['account.openingEquity.week', 'Equity at the start of the week', 'text', '100000', true],
      ['account.openingEquity.month', 'Equity at the start of the month', 'text', '100000', true],
      ['account.flows.day', 'Paid in today', 'text', '0', false],
      ['account.flows.week', 'Paid in this week', 'text', '0', false],
      ['account.flows.month', 'Paid in this month', 'text', '0', false],
    ])
    expect(one('account.openingEquity.day')).toMatchObject({
      group: 'Account',
      place: ['inputs', 'account', 'openingEquity', 'day'],
    })
  })

  it('of the market are its readings, known or not', () => {
    const shown = all({ last: reading('99') }).filter(({ group }) => group === 'Market')
    expect(shown.map(({ path, title, value, isReading }) => [path, title, value, isReading])).toEqual([
      ['last', 'Last price', '99', true],
      ['bid', 'Bid', null, true],
      ['ask', 'Ask', null, true],
      ['atr', 'Average true range', null, true],
    ])
  })

  it('of studies are their readings and words, not samples and matrices', () => {
    const told = {
      studies: studies({
        market: market({ volatility: reading('0.2') }).studies.market,
        correlation: correlations({ ACME: 0.2 }, {}).studies.correlation,
        sensors: [{ ...reading('0.7'), id: 'ising', abstains: false, says: '' }],
        regime: { regime: 'trend', quality: reading('0.9'), source: 'by hand', at: NOW },
        lastProfits: ['1', '2'],
        propFirm: { program: 'p', floor: '9', floorSays: 's', dayFloor: null, dayFloorSays: 't' },
      }),
    }
    expect(under('studies', told)).toEqual([
      ['studies.market.volatility', 'Volatility', 'text', '0.2', true],
      ['studies.market.volatilityLow', 'Volatility low', 'text', null, true],
      ['studies.market.volatilityHigh', 'Volatility high', 'text', null, true],
      ['studies.market.expectedReturn', 'Expected return', 'text', null, true],
      ['studies.market.atrMean', 'Atr mean', 'text', null, true],
      ['studies.market.averageDailyVolume', 'Average daily volume', 'text', null, true],
      ['studies.market.liquidity', 'Liquidity', 'text', null, true],
      ['studies.sensors.0', 'Sensors', 'text', '0.7', true],
      ['studies.regime.regime', 'Regime', 'text', 'trend', false],
      ['studies.regime.quality', 'Quality', 'text', '0.9', true],
      ['studies.propFirm.floor', 'Floor', 'text', '9', false],
      ['studies.propFirm.dayFloor', 'Day floor', 'text', null, false],
    ])
    expect(one('studies.sensors.0', told)?.place).toEqual(['inputs', 'studies', 'sensors', 0])
    expect(under('studies', { studies: studies() })).toEqual([])
    expect(under('studies')).toEqual([])
  })

  it('of trades are their counts and means, each to be given where none are known', () => {
    const known = [
      ['edge.wins', 'Wins', 'whole', '30', false],
      ['edge.losses', 'Losses', 'whole', '25', false],
      ['edge.scratches', 'Scratches', 'whole', '0', false],
      ['edge.meanWin', 'Mean win', 'text', '100', false],
      ['edge.meanLoss', 'Mean loss', 'text', '100', false],
    ]
    expect(under('edge', { edge: { ...EDGE, rMultiples: [1, 2] } })).toEqual(known)
    expect(under('edge')).toEqual(known.map(([path, title, kind]) => [path, title, kind, null, false]))
    expect(under('ordersToday', { ordersToday: 4 })).toEqual([['ordersToday', 'Orders today', 'whole', '4', false]])
  })

  it('of a strategy and an instrument are their members, none where there is none', () => {
    expect(under('strategy')).toEqual([])
    expect(under('instrument', { instrument: null, request: { symbol: 'ACME' } })).toEqual([])
    const strategy = { code: 'alpha', budget: null, fixedQuantity: '3', method: null, enabled: true }
    expect(under('strategy', { strategy })).toEqual([
      ['strategy.budget', 'Budget', 'text', null, false],
      ['strategy.fixedQuantity', 'Fixed quantity', 'text', '3', false],
      ['strategy.method', 'Method', 'text', null, false],
      ['strategy.enabled', 'Enabled', 'switch', 'true', false],
    ])
    const shown = under('instrument', { instrument: share({ clusters: ['tech'] }) }).map(([path]) => path)
    expect(shown).toContain('instrument.maxQuantity')
    expect(shown).toContain('instrument.marginRate')
    for (const hidden of ['symbol', 'name', 'currency', 'source', 'clusters', 'clusters.0'])
      expect(shown).not.toContain(`instrument.${hidden}`)
  })

  it('of positions, working orders and rates stand in groups of their own', () => {
    const spec = share({ symbol: 'BOLT' })
    const working = [
      {
        orderId: 'w',
        symbol: 'BOLT',
        strategy: null,
        side: 'sell',
        quantity: '5',
        price: '51',
        stop: null,
        spec,
      } as const,
    ]
    const held = {
      positions: [position({ spec }), position({ spec, strategy: 'alpha' })],
      working,
      rates: [rate('EUR', 'USD', '1.1')],
    }
    expect(under('positions.0', {}, held)).toEqual([
      ['positions.0.strategy', 'Strategy', 'text', null, false],
      ['positions.0.quantity', 'Quantity', 'text', '100', false],
      ['positions.0.averagePrice', 'Average price', 'text', '50', false],
      ['positions.0.stop', 'Stop', 'text', '45', false],
      ['positions.0.mark', 'Mark', 'text', '50', true],
    ])
    const groups = all({}, held).map(({ group }) => group)
    expect([...new Set(groups)].filter((group) => /Position|Working|Exchange/.test(group))).toEqual([
      'Position BOLT',
      'Position BOLT, alpha',
      'Working order BOLT',
      'Exchange rates',
    ])
    expect(under('working.0', {}, held).map(([path]) => path)).toEqual([
      'working.0.strategy',
      'working.0.side',
      'working.0.quantity',
      'working.0.price',
      'working.0.stop',
    ])
    expect(one('working.0.price', {}, held)?.place).toEqual(['book', 'working', 0, 'price'])
    expect(one('positions.1.stop', {}, held)?.place).toEqual(['book', 'positions', 1, 'stop'])
    expect(one('rates.EURUSD', {}, held)).toEqual({
      path: 'rates.EURUSD',
      group: 'Exchange rates',
      title: 'EUR to USD',
      kind: 'text',
      value: '1.1',
      place: ['book', 'rates', 0, 'rate'],
      isReading: false,
    })
  })

  it('of a profile are its method and every setting that it has, with the titles of the settings', () => {
    const profile = {
      ...rawProfile(),
      general: { aggregate: 'product', allowBoosts: false },
      methods: { fixed_risk: { risk: 0.01 } },
      scalers: { signal: 'off' },
      brakes: { drawdown: { limit: 0.2, factor: 2 } },
      ceilings: { cluster: { max: 0.4, caps: { tech: 0.3 } } },
      gate: {},
    }
    expect(under('profile', {}, {}, profile)).toEqual([
      ['profile.method', 'Method', 'text', 'fixed_risk', false],
      ['profile.general.aggregate', expect.any(String), 'text', 'product', false],
      ['profile.general.allowBoosts', expect.any(String), 'switch', 'false', false],
      ['profile.methods.fixed_risk.risk', expect.any(String), 'text', '0.01', false],
      ['profile.brakes.drawdown.limit', 'Drawdown limit', 'text', '0.2', false],
      ['profile.brakes.drawdown.factor', 'Drawdown factor', 'text', '2', false],
      ['profile.ceilings.cluster.max', 'Most in one cluster', 'text', '0.4', false],
      ['profile.ceilings.cluster.caps.tech', 'Caps of clusters: tech', 'text', '0.3', false],
    ])
    expect(one('profile.ceilings.cluster.caps.tech', {}, {}, profile)).toMatchObject({
      group: 'Profile, Cluster',
      place: ['profile', 'ceilings', 'cluster', 'caps', 'tech'],
    })
    expect(one('profile.brakes.drawdown.limit', {}, {}, profile)).toMatchObject({
      group: 'Profile, Drawdown',
      place: ['profile', 'brakes', 'drawdown', 'limit'],
    })
    expect(one('profile.general.allowBoosts', {}, {}, profile)).toMatchObject({
      group: 'Profile, general',
      place: ['profile', 'general', 'allowBoosts'],
    })
    expect(one('profile.method', {}, {}, profile)).toMatchObject({
      group: 'Profile, general',
      place: ['profile', 'method'],
    })
    for (const none of [null, 'x', []]) expect(under('profile', {}, {}, none)).toEqual([])
  })

  it('leave out what is not there, and lists that are no readings', () => {
    const account = { startingEquity: undefined, notes: ['a'], nested: { deep: 1, gone: undefined } } as never
    expect(under('account', { account }).map(([path]) => path)).not.toContain('account.startingEquity')
    expect(one('account.nested.deep', { account })).toMatchObject({ title: 'Deep', kind: 'text', value: '1' })
    expect(one('account.notes.0', { account })).toBeUndefined()
  })
})
