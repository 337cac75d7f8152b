import type { Reading } from './inputs.ts'

/** Market statistics of the order's instrument. */
export interface MarketStudy {
  /** Annualised volatility, a fraction. */
  readonly volatility: Reading
  /** 33rd and 80th percentile of the instrument's own volatility over a year, annualised. */
  readonly volatilityLow: Reading
  readonly volatilityHigh: Reading
  /** Annualised expected return, a fraction. */
  readonly expectedReturn: Reading
  /** Mean of the average true range over the last 20 bars, price units. */
  readonly atrMean: Reading
  /** Units traded a day, mean of the last 20 days. */
  readonly averageDailyVolume: Reading
  /** Liquidity score from 0 to 1. */
  readonly liquidity: Reading
}

/** Correlations of the order's instrument and what is held; symbols index both arrays. */
export interface CorrelationStudy {
  readonly symbols: readonly string[]
  /** Row by row, `symbols.length` squared, denoised. */
  readonly correlation: readonly number[]
  /** Annualised, as fractions. */
  readonly volatility: readonly number[]
  /** Common periods each pair was measured on, at the least. */
  readonly periods: number
  readonly source: string
  readonly at: number
}

/** Names of the regime sensors. */
export const SENSOR_IDS = ['lyapunov', 'ising', 'eigen'] as const
/** Name of a regime sensor. */
export type SensorId = (typeof SENSOR_IDS)[number]

/** What a regime sensor says; `value` is its multiplier, from 0 to 1. An abstention is 1 and stated. */
export interface SensorReading extends Reading {
  readonly id: SensorId
  readonly abstains: boolean
  readonly says: string
}

/** Market regimes a trader may set by hand. */
export const REGIMES = ['trend', 'mean_reversion', 'chop', 'high_volatility', 'crisis'] as const
/** One market regime. */
export type Regime = (typeof REGIMES)[number]

/** The market regime in force, with its quality from 0 to 1. */
export interface RegimeStudy {
  readonly regime: Regime | null
  readonly quality: Reading
  readonly source: string
  readonly at: number | null
}

/** What the prop firm's rules leave, in account currency, worked out from the account's history. */
export interface PropFirmStanding {
  readonly program: string
  /** Equity at or below which the account fails, of its maximum-loss rule. */
  readonly floor: string | null
  readonly floorSays: string
  /** Equity at or below which the day fails, of its daily-loss rule. */
  readonly dayFloor: string | null
  readonly dayFloorSays: string
  /** Why the floors are not known although a program is chosen; nothing may be opened then. */
  readonly fault?: string
}

/** Everything a decision looks at beyond its order, account and instrument. What was not studied is absent. */
export interface Studies {
  readonly market: MarketStudy | null
  readonly correlation: CorrelationStudy | null
  readonly sensors: readonly SensorReading[]
  readonly regime: RegimeStudy | null
  /** Net profits of the last closed trades in account currency, oldest first. */
  readonly lastProfits: readonly string[]
  readonly propFirm: PropFirmStanding | null
}
