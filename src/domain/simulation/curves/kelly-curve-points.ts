import { quantileOfSorted } from '../../stats/quantile.ts'
import { type Chance, chanceOf } from '../results/summarise-run.ts'
import type { CurveCell, CurveRequest } from './kelly-curve.ts'

/** A finding with where it lies for the middle 80 % of the edges that the evidence allows. */
export type Band = readonly [low: number, high: number]

/** One point of the curve. */
export interface CurvePoint {
  readonly fraction: number
  /** Median growth per trade. */
  readonly growth: number
  readonly growthBand: Band | null
  /** `null` without a floor. */
  readonly ruin: Chance | null
  readonly ruinBand: Band | null
  readonly medianDrawdown: number
  readonly drawdownBand: Band | null
}

/** What a trader will bear. */
export interface Tolerance {
  /** Most chance of ruin, met by the upper end of its interval. */
  readonly ruin?: number
  /** Deepest median maximum drawdown. */
  readonly drawdown?: number
}

/** The fraction that grows fastest within a tolerance, and what keeps it from being larger. */
export interface Recommendation {
  /** 0 where no point of the curve is within the tolerance, or none grows. */
  readonly fraction: number
  readonly bound: 'growth' | 'ruin' | 'drawdown' | 'no edge'
  readonly says: string
}

const BAND = [0.1, 0.9] as const

/** Puts all cells of a request together. */
export function curvePoints(request: CurveRequest, cells: readonly CurveCell[]): CurvePoint[] {
  const { fractions, base } = request
  const hasFloor = base.floor !== undefined || base.trailingFloor !== undefined
  return fractions.map((fraction, point) => {
    const own = cells.filter(({ index }) => index % fractions.length === point)
    const main = own.find(({ index }) => index === point)
    const others = own.filter(({ index }) => index !== point)
    const band = (of: (cell: CurveCell) => number): Band | null => {
      if (others.length === 0) return null
      const sorted = Float64Array.from(others, of).sort()
      return [quantileOfSorted(sorted, BAND[0]), quantileOfSorted(sorted, BAND[1])]
    }
    return {
      fraction,
      growth: main?.medianGrowth ?? Number.NaN,
      growthBand: band(({ medianGrowth }) => medianGrowth),
      ruin: hasFloor && main !== undefined ? chanceOf(main.ruined, main.paths) : null,
      ruinBand: hasFloor ? band(({ ruined, paths }) => ruined / paths) : null,
      medianDrawdown: main?.medianDrawdown ?? Number.NaN,
      drawdownBand: band(({ medianDrawdown }) => medianDrawdown),
    }
  })
}

/** The point of the highest median growth among those within the tolerance. */
export function recommendedFraction(points: readonly CurvePoint[], tolerance: Tolerance): Recommendation {
  const best = fastest(points)
  if (best === undefined || best.growth <= 0) {
    return { fraction: 0, bound: 'no edge', says: 'No fraction grows: the edge does not cover its costs.' }
  }
  const tooRuinous = ({ ruin }: CurvePoint): boolean =>
    tolerance.ruin !== undefined && (ruin?.high ?? 1) > tolerance.ruin
  const tooDeep = ({ medianDrawdown }: CurvePoint): boolean =>
    tolerance.drawdown !== undefined && medianDrawdown > tolerance.drawdown
  const chosen = fastest(points.filter((point) => !tooRuinous(point) && !tooDeep(point)))
  const bound = tooRuinous(best) ? 'ruin' : tooDeep(best) ? 'drawdown' : 'growth'
  if (chosen === undefined || chosen.growth <= 0) {
    return { fraction: 0, bound, says: `No fraction on the curve is within the tolerance for ${bound}.` }
  }
  const share = `${round(chosen.fraction * 100)} % of equity`
  const says =
    bound === 'growth'
      ? `${share} grows fastest and is within the tolerance.`
      : `${share} grows fastest within the tolerance; ${round(best.fraction * 100)} % would grow faster but for ${bound}.`
  return { fraction: chosen.fraction, bound, says }
}

function fastest(points: readonly CurvePoint[]): CurvePoint | undefined {
  return points.reduce<CurvePoint | undefined>(
    (best, point) => (best === undefined || point.growth > best.growth ? point : best),
    undefined,
  )
}

function round(value: number): number {
  return Number(value.toPrecision(3))
}
