import type { SensorTile } from '../../contract/portfolio/sensors.ts'
import { shareTick, timeAxis, valueAxis } from '../charts/plot-axes.ts'
import type { PlotMark, PlotScene } from '../charts/plot-scene.ts'
import { numberText } from '../format/number-text.ts'
import { dateText } from '../format/time-text.ts'
import type { ChartTable } from '../kit/chart-table.ts'

/** Room above a level for its name. */
const ROOM = 1.2
const WEEK = 7 * 86_400_000

/** What of a sensor's past is drawn: its reading, or what it did to size where it has no figure. */
export const historyOf = ({ history }: SensorTile): 'reading' | 'multiplier' =>
  history.some(({ reading }) => reading !== null) ? 'reading' : 'multiplier'

/** A sensor's past: its line where it spoke, faint where it abstained, with the levels it has passed or is near. */
export function sensorScene(tile: SensorTile, zone: string): PlotScene {
  const { id, history, thresholds } = tile
  const what = historyOf(tile)
  const at = history.map((point) => point.at)
  const values = history.map((point) => point[what])
  const spoken = history.map((point) => (point.abstains ? null : point[what]))
  const known = values.filter((value): value is number => value !== null)
  const most = known.reduce((high, value) => Math.max(high, value), 0)
  const levels = what === 'multiplier' ? [] : thresholds.filter(({ from }) => from > 0 && from <= most * 3 + 1)
  const next = levels.find(({ from }) => from > most)
  const shown = levels.filter(({ from }) => from <= most || from === next?.from)
  const marks: PlotMark[] = shown.map(({ from, level }) => ({ kind: 'level', at: from, label: level }))
  return {
    x: timeAxis(at.length < 2 ? [(at[0] ?? 0) - WEEK, (at[0] ?? 0) + WEEK] : at, zone, 3),
    y: valueAxis(
      [...values, ...shown.map(({ from }) => from * ROOM), ...(what === 'multiplier' ? [ROOM] : [])],
      id === 'volatility_regime' && what === 'reading' ? shareTick : (value) => numberText(value, { mostPlaces: 3 }),
      { withZero: true, count: 3 },
    ),
    lines: [
      { x: at, y: values, colour: 'ink-3', width: 1.25, dash: [3, 3] },
      { x: at, y: spoken, colour: 'series-a', width: 2 },
    ],
    marks,
  }
}

/** The same as a table. */
export const sensorTable = ({ history, units }: SensorTile, zone: string): ChartTable => ({
  columns: ['Week to', `Reading${units === '' ? '' : `, ${units}`}`, 'Does to size', 'Spoke'],
  rows: history.map(({ at, reading, multiplier, abstains }) => [
    dateText(at, zone),
    reading === null ? '' : numberText(reading, { places: 4 }),
    multiplier === null ? '' : `× ${numberText(multiplier, { mostPlaces: 3 })}`,
    abstains ? 'abstained' : 'yes',
  ]),
})
