import type { DeskInput } from '../../../src/domain/desk-input.ts'
import type { BookInput } from '../../../src/domain/inputs.ts'
import {
  DAY,
  NOW,
  onlyRules,
  position,
  profileOf,
  rawProfile,
  reading,
  share,
  type RawProfile,
  type Told,
} from '../../support/sizing-fixtures.ts'

export const FREE = onlyRules({})
export const gate = (changes: Record<string, unknown>) => {
  const raw = rawProfile()
  const off = (section: RawProfile['ceilings']): RawProfile['ceilings'] =>
    Object.fromEntries(Object.keys(section).map((id) => [id, 'off']))
  return profileOf({ ...raw, ceilings: off(raw.ceilings), gate: { ...raw.gate, ...changes } })
}

/** A live desk that lets new risk through. */
const ARMED: DeskInput = { state: 'NORMAL', entries: true, exits: true, code: null, says: 'NORMAL.' }

/** One order that one check blocks. */
export interface Blocked {
  readonly rule: string
  readonly says: string
  readonly told: Told
  readonly held?: Partial<BookInput>
  readonly profile?: ReturnType<typeof gate>
  readonly reason: string
}

export const strategy = { code: 'alpha', budget: null, fixedQuantity: null, method: null, enabled: false }
export const SATURDAY = NOW + DAY
export const onSaturday = {
  at: SATURDAY,
  account: { equity: reading('100000', SATURDAY), peakEquity: reading('100000', SATURDAY) },
}

