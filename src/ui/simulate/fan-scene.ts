import { valueAxis } from '../charts/plot-axes.ts'
import { ratioAxis, ratioTick } from '../charts/ratio-axis.ts'
import type { Axis, PlotBand, PlotEnd, PlotLine, PlotMark, PlotScene } from '../charts/plot-scene.ts'
import type { ColourName } from '../charts/theme-colours.ts'
import { numberText, percentText } from '../format/number-text.ts'
import type { ChartTable } from '../kit/chart-table.ts'

/** Equity over starting equity step by step: one row of `bands` per share, one number per step. */
export interface FanBands {
  readonly steps: readonly number[]
  readonly shares: readonly number[]
  readonly bands: readonly (readonly number[])[]
  readonly samples: readonly (readonly number[])[]
}

/** What is drawn beside the paths; all as equity over starting equity. */
export interface FanMarks {
  readonly goal: number | undefined
  readonly floor: number | undefined
  readonly isLog: boolean
}

/** Below a hundredth of the start a path is drawn as a hundredth: it is lost either way. */
const LOST = 0.01
const MOST_SAMPLES = 6
/** Room for the words at the ends of the lines, in pixels. */
const MARGIN = 104

/** The fan of policy A with its sample paths, and where there is one the median and outer band of policy B. */
export function fanScene(a: FanBands, b: FanBands | undefined, { goal, floor, isLog }: FanMarks): PlotScene {
  const values = [...outer(a), ...(b === undefined ? [] : outer(b)), 1, ...(goal === undefined ? [] : [goal])]
  const last = a.steps.at(-1) ?? 1
  return {
    x: stepAxis(last),
    y: isLog
      ? ratioAxis(values.map((value) => Math.max(value, LOST)))
      : valueAxis(values, ratioTick, { withZero: true }),
    bands: [...(b === undefined ? [] : [band(b, 0.05, 0.95, 'series-b', 0.13)]), ...ownBands(a)],
    lines: [
      ...sampleLines(a),
      ...(b === undefined ? [] : [medianLine(b, 'series-b', [6, 4])]),
      medianLine(a, 'series-a'),
    ],
    marks: marksOf(goal, floor),
    ends: [
      ...endsOf(a, b === undefined ? 'median' : 'median A', true),
      ...(b === undefined ? [] : endsOf(b, 'median B', false)),
    ],
    margin: MARGIN,
  }
}

/** The same numbers as a table: a row per step, a column per share. */
export function fanTable(a: FanBands, b: FanBands | undefined): ChartTable {
  const names = (fan: FanBands, policy: string): string[] => fan.shares.map((share) => `${policy}${shareName(share)}`)
  const cells = (fan: FanBands, at: number): string[] => fan.bands.map((row) => ratioText(row[at] ?? Number.NaN, 4))
  return {
    columns: ['Trade', ...names(a, b === undefined ? '' : 'A '), ...(b === undefined ? [] : names(b, 'B '))],
    rows: a.steps.map((step, at) => [String(step), ...cells(a, at), ...(b === undefined ? [] : cells(b, at))]),
  }
}

/** What the fan comes to, in one sentence. */
export function fanSummary(a: FanBands, b: FanBands | undefined): string {
  const end = (fan: FanBands, share: number): string => ratioText(rowAt(fan, share).at(-1) ?? Number.NaN)
  const tell = (fan: FanBands): string =>
    `ends at ${end(fan, 0.5)} times the start in the median, between ${end(fan, 0.05)} and ${end(fan, 0.95)} in nine of ten paths`
  const trades = numberText(String(a.steps.at(-1) ?? 0))
  return `Equity over ${trades} trades. Policy A ${tell(a)}.${b === undefined ? '' : ` Policy B ${tell(b)}.`}`
}

/** An equity over its start: 1.45, more digits where it is small. */
export function ratioText(value: number, places = 2): string {
  if (!Number.isFinite(value)) return ''
  if (value !== 0 && value < 0.01) return '< 0.01'
  return value >= 1e6
    ? value.toExponential(1).replace('e+', 'e')
    : numberText(value, { places: value >= 100 ? 0 : places })
}

const shareName = (share: number): string => percentText(share, 0)

function ownBands(fan: FanBands): PlotBand[] {
  return [band(fan, 0.05, 0.95, 'series-a', 0.13), band(fan, 0.25, 0.75, 'series-a', 0.2)]
}

function band(fan: FanBands, low: number, high: number, colour: ColourName, opacity: number): PlotBand {
  return { x: fromStart(fan.steps, 0), low: drawn(rowAt(fan, low)), high: drawn(rowAt(fan, high)), colour, opacity }
}

function medianLine(fan: FanBands, colour: ColourName, dash: readonly number[] = []): PlotLine {
  return { x: fromStart(fan.steps, 0), y: drawn(rowAt(fan, 0.5)), colour, width: 2.25, dash }
}

function sampleLines({ steps, samples }: FanBands): PlotLine[] {
  return samples
    .slice(0, MOST_SAMPLES)
    .map((path) => ({ x: fromStart(steps, 0), y: drawn(path), colour: 'series-a', width: 1, opacity: 0.45 }))
}

function endsOf(fan: FanBands, median: string, withQuarters: boolean): PlotEnd[] {
  const shares = withQuarters ? [0.95, 0.75, 0.25, 0.05] : [0.95, 0.05]
  const end = (share: number): number => Math.max(LOST, rowAt(fan, share).at(-1) ?? Number.NaN)
  const said = (share: number): string => ratioText(rowAt(fan, share).at(-1) ?? Number.NaN)
  return [
    ...(withQuarters ? shares.map((share) => ({ at: end(share), label: `${said(share)}  ${shareName(share)}` })) : []),
    { at: end(0.5), label: `${said(0.5)}  ${median}`, isStrong: true },
  ]
}

function marksOf(goal: number | undefined, floor: number | undefined): PlotMark[] {
  const level = (at: number, label: string): PlotMark => ({ kind: 'level', at, label })
  return [
    ...(goal === undefined ? [] : [level(goal, `Goal ${percentText(goal - 1, 0, true)}`)]),
    ...(floor === undefined ? [] : [level(floor, `Ruin ${percentText(floor - 1, 0, true)}`)]),
  ]
}

function rowAt({ shares, bands }: FanBands, share: number): readonly number[] {
  return bands[shares.findIndex((known) => Math.abs(known - share) < 1e-9)] ?? []
}

const outer = (fan: FanBands): number[] => [...rowAt(fan, 0.05), ...rowAt(fan, 0.95)]
const drawn = (values: readonly number[]): number[] => fromStart(values, 1).map((value) => Math.max(value, LOST))
const fromStart = (values: readonly number[], first: number): number[] => [first, ...values]

function stepAxis(last: number): Axis {
  const { ticks } = valueAxis([0, last], (value) => numberText(value, { mostPlaces: 0 }), { withZero: true })
  const whole = ticks.filter(({ at }) => at <= last && Number.isInteger(at))
  return {
    from: 0,
    to: last,
    ticks: whole.map((tick, index) => (index === whole.length - 1 ? { ...tick, label: `${tick.label} trades` } : tick)),
  }
}
