import type { Chart } from 'chart.js'
import type { PlotEnd } from './plot-scene.ts'
import type { ColourName } from './theme-colours.ts'

const LEAST_GAP = 14

/** Writes words right of the plot, level with what they belong to, and moved apart where they would cover each other. */
export function drawEnds(
  chart: Chart,
  ends: readonly PlotEnd[],
  colours: Readonly<Record<ColourName, string>>,
  font: string,
): void {
  const { ctx: brush, chartArea, scales } = chart
  const scale = scales['y']
  if (ends.length === 0 || scale === undefined) return
  const { right, top, bottom } = chartArea
  const wanted = ends.map((end) => ({ end, y: Math.min(bottom, Math.max(top, scale.getPixelForValue(end.at))) }))
  brush.save()
  brush.textBaseline = 'middle'
  brush.textAlign = 'left'
  for (const { end, y } of spreadOut(wanted, bottom)) {
    brush.font = `${end.isStrong === true ? '600 ' : ''}11px ${font}`
    brush.fillStyle = end.isStrong === true ? colours.ink : colours['ink-3']
    brush.fillText(end.label, right + 8, y)
  }
  brush.restore()
}

/** Keeps a least gap between rows in their order from the top; what would leave the plot is pushed up again. */
export function spreadOut<Row extends { readonly y: number }>(rows: readonly Row[], bottom: number): readonly Row[] {
  const placed: Row[] = []
  for (const row of rows.toSorted((a, b) => a.y - b.y)) {
    const above = placed.at(-1)?.y ?? -Infinity
    placed.push({ ...row, y: Math.max(row.y, above + LEAST_GAP) })
  }
  let below = bottom + LEAST_GAP
  return placed
    .toReversed()
    .map((row) => {
      const y = Math.min(row.y, below - LEAST_GAP)
      below = y
      return { ...row, y }
    })
    .toReversed()
}
