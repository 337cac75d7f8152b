import type { EdgeHistory } from '../../contract/edge.ts'
import type { JournalReview } from '../../contract/journal.ts'
import { numberText, percentText } from '../format/number-text.ts'
import { dateText } from '../format/time-text.ts'
import type { ChartTable } from '../kit/chart-table.ts'
import { amountTick, countAxis, shareTick, timeAxis, valueAxis } from '../charts/plot-axes.ts'
import type { PlotScene } from '../charts/plot-scene.ts'

type Rolling = JournalReview['rolling']
/** What of a rolling edge is drawn. */
export type RollingMeasure = 'winRate' | 'kelly' | 'expectancy'

const whole = (value: number): string => numberText(value, { mostPlaces: 0 })
const share = (value: number | null | undefined, places = 1): string =>
  value == null ? '' : percentText(value, places)

/** One measure of the rolling edge by trade: the win rate with its 95 % band, Kelly or expectancy with zero. */
export function rollingScene(rolling: Rolling, measure: RollingMeasure, overall: number | null): PlotScene {
  const x = countAxis(rolling.trade[0] ?? 0, rolling.trade.at(-1) ?? 1, whole)
  const line = { x: rolling.trade, colour: 'series-a' } as const
  if (measure === 'winRate') {
    const { winRate, winRateLow: low, winRateHigh: high } = rolling
    return {
      x,
      y: valueAxis([...low, ...high, overall], shareTick),
      bands: [{ x: rolling.trade, low, high, colour: 'series-a' }],
      lines: [{ ...line, y: winRate }],
      marks: overall === null ? [] : [{ kind: 'level', at: overall, label: `all ${percentText(overall, 1)}` }],
    }
  }
  const values = rolling[measure]
  return {
    x,
    y: valueAxis(values, measure === 'kelly' ? shareTick : amountTick, { withZero: true }),
    lines: [{ ...line, y: values }],
    marks: [{ kind: 'level', at: 0, label: '', isStrong: true }],
  }
}

/** The same numbers as a table, newest first. */
export function rollingTable(rolling: Rolling, zone: string): ChartTable {
  const rows = rolling.trade.map((trade, index) => [
    String(trade),
    dateText(rolling.at[index] ?? 0, zone),
    share(rolling.winRate[index]),
    share(rolling.winRateLow[index]),
    share(rolling.winRateHigh[index]),
    (rolling.expectancy[index] ?? 0).toFixed(2),
    share(rolling.kelly[index], 2),
  ])
  return {
    columns: ['Trade', 'Closed', 'Win rate', '95 % low', '95 % high', 'Expectancy', 'Kelly'],
    rows: rows.toReversed(),
  }
}

/** Full Kelly after each day's last trade, and what the profile would have staked by it. */
export function historyScene(history: EdgeHistory, zone: string): PlotScene {
  return {
    x: timeAxis(history.at, zone),
    y: valueAxis([...history.kelly, ...history.staked], shareTick, { withZero: true }),
    lines: [
      { x: history.at, y: history.kelly, colour: 'series-a' },
      { x: history.at, y: history.staked, colour: 'series-b', dash: [5, 3] },
    ],
    marks: [{ kind: 'level', at: 0, label: '', isStrong: true }],
  }
}

/** The same numbers as a table, newest first. */
export function historyTable(history: EdgeHistory, zone: string): ChartTable {
  const rows = history.at.map((at, index) => [
    dateText(at, zone),
    String(history.trades[index] ?? 0),
    share(history.winRate[index]),
    `${share(history.winRateLow[index])} to ${share(history.winRateHigh[index])}`,
    history.payoff[index] == null ? '' : history.payoff[index].toFixed(2),
    share(history.kelly[index], 2),
    share(history.staked[index], 2),
  ])
  return {
    columns: ['Day', 'Trades in window', 'Win rate', '95 %', 'Payoff', 'Kelly', 'Staked'],
    rows: rows.toReversed(),
  }
}
