import type { JournalReview } from '../../contract/journal.ts'
import { multipleText, numberText } from '../format/number-text.ts'
import type { ChartTable } from '../kit/chart-table.ts'
import { valueAxis } from '../charts/plot-axes.ts'
import type { PlotBar, PlotMark, PlotScene, Tick } from '../charts/plot-scene.ts'

type Distribution = JournalReview['distribution']

/** Bars of the R-multiples with zero and the mean with its interval; trades without a stop in a striped bar apart. */
export function distributionScene(of: Distribution): PlotScene {
  const { from, width, counts, withoutStop } = of
  const end = from + counts.length * width
  const apart = { from: end + width, to: end + 2 * width }
  const bars: PlotBar[] = counts.map((count, bin) => ({
    from: from + bin * width,
    to: from + (bin + 1) * width,
    height: count,
    colour: from + bin * width < -width / 2 ? 'loss' : 'gain',
  }))
  const most = Math.max(...counts, withoutStop, 1)
  const y = valueAxis([most * 1.18], (value) => numberText(value, { mostPlaces: 0 }), { withZero: true, count: 4 })
  const marks: PlotMark[] = [{ kind: 'upright', at: 0, label: '', isStrong: true }]
  if (of.mean !== null && of.low !== null && of.high !== null)
    marks.push({ kind: 'span', from: of.low, to: of.high, middle: of.mean, label: meanText(of) })
  return {
    x: {
      from: Math.min(from, 0) - width / 2,
      to: withoutStop > 0 ? apart.to + width / 2 : Math.max(end, 0) + width / 2,
      ticks: [...binTicks(of), ...(withoutStop > 0 ? [{ at: (apart.from + apart.to) / 2, label: 'no stop' }] : [])],
    },
    y: { ...y, ticks: y.ticks.filter(({ at }) => Number.isInteger(at)) },
    bars: withoutStop > 0 ? [...bars, { ...apart, height: withoutStop, colour: 'ink-3', striped: true }] : bars,
    marks,
  }
}

/** The mean R with half the width of its 95 % interval: `mean +0.11 ± 0.10`. */
export function meanText({ mean, low, high }: Distribution): string {
  if (mean === null) return 'no R is known'
  const half = low === null || high === null ? '' : ` ± ${numberText((high - low) / 2, { places: 2 })}`
  return `mean ${numberText(mean, { places: 2, signed: true })}${half}`
}

/** The same numbers as a table. */
export function distributionTable({ from, width, counts, withoutStop }: Distribution): ChartTable {
  const edge = (bin: number): string => multipleText(from + bin * width)
  return {
    columns: ['From', 'Below', 'Trades'],
    rows: [
      ...counts.map((count, bin) => [edge(bin), edge(bin + 1), String(count)]),
      ['no stop known', '', String(withoutStop)],
    ],
  }
}

/** Ends of bins, as many as there is room for, zero among them. */
function binTicks({ from, width, counts }: Distribution): Tick[] {
  const first = Math.round(from / width)
  const step = Math.max(1, Math.ceil(counts.length / 7))
  return Array.from({ length: counts.length + 1 }, (_, bin) => first + bin)
    .filter((end) => end % step === 0)
    .map((end) => ({ at: end * width, label: numberText(Number((end * width).toPrecision(6)), { mostPlaces: 2 }) }))
}
