import type { LimitHistory } from '../../contract/live-limits.ts'
import { shareTick, timeAxis, valueAxis } from '../charts/plot-axes.ts'
import type { PlotScene } from '../charts/plot-scene.ts'
import { percentText } from '../format/number-text.ts'
import { forDrawing, ratio } from '../format/ratio.ts'
import { momentText } from '../format/time-text.ts'
import type { ChartTable } from '../kit/chart-table.ts'

/** How a limit was used over time, as shares of it, with the bands at 70, 90 and 100 %. */
export function limitHistoryScene({ points }: LimitHistory, zone: string): PlotScene {
  const at = points.map((point) => point.at)
  const shares = points.map(({ utilisation }) => (utilisation === null ? null : forDrawing(ratio(utilisation))))
  return {
    x: timeAxis(at, zone),
    y: valueAxis([...shares, 1], shareTick, { withZero: true }),
    lines: [{ x: at, y: shares, colour: 'series-a' }],
    marks: [
      { kind: 'level', at: 0.7, label: '70 %', isAtEnd: true },
      { kind: 'level', at: 0.9, label: '90 %', isAtEnd: true },
      { kind: 'level', at: 1, label: 'limit', isStrong: true, isAtEnd: true },
    ],
  }
}

/** The same numbers as a table, newest first. */
export function limitHistoryTable({ points }: LimitHistory, zone: string): ChartTable {
  return {
    columns: ['At', 'Used', 'Limit', 'Share'],
    rows: points
      .map(({ at, used, limit, utilisation }) => [
        momentText(at, zone),
        used,
        limit,
        utilisation === null ? 'not known' : percentText(utilisation, 1),
      ])
      .toReversed(),
  }
}
