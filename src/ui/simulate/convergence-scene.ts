import { shareTick, valueAxis } from '../charts/plot-axes.ts'
import type { PlotScene } from '../charts/plot-scene.ts'
import { numberText, percentText } from '../format/number-text.ts'
import type { ChartTable } from '../kit/chart-table.ts'

/** The main findings after the first so many paths. */
export interface Checkpoint {
  readonly paths: number
  readonly growthPerTrade: number
  readonly medianDrawdown: number
  readonly ruin: number | null
}

const Z_95 = 1.959964

/** The estimate after more and more paths: ruin with its 95 % band where there is a floor, else the median drawdown. */
export function convergenceScene(line: readonly Checkpoint[]): PlotScene {
  const x = line.map(({ paths }) => paths)
  const isRuin = line.every(({ ruin }) => ruin !== null)
  const y = line.map(({ ruin, medianDrawdown }) => (isRuin ? ruin : medianDrawdown))
  const bands = isRuin ? [bandOf(line)] : []
  const last = x.at(-1) ?? 1
  const most = numberText(String(last))
  return {
    x: {
      from: 0,
      to: last,
      ticks: [
        { at: 0, label: '0' },
        { at: last * 0.86, label: `${most} paths` },
      ],
    },
    y: valueAxis([...y, ...bands.flatMap(({ low, high }) => [...low.slice(1), ...high.slice(1)])], shareTick, {
      count: 3,
    }),
    bands: bands.map((band) => ({ ...band, x, colour: 'ink-3', opacity: 0.24 })),
    lines: [{ x, y, colour: 'ink' }],
  }
}

/** The same numbers as a table. */
export function convergenceTable(line: readonly Checkpoint[]): ChartTable {
  return {
    columns: ['Paths', 'Growth per trade', 'Median drawdown', 'Ruin'],
    rows: line.map(({ paths, growthPerTrade, medianDrawdown, ruin }) => [
      numberText(String(paths)),
      percentText(growthPerTrade, 4),
      percentText(medianDrawdown),
      ruin === null ? '' : percentText(ruin),
    ]),
  }
}

/** 95 % Wilson (1927) interval of a share seen in so many paths. */
export function wilson(share: number, of: number): readonly [low: number, high: number] {
  const square = Z_95 ** 2
  const middle = (share + square / (2 * of)) / (1 + square / of)
  const half = (Z_95 / (1 + square / of)) * Math.sqrt((share * (1 - share)) / of + square / (4 * of * of))
  return [Math.max(0, middle - half), Math.min(1, middle + half)]
}

function bandOf(line: readonly Checkpoint[]): { readonly low: readonly number[]; readonly high: readonly number[] } {
  const ends = line.map(({ ruin, paths }) => wilson(ruin ?? 0, paths))
  return { low: ends.map(([low]) => low), high: ends.map(([, high]) => high) }
}
