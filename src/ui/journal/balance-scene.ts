import type { JournalReview } from '../../contract/journal.ts'
import { moneyText, numberText, percentText } from '../format/number-text.ts'
import { dateText, momentText } from '../format/time-text.ts'
import type { ChartTable } from '../kit/chart-table.ts'
import { amountTick, logAxis, shareTick, timeAxis, valueAxis } from '../charts/plot-axes.ts'
import type { PlotMark, PlotScene } from '../charts/plot-scene.ts'

type Curve = JournalReview['curve']

/** The closed balance with its deepest fall marked, and below it how far it stood under its peak. */
export interface BalanceScenes {
  readonly balance: PlotScene
  readonly below: PlotScene
  /** Whether a logarithmic scale can be shown. */
  readonly canLog: boolean
}

/** Both plots over the same stretch of time. */
export function balanceScenes(curve: Curve, zone: string, isLog: boolean): BalanceScenes {
  const x = timeAxis(curve.at, zone)
  const log = logAxis(curve.balance, amountTick)
  const under = curve.below.map((share) => (share === null ? null : -share))
  const depth = valueAxis(under, shareTick, { withZero: true, count: 3 })
  return {
    balance: {
      x: { ...x, ticks: x.ticks.map(({ at }) => ({ at, label: '' })) },
      y: isLog && log !== undefined ? log : valueAxis(curve.balance, amountTick),
      lines: [{ x: curve.at, y: curve.balance, colour: 'series-a' }],
      marks: marksOf(curve, zone),
    },
    below: {
      x,
      y: { ...depth, to: 0, ticks: depth.ticks.filter(({ at }) => at <= 0) },
      lines: [{ x: curve.at, y: under, colour: 'loss', width: 1.25, filled: true }],
      marks: marksOf(curve, zone).map((mark) => ({ ...mark, label: '' })),
    },
    canLog: log !== undefined,
  }
}

/** What the deepest fall was, in one sentence. */
export function fallText({ deepest, thinned }: Curve, currency: string, zone: string): string {
  if (deepest === null) return 'The balance never stood below its peak.'
  const { amount, share, from, trough, recovered } = deepest
  const end = recovered === null ? 'not recovered yet' : `recovered ${dateText(recovered, zone)}`
  const drawn = thinned === 0 ? '' : ` ${numberText(String(thinned))} points between lows and highs are not drawn.`
  return `Deepest fall ${percentText(share)} (${moneyText(amount, currency)} ${currency}): from ${dateText(from, zone)}, lowest ${dateText(trough, zone)}, ${end}.${drawn}`
}

/** The same numbers as a table, newest first. */
export function balanceTable({ at, balance, below }: Curve, currency: string, zone: string): ChartTable {
  const rows = at.map((instant, index) => [
    momentText(instant, zone),
    (balance[index] ?? 0).toFixed(2),
    below[index] == null ? '' : percentText(-below[index]),
  ])
  return { columns: ['Closed at', `Balance, ${currency}`, 'Below its peak'], rows: rows.toReversed() }
}

function marksOf({ deepest }: Curve, zone: string): PlotMark[] {
  if (deepest === null) return []
  const { from, trough, recovered, share } = deepest
  const at = (instant: number, label: string): PlotMark => ({ kind: 'upright', at: instant, label })
  return [
    at(from, ''),
    at(trough, `−${percentText(share, 1)}, ${dateText(trough, zone)}`),
    ...(recovered === null ? [] : [at(recovered, '')]),
  ]
}
