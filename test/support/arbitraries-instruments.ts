import type { AssetClass, InstrumentSpec } from '../../src/domain/inputs.ts'
import { future, pair, share } from './sizing-fixtures.ts'

/** An instrument with a price it trades near, in ticks. */
export interface Listed {
  readonly spec: InstrumentSpec
  /** Price as a whole number of ticks. */
  readonly ticks: number
}

const coin = { assetClass: 'crypto', calendar: 'crypto', lotStep: '0.00001', minQuantity: '0.0001' } as const
const option = {
  assetClass: 'option',
  pointValue: '100',
  contractSize: '100',
  commissionPerUnit: '0.65',
  commissionMinimum: '1',
} as const

/** Instruments of every class, currency and cost model that the generated books and orders draw from. */
export const LISTED: readonly Listed[] = [
  {
    spec: share({
      symbol: 'ACME',
      clusters: ['tech', 'us'],
      commissionPerUnit: '0.005',
      commissionMinimum: '1',
      spread: '0.02',
      slippageTicks: '1',
    }),
    ticks: 10_000,
  },
  {
    spec: share({
      symbol: 'BOLT',
      clusters: ['tech'],
      lotStep: '0.001',
      minQuantity: '0.01',
      commissionRate: '0.0005',
      commissionMinimum: '1.25',
    }),
    ticks: 4_327,
  },
  {
    spec: share({
      symbol: 'CASA',
      currency: 'EUR',
      clusters: ['eu'],
      marginRate: '0.5',
      minNotional: '200',
      slippageTicks: '3',
    }),
    ticks: 1_899,
  },
  {
    spec: share({
      symbol: 'DUNE',
      currency: 'GBP',
      shortable: false,
      lotStep: '10',
      minQuantity: '10',
      commissionRate: '0.001',
    }),
    ticks: 250,
  },
  {
    spec: share({
      symbol: 'ETFX',
      assetClass: 'etf',
      clusters: ['us'],
      maxQuantity: '5000',
      spread: '0.01',
      commissionMinimum: '4',
    }),
    ticks: 45_000,
  },
  {
    spec: share({
      symbol: 'BTCUSD',
      ...coin,
      clusters: ['crypto_major'],
      minNotional: '10',
      commissionRate: '0.001',
      spread: '1.5',
    }),
    ticks: 6_500_000,
  },
  {
    spec: share({
      symbol: 'DOGEUSD',
      ...coin,
      tickSize: '0.00001',
      lotStep: '1',
      minQuantity: '1',
      clusters: ['meme_coin', 'crypto_alt'],
      commissionRate: '0.0026',
    }),
    ticks: 12_345,
  },
  {
    spec: pair('EURUSD', {
      commissionPerUnit: '3.5',
      spread: '0.00012',
      slippageTicks: '2',
      tickValue: '1',
      clusters: ['fx_major'],
    }),
    ticks: 110_250,
  },
  { spec: pair('AUDNZD', { spread: '0.0003', commissionPerUnit: '2', commissionMinimum: '2' }), ticks: 108_311 },
  { spec: pair('USDJPY', { spread: '0.012', clusters: ['fx_major'] }), ticks: 149_555 },
  {
    spec: pair('GBPUSD', {
      lotStep: '1000',
      minQuantity: '1000',
      pointValue: '1',
      commissionRate: '0.00002',
      commissionMinimum: '2',
    }),
    ticks: 126_090,
  },
  {
    spec: future('MESZ6', '0.25', '5', {
      contractSize: '5',
      tickValue: '1.25',
      clusters: ['us_index'],
      marginPerUnit: '1520',
      commissionPerUnit: '0.62',
      slippageTicks: '2',
    }),
    ticks: 20_049,
  },
  {
    spec: future('6JZ6', '0.0000005', '12500000', {
      tickValue: '6.25',
      marginPerUnit: '2900',
      commissionPerUnit: '2.47',
    }),
    ticks: 13_400,
  },
  {
    spec: future('FDXM', '1', '5', {
      currency: 'EUR',
      clusters: ['eu'],
      marginPerUnit: '6100',
      commissionPerUnit: '1.5',
      lotStep: '5',
      minQuantity: '5',
    }),
    ticks: 19_400,
  },
  {
    spec: share({
      symbol: 'ACME C110',
      ...option,
      optionRight: 'call',
      optionDelta: '0.45',
      optionStrike: '110',
      optionUnderlying: '100',
      clusters: ['tech'],
    }),
    ticks: 325,
  },
  {
    spec: share({
      symbol: 'ACME P90',
      ...option,
      optionRight: 'put',
      optionDelta: '-0.3',
      optionStrike: '90',
      optionUnderlying: '100',
      marginPerUnit: '1800',
    }),
    ticks: 210,
  },
  {
    spec: share({
      symbol: 'XAUUSD',
      assetClass: 'cfd',
      calendar: 'fx',
      pointValue: '100',
      lotStep: '0.01',
      minQuantity: '0.01',
      marginRate: '0.05',
      spread: '0.3',
      clusters: ['metals'],
    }),
    ticks: 265_000,
  },
  {
    spec: share({
      symbol: 'DE40',
      assetClass: 'cfd',
      currency: 'EUR',
      tickSize: '0.1',
      lotStep: '0.1',
      minQuantity: '0.1',
      maxQuantity: '50',
      marginRate: '0.05',
      clusters: ['eu'],
    }),
    ticks: 194_210,
  },
]

/** Every class of instrument is drawn from. */
export const CLASSES: ReadonlySet<AssetClass> = new Set(LISTED.map(({ spec }) => spec.assetClass))

/** A price a whole number of ticks, as decimal text; at least one tick. */
export function ticksOf(spec: InstrumentSpec, ticks: number): string {
  return multiple(spec.tickSize, Math.max(1, Math.round(ticks)))
}

/** A whole multiple of a decimal step, as plain text. */
export function multiple(step: string, count: number): string {
  const [whole = '0', decimals = ''] = step.split('.')
  const digits = (BigInt(whole + decimals) * BigInt(count)).toString()
  if (decimals === '') return digits
  const negative = digits.startsWith('-')
  const padded = digits.replace('-', '').padStart(decimals.length + 1, '0')
  return `${negative ? '-' : ''}${padded.slice(0, -decimals.length)}.${padded.slice(-decimals.length)}`
}

/** Fine lots are taken by the thousand, so that sizes of all instruments are of like weight. */
export function lotsNear(lotStep: string, lots: number): number {
  return Number(lotStep) < 0.001
    ? lots * 50
    : Number(lotStep) < 1
      ? lots
      : lots <= 200
        ? 1 + Math.floor(lots / 40)
        : lots
}
