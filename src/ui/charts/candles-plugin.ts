import type { Chart, Plugin } from 'chart.js'
import { zoneStart, type DrawnBars, type PriceLine } from './price-model.ts'
import { faint, type ColourName } from './theme-colours.ts'

/** What the plugin draws besides the datasets; set on the chart before each update. */
export interface PriceDrawing {
  readonly bars: DrawnBars
  readonly lines: readonly PriceLine[]
  /** One average true range from the entry, on the stop's side. */
  readonly atrPrice: number | undefined
  readonly colours: Readonly<Record<ColourName, string>>
}

const drawings = new WeakMap<Chart, PriceDrawing>()

/** Gives a chart what to draw next. */
export function setDrawing(chart: Chart, drawing: PriceDrawing): void {
  drawings.set(chart, drawing)
}

/** Candles (hollow up, filled down), zones of gain and loss, and the lines of entry, stop and target. */
export const candlesPlugin: Plugin<'line'> = {
  id: 'candles',
  beforeDatasetsDraw: (chart) => withDrawing(chart, drawZones),
  afterDatasetsDraw: (chart) => {
    withDrawing(chart, drawCandles)
    withDrawing(chart, drawLines)
  },
}

type Draw = (brush: CanvasRenderingContext2D, chart: Chart, drawing: PriceDrawing) => void

function withDrawing(chart: Chart, draw: Draw): void {
  const drawing = drawings.get(chart)
  const { left, top, width, height } = chart.chartArea
  if (drawing === undefined) return
  const brush = chart.ctx
  brush.save()
  brush.beginPath()
  brush.rect(left, top, width, height)
  brush.clip()
  draw(brush, chart, drawing)
  brush.restore()
}

const across = (chart: Chart, index: number): number => chart.scales['x']?.getPixelForValue(index) ?? 0
const down = (chart: Chart, price: number): number => chart.scales['y']?.getPixelForValue(price) ?? 0
const lineAt = (drawing: PriceDrawing, id: PriceLine['id']): number | undefined =>
  drawing.lines.find((line) => line.id === id)?.price

function drawZones(brush: CanvasRenderingContext2D, chart: Chart, drawing: PriceDrawing): void {
  const entry = lineAt(drawing, 'entry')
  if (entry === undefined) return
  const from = across(chart, zoneStart(drawing.bars.close.length))
  const zone = (to: number | undefined, colour: string, opacity: number): void => {
    if (to === undefined) return
    const [y1, y2] = [down(chart, entry), down(chart, to)]
    brush.fillStyle = faint(colour, opacity)
    brush.fillRect(from, Math.min(y1, y2), chart.chartArea.right - from, Math.abs(y2 - y1))
  }
  zone(lineAt(drawing, 'target'), drawing.colours.gain, 0.1)
  zone(lineAt(drawing, 'stop'), drawing.colours.loss, 0.16)
}

function drawCandles(brush: CanvasRenderingContext2D, chart: Chart, { bars, colours }: PriceDrawing): void {
  const step = across(chart, 1) - across(chart, 0)
  const body = Math.max(1, Math.min(14, Math.round(step * 0.62)))
  brush.strokeStyle = colours['ink-2']
  brush.lineWidth = 1
  for (const [index, close] of bars.close.entries()) {
    const open = bars.open[index] ?? close
    const x = Math.round(across(chart, index)) + 0.5
    const [yOpen, yClose] = [down(chart, open), down(chart, close)]
    const [top, bottom] = [Math.min(yOpen, yClose), Math.max(yOpen, yClose)]
    brush.beginPath()
    brush.moveTo(x, down(chart, bars.high[index] ?? close))
    brush.lineTo(x, top)
    brush.moveTo(x, bottom)
    brush.lineTo(x, down(chart, bars.low[index] ?? close))
    brush.stroke()
    const left = x - body / 2
    const height = Math.max(1, bottom - top)
    brush.fillStyle = close >= open && body >= 3 ? colours['bg-1'] : colours['ink-2']
    brush.fillRect(left, top, body, height)
    if (body >= 3) brush.strokeRect(left, top, body, height)
  }
}

function drawLines(brush: CanvasRenderingContext2D, chart: Chart, drawing: PriceDrawing): void {
  const { left, right } = chart.chartArea
  const line = (price: number, colour: string, dash: number[], from = left, width = 1.5): void => {
    const y = Math.round(down(chart, price)) + 0.5
    brush.strokeStyle = colour
    brush.lineWidth = width
    brush.setLineDash(dash)
    brush.beginPath()
    brush.moveTo(from, y)
    brush.lineTo(right, y)
    brush.stroke()
  }
  const { colours, atrPrice } = drawing
  const [entry, stop, target] = [lineAt(drawing, 'entry'), lineAt(drawing, 'stop'), lineAt(drawing, 'target')]
  if (atrPrice !== undefined) {
    line(atrPrice, colours['ink-3'], [3, 3], across(chart, zoneStart(drawing.bars.close.length)), 1.25)
  }
  if (target !== undefined) line(target, colours.gain, [2, 3])
  if (stop !== undefined) line(stop, colours.loss, [8, 4])
  if (entry !== undefined) line(entry, colours.ink, [])
}
