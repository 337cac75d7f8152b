import { covarianceTimes } from '../optimiser/risk-figures.ts'

/** One asset of a plan. Weights are signed shares of equity. */
export interface RebalanceAsset {
  readonly name: string
  readonly present: number
  readonly target: number
  /** Share of equity that one lot is worth; `null` where lot or price is not known. */
  readonly lotWeight: number | null
  /** Cost per unit of weight traded. */
  readonly cost: number
}

/** What a plan is made by. */
export interface RebalanceTerms {
  /** A weight off its target by less is left alone; a position that should be none is closed all the same. */
  readonly band: number
  /** Days over which a gain is counted against its cost. */
  readonly horizonDays: number
  readonly riskAversion: number
  /** Σ a year, row-major, in the order of the assets, and expected returns; without both no benefit is known. */
  readonly sigma?: Float64Array
  readonly mu?: Float64Array
}

/** One order of a plan, before the governor. `lots` is signed and whole, or `null` where the whole position is closed. */
export interface PlannedTrade {
  readonly index: number
  readonly name: string
  readonly lots: number | null
  readonly change: number
  readonly after: number
  readonly cost: number
  /** Whether it brings the position nearer to none. */
  readonly reduces: boolean
  readonly says: string
}

/** An asset that is left alone, and why. */
export interface KeptAsset {
  readonly index: number
  readonly name: string
  readonly reason: 'on_target' | 'within_band' | 'below_lot' | 'lot_unknown'
  readonly says: string
}

/** Orders from present weights to targets. `benefit` and `worthwhile` are absent where they are not known. */
export interface RebalancePlan {
  readonly trades: readonly PlannedTrade[]
  readonly kept: readonly KeptAsset[]
  /** Weights after all trades. */
  readonly after: readonly number[]
  readonly turnover: number
  /** Shares of equity: the cost once, the benefit over the horizon. */
  readonly cost: number
  readonly benefit?: number
  readonly worthwhile?: boolean
  readonly says: string
}

const DAYS_A_YEAR = 365
/** Lots are counted with this slack, so that a quotient just below a whole number is that number. */
const LOT_SLACK = 1e-9

/**
 * The orders that bring present weights to their targets in whole lots, never past a target; those that reduce a position
 * first, then the largest. A proposal: nothing here trades, and every order still meets the governor.
 */
export function rebalancePlan(assets: readonly RebalanceAsset[], terms: RebalanceTerms): RebalancePlan {
  const trades: PlannedTrade[] = []
  const kept: KeptAsset[] = []
  assets.forEach((asset, index) => {
    const step = stepOf(asset, index, terms.band)
    if ('reason' in step) kept.push(step)
    else trades.push(step)
  })
  trades.sort((a, b) => Number(b.reduces) - Number(a.reduces) || Math.abs(b.change) - Math.abs(a.change))
  const after = assets.map(({ present }) => present)
  for (const trade of trades) after[trade.index] = trade.after
  const turnover = trades.reduce((sum, { change }) => sum + Math.abs(change), 0)
  const cost = trades.reduce((sum, trade) => sum + trade.cost, 0)
  const benefit = benefitOf(assets, after, terms)
  const worth = benefit === undefined ? {} : { benefit, worthwhile: benefit > cost }
  return {
    trades,
    kept,
    after,
    turnover,
    cost,
    ...worth,
    says: planSentence(trades.length, turnover, cost, benefit, terms),
  }
}

function stepOf(asset: RebalanceAsset, index: number, band: number): PlannedTrade | KeptAsset {
  const { name, present, target, lotWeight, cost } = asset
  const keep = (reason: KeptAsset['reason'], says: string): KeptAsset => ({ index, name, reason, says })
  const off = target - present
  const closes = target === 0 && present !== 0
  if (off === 0) return keep('on_target', `${name} is at its target of ${percent(target)}.`)
  if (!closes && Math.abs(off) < band)
    return keep(
      'within_band',
      `${name} is ${percent(Math.abs(off))} from its target, within the band of ${percent(band)}.`,
    )
  const moved = (lots: number | null, change: number): PlannedTrade => {
    const after = closes ? 0 : present + change
    const reduces = Math.abs(after) < Math.abs(present)
    const says = `${change > 0 ? 'Buy' : 'Sell'} ${percent(Math.abs(change))} of equity in ${name}: from ${percent(present)} to ${percent(after)}.`
    return { index, name, lots, change, after, cost: Math.abs(change) * cost, reduces, says }
  }
  if (closes) return moved(null, -present)
  if (lotWeight === null || !(lotWeight > 0) || lotWeight === Infinity)
    return keep('lot_unknown', `The lot or the price of ${name} is not known, so it cannot be traded in whole lots.`)
  const lots = Math.trunc(off / lotWeight + Math.sign(off) * LOT_SLACK)
  if (lots === 0)
    return keep(
      'below_lot',
      `${name} is ${percent(Math.abs(off))} from its target, less than one lot (${percent(lotWeight)}).`,
    )
  return moved(lots, lots * lotWeight)
}

/** Gain of μ′w − ½λ·w′Σw over the horizon. */
function benefitOf(
  assets: readonly RebalanceAsset[],
  after: readonly number[],
  { sigma, mu, riskAversion, horizonDays }: RebalanceTerms,
): number | undefined {
  if (sigma === undefined || mu === undefined) return undefined
  const worth = (weights: Float64Array): number => {
    const slopes = covarianceTimes(sigma, weights)
    return weights.reduce(
      (sum, weight, i) => sum + weight * ((mu[i] as number) - (riskAversion / 2) * (slopes[i] as number)),
      0,
    )
  }
  const before = worth(Float64Array.from(assets, ({ present }) => present))
  return ((worth(Float64Array.from(after)) - before) * horizonDays) / DAYS_A_YEAR
}

function planSentence(
  count: number,
  turnover: number,
  cost: number,
  benefit: number | undefined,
  { horizonDays }: RebalanceTerms,
): string {
  if (count === 0) return 'Nothing is far enough from its target to trade.'
  const orders = `${count} ${count === 1 ? 'order trades' : 'orders trade'} ${percent(turnover)} of equity for ${percent(cost, 3)}`
  if (benefit === undefined) return `${orders}; what that gains is not known without expected returns and a covariance.`
  const gain = `${percent(Math.abs(benefit), 3)} over ${horizonDays} days`
  if (benefit <= 0) return `${orders} and lose ${gain}: not worth it.`
  return `${orders} and gain ${gain}: ${benefit > cost ? 'worth it' : 'not worth it'}.`
}

function percent(value: number, places = 2): string {
  return `${(value * 100).toFixed(places)} %`
}
