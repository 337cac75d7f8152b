import { valueAxis } from '../charts/plot-axes.ts'
import type { PlotEnd, PlotLine, PlotScene } from '../charts/plot-scene.ts'
import { ratioAxis } from '../charts/ratio-axis.ts'
import { numberText } from '../format/number-text.ts'
import type { ChartTable } from '../kit/chart-table.ts'

/** What one method made of its starting equity at given periods; 1 is the start. */
export interface EquityCurve {
  readonly id: string
  readonly title: string
  readonly equity: readonly number[]
}

/** The chosen method is solid; each other has a dash, so that no line is known by its colour alone. */
const DASHES: readonly (readonly number[])[] = [
  [6, 4],
  [2, 3],
  [8, 3, 2, 3],
  [12, 4],
  [4, 2, 1, 2],
  [1, 4],
  [10, 2],
]
const MARGIN = 236
const LEAST = 1e-6

/** All curves, the chosen one strong; named at their ends. */
export function equityScene(
  curves: readonly EquityCurve[],
  steps: readonly number[],
  chosen: string | undefined,
  { isLog, isNarrow }: { readonly isLog: boolean; readonly isNarrow: boolean },
): PlotScene {
  const last = Math.max(1, steps.at(-1) ?? 1)
  const values = [1, ...curves.flatMap(({ equity }) => equity)].map((value) => Math.max(value, isLog ? LEAST : 0))

  const across = valueAxis([0, last], (value) => numberText(value, { mostPlaces: 0 }), { withZero: true })
  const at = curves.findIndex(({ id }) => id === chosen)
  const order =
    at < 0 ? curves : [...curves.filter((_, index) => index !== at), curves[at]].filter((one) => one !== undefined)
  return {
    x: { from: 0, to: last, ticks: across.ticks.filter((tick) => tick.at <= last && Number.isInteger(tick.at)) },
    y: isLog ? ratioAxis(values) : valueAxis(values, ratioTick),
    lines: order.map((curve) => lineOf(curve, steps, curves.indexOf(curve), curve.id === chosen)),
    marks: [{ kind: 'level', at: 1, label: '' }],
    ends: order.map((curve): PlotEnd => {
      const end = curve.equity.at(-1) ?? 1
      return {
        at: Math.max(end, LEAST),
        label: isNarrow ? ratioTick(end) : `${ratioTick(end)}  ${curve.title}`,
        isStrong: curve.id === chosen,
      }
    }),
    margin: isNarrow ? 60 : MARGIN,
  }
}

/** The same numbers as a table: a row per period given. */
export function equityTable(curves: readonly EquityCurve[], steps: readonly number[]): ChartTable {
  return {
    columns: ['Period', ...curves.map(({ title }) => title)],
    rows: steps.map((step, at) => [String(step), ...curves.map(({ equity }) => (equity[at] ?? Number.NaN).toFixed(4))]),
  }
}

function lineOf({ equity }: EquityCurve, steps: readonly number[], index: number, isChosen: boolean): PlotLine {
  return {
    x: [0, ...steps],
    y: [1, ...equity].map((value) => Math.max(value, LEAST)),
    colour: isChosen ? 'series-a' : 'ink-3',
    width: isChosen ? 2.5 : 1.25,
    dash: isChosen ? [] : (DASHES[index % DASHES.length] ?? []),
  }
}

const ratioTick = (value: number): string =>
  value >= 1e6 ? value.toExponential(1).replace('e+', 'e') : numberText(value, { mostPlaces: value >= 100 ? 0 : 2 })
