/** One asset of the lab. */
export interface LabAsset {
  readonly symbol: string
  readonly kind: 'equity' | 'crypto'
}

/** What was forecast for each day, and what came. Row = day, column = asset. */
export interface LabMarket {
  readonly assets: readonly LabAsset[]
  readonly periodsPerYear: number
  /** Calendar years the days span, where their dates are known. */
  readonly years?: number
  /** Simple returns of each day. */
  readonly returns: readonly (readonly number[])[]
  /** Return expected of the same day, made before it began. */
  readonly forecasts: readonly (readonly number[])[]
  /** Volatility per day expected, made before it began; positive. */
  readonly volatilities: readonly (readonly number[])[]
}

/** What a method sees when it decides for a day: nothing of the day itself. */
export interface LabView {
  readonly assets: readonly LabAsset[]
  readonly forecast: readonly number[]
  readonly volatility: readonly number[]
  readonly periodsPerYear: number
}

/** A way to size: signed weights of equity per asset. */
export interface LabMethod {
  readonly id: string
  readonly title: string
  weights(view: LabView): number[]
}

/** Costs and limits that hold for every method alike. */
export interface LabTerms {
  /** Largest weight of one asset. */
  readonly assetCap: number
  /** Largest gross weight during the day, and overnight. */
  readonly intradayLeverage: number
  readonly overnightLeverage: number
  /** A year, on what is held overnight above equity. */
  readonly interest: number
  /** Per unit of weight traded. */
  readonly cost: number
}

/** The seed strategies' own terms: 60 % an asset, 4 times in the day, twice overnight, 6.5 % interest; no trading cost. */
export const LAB_TERMS: LabTerms = {
  assetCap: 0.6,
  intradayLeverage: 4,
  overnightLeverage: 2,
  interest: 0.065,
  cost: 0,
}
