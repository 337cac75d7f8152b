import type { BookInput, DecisionInputs } from '../../../src/domain/inputs.ts'
import type { Profile } from '../../../src/domain/profile.ts'
import { everyRule, everyStudy, typicalStudy } from '../../support/every-rule.ts'
import { book, inputs, position, profileOf, rate, rawProfile, reading, share } from '../../support/sizing-fixtures.ts'

/** Sound data that a field is broken in: an order that is sized above zero. */
export interface Ground {
  readonly inputs: DecisionInputs
  readonly book: BookInput
  readonly profile: Profile
}

const spec = share({
  symbol: 'CASA',
  currency: 'EUR',
  clusters: ['eu'],
  maxQuantity: '100000',
  minNotional: '10',
  contractSize: '1',
  tickValue: '0.01',
  marginRate: '0.5',
  commissionPerUnit: '0.01',
  commissionRate: '0.0001',
  commissionMinimum: '1',
  spread: '0.02',
  slippageTicks: '1',
})
const held = position({ symbol: 'HELD', strategy: 'alpha', spec: share({ symbol: 'HELD', currency: 'EUR' }) })
const working = {
  orderId: 'w1',
  symbol: 'HELD',
  strategy: 'alpha',
  side: 'buy',
  quantity: '10',
  price: '50',
  stop: '45',
  spec: share({ symbol: 'HELD', currency: 'EUR' }),
} as const
const holding = book({ positions: [held], working: [working], rates: [rate('EUR', 'USD', '1.1')] })
const strategy = { code: 'alpha', budget: '0.5', fixedQuantity: '100', method: null, enabled: true }
const edge = {
  scope: 'strategy alpha',
  window: '30 days',
  from: 1,
  to: 2,
  wins: 60,
  losses: 40,
  scratches: 2,
  meanWin: '120',
  meanLoss: '100',
  source: 'test',
}
const request = { entry: 'market', stop: '95', target: '110', strategy: 'alpha' }
const sound = inputs({
  instrument: spec,
  request,
  strategy,
  edge,
  last: reading('100'),
  bid: reading('99.99'),
  ask: reading('100.01'),
  atr: reading('2.5'),
  recent: [{ symbol: 'CASA', side: 'buy', quantity: '7', at: 1 }],
  account: { flows: { day: '5', week: '5', month: '5' } },
})
const option = share({
  symbol: 'CASA P90',
  assetClass: 'option',
  pointValue: '100',
  optionDelta: '-0.3',
  optionStrike: '90',
  optionUnderlying: '100',
  optionRight: 'put',
})
const margined = { ...spec, marginPerUnit: '40', maxLeverageIntraday: '5' }
const shipped = rawProfile()
const leverage = { intraday: 10, overnight: 10, byClass: {}, cutOffMinute: 945 }
const raw = { ...shipped, ceilings: { ...shipped.ceilings, leverage } }
const profile = profileOf(raw)

/** Every method's inputs and every study, with room under every rule. */
const studied = {
  ...sound,
  request: { ...sound.request, expectedReturn: undefined, volatility: undefined, signal: '0.8', conviction: 'MEDIUM' },
  account: { ...sound.account, startingEquity: reading('100000') },
  edge: { ...edge, meanFee: '1', meanQuantity: '10', winRateLow: '0.52', payoffLow: '1.1', kellyLow: '0.05' },
  studies: everyStudy(['CASA', 'HELD'], typicalStudy(spec, '100', 100_000)),
}
const whole = profileOf(everyRule())
const sizedBy = (method: string): Ground => ({
  inputs: { ...studied, request: { ...studied.request, method } },
  book: holding,
  profile: whole,
})

/** Sound data by name: each method needs other inputs. */
export const GROUNDS: Readonly<Record<string, Ground>> = {
  'fixed risk': { inputs: sound, book: holding, profile },
  'typed entry': {
    inputs: { ...sound, request: { ...sound.request, entry: '100' } },
    book: holding,
    profile,
  },
  live: {
    inputs: {
      ...sound,
      bookKind: 'live',
      desk: { state: 'NORMAL', entries: true, exits: true, code: null, says: 'NORMAL.' },
      request: { ...sound.request, entry: '100' },
    },
    book: holding,
    profile,
  },
  'average range': {
    inputs: { ...sound, request: { ...sound.request, stop: undefined, method: 'fixed_risk_atr' } },
    book: holding,
    profile,
  },
  kelly: {
    inputs: { ...sound, request: { ...sound.request, method: 'kelly_trades' } },
    book: holding,
    profile,
  },
  'fixed quantity': {
    inputs: { ...sound, request: { ...sound.request, method: 'fixed_qty' } },
    book: holding,
    profile,
  },
  option: {
    inputs: inputs({
      instrument: option,
      request: { entry: '2', stop: '3', side: 'sell', strategy: 'alpha' },
      strategy,
      account: { flows: { day: '5', week: '5', month: '5' } },
    }),
    book: holding,
    profile,
  },
  margin: { inputs: { ...sound, instrument: margined }, book: holding, profile },
  'every rule': sizedBy('fixed_risk'),
  'conservative kelly': sizedBy('kelly_conservative'),
  'continuous kelly': sizedBy('kelly_continuous'),
  'volatility target': sizedBy('vol_target'),
  'enhanced kelly': sizedBy('enhanced_kelly'),
  'reward required': {
    inputs: sound,
    book: holding,
    profile: profileOf({ ...raw, gate: { ...raw.gate, reward_to_risk: { least: 1 } } }),
  },
}
