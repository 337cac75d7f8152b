import { valueBook } from '../../domain/book.ts'
import { resolve } from '../../domain/governor/resolve.ts'
import { ENGINE } from '../../domain/governor/decide.ts'
import type { DecisionInputs, InstrumentSpec, Reading } from '../../domain/inputs.ts'
import { fromFloat, text } from '../../domain/kernel/money.ts'
import type { Profile } from '../../domain/profile.ts'
import type { Model } from '../../domain/simulation/model.ts'
import { portfolioMoments } from '../../domain/simulation/settle-returns.ts'
import type { Method } from '../../domain/sizing/method.ts'
import type { Proposal } from '../../domain/sizing/order.ts'
import { readOrder } from '../../domain/sizing/read-order.ts'
import { edgeOfModel } from './model-edge.ts'
import { accepted } from './read-figures.ts'

/** Steps of a portfolio model in a year, for methods that think in years: one step is a trading day. */
export const STEPS_A_YEAR = 252
const ENTRY = 100
const EQUITY = '1000000000'

/**
 * What a sizing method proposes for one order on which the model is all that is known: a plain share at 100 with a stop
 * `stop` below, free of costs. Refuses as the method does.
 */
export function methodStake(method: Method, profile: Profile, model: Model, stop: number): Proposal {
  const request = {
    symbol: SPEC.symbol,
    side: 'buy',
    entry: String(ENTRY),
    stop: text(fromFloat(ENTRY * (1 - stop))),
    ...forecastOf(model),
  }
  const inputs: DecisionInputs = {
    schema: 1,
    engine: ENGINE,
    at: 0,
    bookKind: 'paper',
    bookHash: '',
    profileHash: '',
    request,
    account: ACCOUNT,
    instrument: SPEC,
    strategy: null,
    last: read(String(ENTRY)),
    bid: UNKNOWN,
    ask: UNKNOWN,
    // Bars as wide as they usually are: nothing is known of the market.
    atr: read('1'),
    edge: edgeOfModel(model),
    recent: [],
    ordersToday: 0,
    studies: {
      market: {
        volatility: UNKNOWN,
        volatilityLow: UNKNOWN,
        volatilityHigh: UNKNOWN,
        expectedReturn: UNKNOWN,
        atrMean: read('1'),
        averageDailyVolume: UNKNOWN,
        liquidity: UNKNOWN,
      },
      correlation: null,
      sensors: [],
      regime: null,
      lastProfits: [],
      propFirm: null,
    },
  }
  const book = valueBook({ accountId: 'model', currency: 'USD', at: 0, positions: [], working: [], rates: [] })
  const sizing = accepted(resolve(inputs, accepted(readOrder(request)), book, profile, method))
  return accepted(method.propose(sizing, profile.methods.get(method.id)))
}

function forecastOf(model: Model): { expectedReturn?: string; volatility?: string } {
  if (model.kind !== 'gaussian' && model.kind !== 'student-t') return {}
  const { mean: drift, variance } = portfolioMoments(model)
  const volatility = Math.sqrt(Math.max(variance, 0) * STEPS_A_YEAR)
  return {
    expectedReturn: text(fromFloat(drift * STEPS_A_YEAR)),
    ...(volatility > 0 ? { volatility: text(fromFloat(volatility)) } : {}),
  }
}

const UNKNOWN: Reading = { value: null, source: 'not known', at: null }
const read = (value: string): Reading => ({ value, source: 'the model', at: 0 })

const ACCOUNT: DecisionInputs['account'] = {
  accountId: 'model',
  name: 'Model',
  currency: 'USD',
  timeZone: 'UTC',
  dayRoll: '00:00',
  enabled: true,
  equity: read(EQUITY),
  peakEquity: read(EQUITY),
  openingEquity: { day: read(EQUITY), week: read(EQUITY), month: read(EQUITY) },
  flows: { day: '0', week: '0', month: '0' },
}

const SPEC: InstrumentSpec = {
  symbol: 'MODEL',
  name: 'Model',
  assetClass: 'equity',
  currency: 'USD',
  tickSize: '0.0001',
  lotStep: '0.0001',
  minQuantity: '0.0001',
  maxQuantity: null,
  minNotional: null,
  pointValue: '1',
  contractSize: null,
  tickValue: null,
  clusters: [],
  shortable: true,
  enabled: true,
  restricted: false,
  calendar: 'equity',
  marginRate: null,
  marginPerUnit: null,
  maxLeverageIntraday: null,
  maxLeverageOvernight: null,
  commissionPerUnit: '0',
  commissionRate: '0',
  commissionMinimum: '0',
  spread: '0',
  slippageTicks: '0',
  optionDelta: null,
  optionStrike: null,
  optionUnderlying: null,
  optionRight: null,
  expires: null,
  source: 'the model',
}
