import { shareTick, valueAxis } from '../charts/plot-axes.ts'
import type { PlotBar, PlotLine, PlotMark, PlotScene } from '../charts/plot-scene.ts'
import { percentText } from '../format/number-text.ts'
import type { ChartTable } from '../kit/chart-table.ts'

/** How many paths fell into equally wide bins next to each other, and how many lie beyond the first and the last. */
export interface PathBins {
  readonly from: number
  readonly width: number
  readonly counts: readonly number[]
  readonly below: number
  readonly above: number
}

/** What a spread of paths is of, and how it is written. */
export interface SpreadWords {
  /** One value on the axis. */
  readonly tick: (value: number) => string
  /** Drawn through the plot; bins beyond it are darker where `isBad` says so. */
  readonly marks: readonly PlotMark[]
  /** Whether a bin that begins here is on the wrong side of the line. */
  readonly isBad: (from: number) => boolean
}

/** Policy A as bars and policy B as an outline, both in shares of their paths. */
export function spreadScene(a: PathBins, b: PathBins | undefined, { tick, marks, isBad }: SpreadWords): PlotScene {
  const both = b === undefined ? [a] : [a, b]
  const heights = both.flatMap(shares)
  const from = Math.min(...both.map((bins) => bins.from))
  const to = Math.max(...both.map(endOf))
  const across = valueAxis([from, to], tick)
  const up = valueAxis([Math.max(...heights, 0.01) * 1.15], shareTick, { withZero: true, count: 4 })
  return {
    x: { from, to, ticks: across.ticks.filter(({ at }) => at >= from && at <= to) },
    y: up,
    bars: bars(a, isBad),
    lines: b === undefined ? [] : [outline(b)],
    marks,
  }
}

/** The same numbers as a table: a row per bin. */
export function spreadTable(a: PathBins, b: PathBins | undefined, { tick }: Pick<SpreadWords, 'tick'>): ChartTable {
  const row = (bins: PathBins, name: string): string[][] => {
    const line = (from: string, to: string, count: number): string[] => [
      ...(b === undefined ? [] : [name]),
      from,
      to,
      String(count),
      percentText(count / totalOf(bins)),
    ]
    const inside = bins.counts.map((count, at) =>
      line(tick(bins.from + at * bins.width), tick(bins.from + (at + 1) * bins.width), count),
    )
    return [
      ...(bins.below > 0 ? [line('', tick(bins.from), bins.below)] : []),
      ...inside,
      ...(bins.above > 0 ? [line(tick(endOf(bins)), '', bins.above)] : []),
    ]
  }
  return {
    columns: [...(b === undefined ? [] : ['Policy']), 'From', 'Below', 'Paths', 'Share'],
    rows: [...row(a, 'A'), ...(b === undefined ? [] : row(b, 'B'))],
  }
}

function bars(bins: PathBins, isBad: (from: number) => boolean): PlotBar[] {
  return shares(bins).map((height, at) => {
    const from = bins.from + at * bins.width
    return { from, to: from + bins.width, height, colour: 'series-a', opacity: isBad(from + bins.width / 2) ? 1 : 0.5 }
  })
}

function outline(bins: PathBins): PlotLine {
  const heights = shares(bins)
  const corners = heights.flatMap((height, at) => [
    [bins.from + at * bins.width, height],
    [bins.from + (at + 1) * bins.width, height],
  ])
  const closed = [[bins.from, 0], ...corners, [endOf(bins), 0]]
  return {
    x: closed.map(([x = 0]) => x),
    y: closed.map(([, y = 0]) => y),
    colour: 'series-b',
    width: 2,
    dash: [6, 4],
  }
}

const endOf = ({ from, width, counts }: PathBins): number => from + width * counts.length

/** How many paths are not drawn, in words; empty where all are. */
export function beyondText(bins: PathBins): string {
  const beyond = (bins.below + bins.above) / totalOf(bins)
  return beyond > 0 ? `, ${percentText(beyond, 1)} beyond the axis` : ''
}

const totalOf = ({ counts, below, above }: PathBins): number =>
  counts.reduce((sum, count) => sum + count, below + above)

function shares(bins: PathBins): number[] {
  const { counts } = bins
  const total = totalOf(bins)
  return counts.map((count) => (total === 0 ? 0 : count / total))
}
