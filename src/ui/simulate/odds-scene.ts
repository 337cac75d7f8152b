import { shareTick, valueAxis } from '../charts/plot-axes.ts'
import type { PlotMark, PlotScene } from '../charts/plot-scene.ts'
import { numberText, percentText } from '../format/number-text.ts'
import type { ChartTable } from '../kit/chart-table.ts'

interface Chance {
  readonly probability: number
  readonly low: number
  readonly high: number
}

/** The odds of an account at one size. */
export interface OddsPoint {
  /** Risk per trade as a share of equity, or the size of the order; the axis says which. */
  readonly size: number
  readonly pass: Chance
  readonly breach: Chance
}

/** What the sizes are, and which of them stand out. */
export interface OddsWords {
  readonly sizeText: (size: number) => string
  readonly best: number | undefined
  readonly own: number | undefined
  /** What the account or the ticket has now. */
  readonly ownWord: string
  /** Whether there is a target that can be passed. */
  readonly hasTarget: boolean
}

/** Chances of passing and of a breach over the size, each with its interval. */
export function oddsScene(
  points: readonly OddsPoint[],
  { sizeText, best, own, ownWord, hasTarget }: OddsWords,
): PlotScene {
  const x = points.map(({ size }) => size)
  const [first, last] = [x[0] ?? 0, x.at(-1) ?? 1]
  const line = (of: (point: OddsPoint) => Chance) => ({
    y: points.map((point) => of(point).probability),
    low: points.map((point) => of(point).low),
    high: points.map((point) => of(point).high),
  })
  const [pass, breach] = [line((point) => point.pass), line((point) => point.breach)]
  const marks: PlotMark[] = [
    ...(best === undefined
      ? []
      : [{ kind: 'upright', at: best, label: `best ${sizeText(best)}`, isStrong: true } as const]),
    ...(own === undefined ? [] : [{ kind: 'upright', at: own, label: `${ownWord} ${sizeText(own)}` } as const]),
  ]
  return {
    x: { from: first, to: Math.max(last, first + 1e-9), ticks: sizeTicks(first, last, sizeText) },
    y: valueAxis([0, ...pass.high, ...breach.high], shareTick, { withZero: true, count: 4 }),
    bands: [
      ...(hasTarget ? [{ x, low: pass.low, high: pass.high, colour: 'series-a', opacity: 0.16 } as const] : []),
      { x, low: breach.low, high: breach.high, colour: 'series-b', opacity: 0.16 },
    ],
    lines: [
      ...(hasTarget ? [{ x, y: pass.y, colour: 'series-a', width: 2 } as const] : []),
      { x, y: breach.y, colour: 'series-b', width: 2, dash: [6, 4] },
    ],
    marks,
    ends: [
      ...(hasTarget ? [{ at: pass.y.at(-1) ?? 0, label: 'pass' }] : []),
      { at: breach.y.at(-1) ?? 0, label: 'breach' },
    ],
    margin: 48,
  }
}

/** The same numbers as a table. */
export function oddsTable(points: readonly OddsPoint[], sizeText: (size: number) => string): ChartTable {
  const interval = ({ low, high }: Chance): string => `${percentText(low, 1)} to ${percentText(high, 1)}`
  return {
    columns: ['Size', 'P(pass)', '95 %', 'P(breach)', '95 %'],
    rows: points.map(({ size, pass, breach }) => [
      sizeText(size),
      percentText(pass.probability),
      interval(pass),
      percentText(breach.probability),
      interval(breach),
    ]),
  }
}

/** A change of a chance in points of per cent, signed: `+1.20 points`. */
export const pointsText = (change: number): string => `${numberText(change * 100, { places: 2, signed: true })} points`

function sizeTicks(first: number, last: number, sizeText: (size: number) => string): PlotScene['x']['ticks'] {
  const { ticks } = valueAxis([first, last], sizeText, { count: 4 })
  return ticks.filter(({ at }) => at >= first - 1e-12 && at <= last + 1e-12)
}
