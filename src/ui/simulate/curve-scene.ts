import { shareTick, valueAxis } from '../charts/plot-axes.ts'
import type { PlotDot, PlotEnd, PlotMark, PlotScene } from '../charts/plot-scene.ts'
import { percentText } from '../format/number-text.ts'
import type { ChartTable } from '../kit/chart-table.ts'

/** One staked fraction of equity and what it led to; bands are `null` where the evidence of the edge is not known. */
export interface CurvePoint {
  readonly fraction: number
  readonly growth: number
  readonly growthBand: readonly [low: number, high: number] | null
  readonly ruin: { readonly probability: number; readonly low: number; readonly high: number } | null
  readonly ruinBand: readonly [low: number, high: number] | null
  readonly medianDrawdown: number
  readonly drawdownBand: readonly [low: number, high: number] | null
}

/** What of a curve is drawn with its band. */
export type CurveMeasure = 'ruin' | 'growth' | 'drawdown'

/** What stands on a curve besides its lines; fractions of equity, `undefined` where there is none. */
export interface CurveMarks {
  readonly recommended: number | undefined
  readonly fullKelly: number | undefined
  readonly a: number | undefined
  readonly b: number | undefined
  /** The most a measure may be for this person. */
  readonly tolerance: number | undefined
}

/** Room for the growth scale at the right, in pixels. */
const MARGIN = 56

/** One measure against the fraction with its band; median growth dashed behind ruin and drawdown, on a scale at the right. */
export function curveScene(points: readonly CurvePoint[], measure: CurveMeasure, marks: CurveMarks): PlotScene {
  // Who stakes nothing neither grows, falls nor is ruined: every curve begins there.
  const x = [0, ...points.map(({ fraction }) => fraction)]
  const main = [0, ...points.map((point) => measureOf(point, measure))]
  const hasBand = points.some((point) => bandOf(point, measure) !== null)
  const low = [0, ...points.map((point) => bandOf(point, measure)?.[0] ?? null)]
  const high = [0, ...points.map((point) => bandOf(point, measure)?.[1] ?? null)]
  const y =
    measure === 'growth'
      ? growthAxis([...main, ...high], main)
      : valueAxis(measure === 'ruin' ? [0, 1] : [...main, ...high], shareTick, { withZero: true, count: 4 })
  const behind = measure === 'growth' ? undefined : growthBehind(points, y.to)
  const across = valueAxis([0, x.at(-1) ?? 1], shareTick, { withZero: true, count: 4 })
  const last = x.at(-1) ?? 1
  return {
    x: { from: 0, to: last, ticks: across.ticks.filter(({ at }) => at <= last) },
    y,
    bands: !hasBand ? [] : [{ x, low, high, colour: 'ink-3', opacity: 0.24 }],
    lines: [
      ...(behind === undefined
        ? []
        : [{ x, y: behind.y, colour: 'ink-3' as const, width: 1.5, dash: [5, 4] as const }]),
      { x, y: main, colour: 'ink', width: 2.25 },
    ],
    marks: marksOf(points, measure, marks),
    ends: behind?.ends ?? [],
    margin: behind === undefined ? 8 : MARGIN,
  }
}

/** The same numbers as a table. */
export function curveTable(points: readonly CurvePoint[]): ChartTable {
  const range = (band: readonly [number, number] | null): string =>
    band === null ? '' : `${percentText(band[0])} to ${percentText(band[1])}`
  return {
    columns: [
      'Fraction',
      'Median growth',
      'of 80 % of edges',
      'Ruin',
      '95 % interval',
      'of 80 % of edges',
      'Median drawdown',
      'of 80 % of edges',
    ],
    rows: points.map(({ fraction, growth, growthBand, ruin, ruinBand, medianDrawdown, drawdownBand }) => [
      percentText(fraction),
      percentText(growth, 4),
      range(growthBand),
      ruin === null ? '' : percentText(ruin.probability),
      ruin === null ? '' : range([ruin.low, ruin.high]),
      range(ruinBand),
      percentText(medianDrawdown),
      range(drawdownBand),
    ]),
  }
}

