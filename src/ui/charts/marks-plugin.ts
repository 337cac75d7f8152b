import type { Chart, Plugin } from 'chart.js'
import { faint, type ColourName } from './theme-colours.ts'
import type { PlotBar, PlotMark, PlotSpan } from './plot-scene.ts'

/** What is drawn beside the lines; set on the chart before each update. */
export interface MarksDrawing {
  readonly bars: readonly PlotBar[]
  readonly marks: readonly PlotMark[]
  /** Where the pointer is, in units of x. */
  readonly pointed: number | undefined
  readonly colours: Readonly<Record<ColourName, string>>
  readonly font: string
}

const drawings = new WeakMap<Chart, MarksDrawing>()

/** Gives a chart what to draw next. */
export function setMarks(chart: Chart, drawing: MarksDrawing): void {
  drawings.set(chart, drawing)
}

/** Bars behind the lines; marks, spans and the pointer's line before them. */
export const marksPlugin: Plugin<'line'> = {
  id: 'marks',
  beforeDatasetsDraw: (chart) => withDrawing(chart, drawBars),
  afterDatasetsDraw: (chart) => withDrawing(chart, drawMarks),
}

type Draw = (brush: CanvasRenderingContext2D, chart: Chart, drawing: MarksDrawing) => void

function withDrawing(chart: Chart, draw: Draw): void {
  const drawing = drawings.get(chart)
  if (drawing === undefined) return
  const { left, top, width, height } = chart.chartArea
  chart.ctx.save()
  chart.ctx.beginPath()
  chart.ctx.rect(left, top - 2, width, height + 2)
  chart.ctx.clip()
  draw(chart.ctx, chart, drawing)
  chart.ctx.restore()
}

const across = (chart: Chart, value: number): number => chart.scales['x']?.getPixelForValue(value) ?? 0
const down = (chart: Chart, value: number): number => chart.scales['y']?.getPixelForValue(value) ?? 0

function drawBars(brush: CanvasRenderingContext2D, chart: Chart, { bars, colours }: MarksDrawing): void {
  const ground = down(chart, 0)
  for (const { from, to, height, colour, striped } of bars) {
    if (height === 0) continue
    const [left, right] = [across(chart, from) + 1, across(chart, to) - 1]
    const top = down(chart, height)
    const box = [left, top, Math.max(1, right - left), ground - top] as const
    if (striped === true) {
      brush.fillStyle = faint(colours[colour], 0.15)
      brush.fillRect(...box)
      drawStripes(brush, box, colours[colour])
      brush.strokeStyle = colours[colour]
      brush.strokeRect(...box)
    } else {
      brush.fillStyle = colours[colour]
      brush.fillRect(...box)
    }
  }
}

function drawStripes(
  brush: CanvasRenderingContext2D,
  [left, top, width, height]: readonly [number, number, number, number],
  colour: string,
): void {
  brush.save()
  brush.beginPath()
  brush.rect(left, top, width, height)
  brush.clip()
  brush.strokeStyle = colour
  brush.beginPath()
  for (let x = left - height; x < left + width; x += 6) {
    brush.moveTo(x, top + height)
    brush.lineTo(x + height, top)
  }
  brush.stroke()
  brush.restore()
}

function drawMarks(brush: CanvasRenderingContext2D, chart: Chart, drawing: MarksDrawing): void {
  const { left, right, top, bottom } = chart.chartArea
  const { colours, font, marks, pointed } = drawing
  brush.font = `11px ${font}`
  const line = (x1: number, y1: number, x2: number, y2: number, dash: readonly number[], colour: string): void => {
    brush.strokeStyle = colour
    brush.setLineDash([...dash])
    brush.beginPath()
    brush.moveTo(x1, y1)
    brush.lineTo(x2, y2)
    brush.stroke()
    brush.setLineDash([])
  }
  if (pointed !== undefined) {
    const x = Math.round(across(chart, pointed)) + 0.5
    line(x, top, x, bottom, [], colours['ink-3'])
  }
  for (const mark of marks) {
    if (mark.kind === 'span') continue
    const strong = mark.isStrong === true
    brush.lineWidth = strong ? 1.5 : 1
    const [dash, colour] = strong ? [[], colours.ink] : [mark.kind === 'level' ? [4, 3] : [2, 3], colours['ink-2']]
    if (mark.kind === 'upright') {
      const x = Math.round(across(chart, mark.at)) + 0.5
      line(x, top, x, bottom, dash, colour)
    } else {
      const y = Math.round(down(chart, mark.at)) + 0.5
      line(left, y, right, y, dash, colour)
    }
  }
  // Words come last, so that no line runs through them.
  for (const mark of marks) {
    if (mark.kind === 'span') drawSpan(brush, chart, mark, colours)
    else if (mark.kind === 'upright') words(brush, mark.label, across(chart, mark.at), top + 9, right, colours)
    else words(brush, mark.label, left, down(chart, mark.at) - 7, right, colours)
  }
}

function drawSpan(
  brush: CanvasRenderingContext2D,
  chart: Chart,
  { from, to, middle, label }: PlotSpan,
  colours: MarksDrawing['colours'],
): void {
  const [start, end] = [across(chart, from), across(chart, to)]
  const y = chart.chartArea.top + 9.5
  brush.strokeStyle = colours.ink
  brush.lineWidth = 1.5
  brush.beginPath()
  for (const x of [start, end]) {
    brush.moveTo(x, y - 5)
    brush.lineTo(x, y + 5)
  }
  brush.moveTo(start, y)
  brush.lineTo(end, y)
  brush.stroke()
  brush.fillStyle = colours.ink
  brush.beginPath()
  brush.arc(across(chart, middle), y, 3, 0, 2 * Math.PI)
  brush.fill()
  const { right } = chart.chartArea
  const fits = end + 8 + brush.measureText(label).width <= right
  words(brush, label, fits ? end + 2 : right, fits ? y : y + 15, right, colours)
}

/** Words to the right of a place, or to its left where there is no room, on ground of their own. */
function words(
  brush: CanvasRenderingContext2D,
  label: string,
  x: number,
  y: number,
  right: number,
  colours: MarksDrawing['colours'],
): void {
  if (label === '') return
  const width = brush.measureText(label).width
  const left = x + 6 + width > right ? x - 6 - width : x + 6
  brush.fillStyle = colours['bg-1']
  brush.globalAlpha = 0.8
  brush.fillRect(left - 2, y - 7, width + 4, 14)
  brush.globalAlpha = 1
  brush.fillStyle = colours['ink-2']
  brush.textBaseline = 'middle'
  brush.fillText(label, left, y)
}
