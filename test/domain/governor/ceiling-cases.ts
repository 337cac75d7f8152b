import type { BookInput } from '../../../src/domain/inputs.ts'
import { future, position, reading, share, type Told } from '../../support/sizing-fixtures.ts'

/** One ceiling on one order, with its use of the limit worked out by hand. */
export interface Case {
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
export const asked = { quantity: '5000' }
export const strategy = { code: 'alpha', budget: '0.15', fixedQuantity: null, method: null, enabled: true }
export const ACME = share({ clusters: ['tech', 'us'] })
export const long = (symbol: string, changes: Parameters<typeof position>[0] = {}) =>
  position({ spec: share({ symbol, clusters: ['tech'] }), ...changes })

/** Every ceiling at work. */
export const CASES: readonly Case[] = [
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