/** A measure at any fraction, between the points beside it; `undefined` beyond the curve. */
export function onCurve(points: readonly CurvePoint[], measure: CurveMeasure, at: number): number | undefined {
  const next = points.findIndex(({ fraction }) => fraction >= at)
  const after = points[next]
  if (after === undefined) return undefined
  const before = points[next - 1] ?? { ...after, fraction: 0 }
  const [from, to] = [measureOf(before, measure), measureOf(after, measure)]
  if (from === null || to === null) return undefined
  const start = next === 0 ? 0 : from
  const share = (at - before.fraction) / (after.fraction - before.fraction)
  return start + share * (to - start)
}

function measureOf({ growth, ruin, medianDrawdown }: CurvePoint, measure: CurveMeasure): number | null {
  return measure === 'growth' ? growth : measure === 'ruin' ? (ruin?.probability ?? null) : medianDrawdown
}

function bandOf(point: CurvePoint, measure: CurveMeasure): readonly [number, number] | null {
  return measure === 'growth' ? point.growthBand : measure === 'ruin' ? point.ruinBand : point.drawdownBand
}

/** Growth far below zero says nothing more than «shrinks»: the axis ends as far below zero as it reaches above. */
function growthAxis(values: readonly (number | null)[], main: readonly (number | null)[]): PlotScene['y'] {
  const most = Math.max(0, ...values.filter((value) => value !== null))
  const least = Math.min(0, ...main.filter((value) => value !== null))
  const tick = (value: number): string => percentText(value, most < 0.005 ? 2 : 1)
  const axis = valueAxis([most, most > 0 ? Math.max(least, -most) : least], tick, { withZero: true, count: 4 })
  return axis
}

function growthBehind(
  points: readonly CurvePoint[],
  top: number,
): { readonly y: readonly (number | null)[]; readonly ends: readonly PlotEnd[] } | undefined {
  const most = Math.max(...points.map(({ growth }) => growth))
  if (!(most > 0)) return undefined
  // The right scale ends a little above the best growth, so that its line does not touch the frame.
  const full = most * 1.12
  const end = (value: number): PlotEnd => ({
    at: (value / full) * top,
    label: percentText(value, value < 0.001 ? 3 : 2, true),
  })
  return {
    y: [0, ...points.map(({ growth }) => (growth < 0 ? null : (growth / full) * top))],
    ends: [end(most), end(most / 2)],
  }
}

function marksOf(points: readonly CurvePoint[], measure: CurveMeasure, marks: CurveMarks): PlotMark[] {
  const { recommended, fullKelly, a, b, tolerance } = marks
  const last = points.at(-1)?.fraction ?? 0
  const dot = (at: number | undefined, label: string, colour: PlotDot['colour']): PlotMark[] => {
    const y = at === undefined ? undefined : onCurve(points, measure, at)
    return at === undefined || y === undefined ? [] : [{ kind: 'dot', x: at, y, colour, label }]
  }
  const upright = (at: number | undefined, label: string): PlotMark[] =>
    at === undefined || at <= 0 || at > last ? [] : [{ kind: 'upright', at, label }]
  return [
    ...(measure === 'growth' ? [{ kind: 'level', at: 0, label: '', isStrong: true } as const] : []),
    ...(tolerance === undefined || measure === 'growth'
      ? []
      : [{ kind: 'level', at: tolerance, label: `allowed ${percentText(tolerance, 0)}`, isAtEnd: true } as const]),
    ...upright(fullKelly, 'full Kelly'),
    ...upright(recommended, `best ${percentText(recommended ?? 0)}`),
    ...dot(b, 'B', 'series-b'),
    ...dot(a, 'A', 'series-a'),
  ]
}