export const BLOCKED: readonly Blocked[] = [
  {
    rule: 'account_enabled',
    says: 'the account is switched off',
    told: { account: { enabled: false } },
    reason: 'NOT_ENABLED account.enabled',
  },
  {
    rule: 'instrument_enabled',
    says: 'the instrument is switched off',
    told: { instrument: share({ enabled: false }) },
    reason: 'NOT_ENABLED instrument.enabled',
  },
  {
    rule: 'instrument_enabled',
    says: 'the instrument is restricted',
    told: { instrument: share({ restricted: true }) },
    reason: 'RESTRICTED instrument.restricted',
  },
  {
    rule: 'instrument_enabled',
    says: 'the strategy is switched off',
    told: { strategy, request: { strategy: 'alpha' } },
    reason: 'NOT_ENABLED strategy.enabled',
  },
  {
    rule: 'spec_check',
    says: 'the tick value disagrees by more than 1 %',
    told: { instrument: share({ tickValue: '0.0102' }) },
    reason: 'SPEC_MISMATCH instrument.tickValue',
  },
  {
    rule: 'spec_check',
    says: 'the contract size disagrees',
    told: { instrument: share({ contractSize: '100' }) },
    reason: 'SPEC_MISMATCH instrument.contractSize',
  },
  {
    rule: 'stop_side',
    says: 'the stop of a buy is above the entry',
    told: { request: { stop: '101' } },
    reason: 'STOP_WRONG_SIDE request.stop',
  },
  {
    rule: 'stop_side',
    says: 'the stop of a sell is below the entry',
    told: { request: { side: 'sell' } },
    reason: 'STOP_WRONG_SIDE request.stop',
  },
  {
    rule: 'stop_side',
    says: 'the stop is nearer than the least ticks',
    told: { request: { stop: '99.96' } },
    profile: gate({ stop_side: { leastTicks: 5 } }),
    reason: 'STOP_TOO_NEAR request.stop',
  },
  {
    rule: 'target_side',
    says: 'the target of a buy is below the entry',
    told: { request: { target: '99' } },
    reason: 'TARGET_WRONG_SIDE request.target',
  },
  {
    rule: 'short_allowed',
    says: 'the instrument may not be sold short',
    told: { instrument: share({ shortable: false }), request: { side: 'sell', stop: '105' } },
    reason: 'SHORT_NOT_ALLOWED request.side',
  },
  {
    rule: 'market_data',
    says: 'a held position is marked at an old price',
    told: {},
    held: { positions: [position({ mark: reading('50', NOW - 3 * DAY) })] },
    reason: 'QUOTE_STALE positions.HELD.mark',
  },
  {
    rule: 'market_data',
    says: 'one of many marks lies in the future',
    told: {},
    held: { positions: [position(), position({ symbol: 'NEXT', mark: reading('50', NOW + 60_000) })] },
    reason: 'CLOCK_ANOMALY positions.NEXT.mark',
  },
  {
    rule: 'market_data',
    says: 'one of many marks has no time',
    told: {},
    held: { positions: [position(), position({ symbol: 'NEXT', mark: reading('50', null) })] },
    reason: 'INPUT_MISSING positions.NEXT.mark',
  },
  {
    rule: 'market_data',
    says: 'a position is valued at an old exchange rate',
    told: {},
    held: {
      positions: [position({ spec: share({ symbol: 'HELD', currency: 'EUR' }) })],
      rates: [{ from: 'EUR', to: 'USD', rate: '1.1', at: NOW - 5 * DAY, source: 'test' }],
    },
    reason: 'QUOTE_STALE rates.EURUSD',
  },
  {
    rule: 'account_enabled',
    says: 'a live order has no state of its desk',
    told: { bookKind: 'live', last: reading('100', NOW) },
    reason: 'INPUT_MISSING desk',
  },
  {
    rule: 'account_enabled',
    says: 'the desk is closing only',
    told: { desk: { ...ARMED, state: 'REDUCE_ONLY', entries: false, code: 'REDUCE_ONLY', says: 'Closing only.' } },
    reason: 'REDUCE_ONLY desk',
  },
  {
    rule: 'account_enabled',
    says: 'a live desk is not armed',
    told: { bookKind: 'live', last: reading('100', NOW), desk: { ...ARMED, entries: false, code: 'NOT_ARMED' } },
    reason: 'NOT_ARMED desk',
  },
  {
    rule: 'market_data',
    says: 'a live order has no live quote',
    told: { bookKind: 'live', desk: ARMED, last: reading('100', NOW - 6_000) },
    reason: 'QUOTE_STALE last',
  },
  {
    rule: 'price_collar',
    says: 'the entry is 6 % from the last price',
    told: { last: reading('106.5') },
    profile: gate({}),
    reason: 'PRICE_COLLAR request.entry',
  },
  {
    rule: 'market_data',
    says: 'a live order has no price at all',
    told: { bookKind: 'live', desk: ARMED },
    profile: gate({}),
    reason: 'INPUT_MISSING last',
  },
  {
    rule: 'session',
    says: 'the market is shut for the weekend',
    told: onSaturday,
    profile: gate({ session: { applies: 'always' } }),
    reason: 'SESSION_CLOSED instrument.calendar',
  },
  {
    rule: 'reward_to_risk',
    says: 'the target is nearer than required',
    told: { request: { target: '107' } },
    profile: gate({ reward_to_risk: { least: '1.5' } }),
    reason: 'REWARD_TO_RISK request.target',
  },
  {
    rule: 'reward_to_risk',
    says: 'a target is required and missing',
    told: {},
    profile: gate({ reward_to_risk: { least: '1.5' } }),
    reason: 'INPUT_MISSING request.target',
  },
  {
    rule: 'fees_below_edge',
    says: 'commissions eat the gain at the target',
    told: { instrument: share({ commissionMinimum: '60' }), request: { target: '100.5' } },
    reason: 'FEE_EXCEEDS_EDGE request.target',
  },
  {
    rule: 'duplicate',
    says: 'the same order was decided a second ago',
    told: { recent: [{ symbol: 'ACME', side: 'buy', quantity: '200', at: NOW - 1_000 }] },
    reason: 'DUPLICATE request',
  },
  {
    rule: 'order_rate',
    says: 'five orders were decided within the second',
    told: {
      recent: Array.from({ length: 5 }, (_, index) => ({
        symbol: 'BOLT',
        side: 'buy' as const,
        quantity: '1',
        at: NOW - 100 * index,
      })),
    },
    reason: 'THROTTLE request',
  },
  {
    rule: 'order_rate',
    says: 'the orders of the day are used up',
    told: { ordersToday: 500 },
    reason: 'THROTTLE request',
  },
]
