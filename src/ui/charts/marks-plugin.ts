import type { Chart, Plugin } from 'chart.js'
import { drawEnds } from './draw-ends.ts'
import { drawWords, type Room } from './draw-words.ts'
import type { PlotBar, PlotDot, PlotEnd, PlotMark, PlotSpan } from './plot-scene.ts'
import { faint, type ColourName } from './theme-colours.ts'

/** What is drawn beside the lines; set on the chart before each update. */
export interface MarksDrawing {
  readonly bars: readonly PlotBar[]
  readonly marks: readonly PlotMark[]
  readonly ends: readonly PlotEnd[]
  /** Where the pointer is, in units of x. */
  readonly pointed: number | undefined
  readonly colours: Readonly<Record<ColourName, string>>
  readonly font: string
}

/** Rows that the names of a cloud of dots stand on, in pixels; as far apart as words are moved. */
const NAME_ROW = 15

const drawings = new WeakMap<Chart, MarksDrawing>()

/** Gives a chart what to draw next. */
export function setMarks(chart: Chart, drawing: MarksDrawing): void {
  drawings.set(chart, drawing)
}

/** Bars behind the lines; marks, spans and the pointer's line before them. */
export const marksPlugin: Plugin<'line'> = {
  id: 'marks',
  beforeDatasetsDraw: (chart) => withDrawing(chart, drawBars),
  afterDatasetsDraw: (chart) => {
    withDrawing(chart, drawMarks)
    const drawing = drawings.get(chart)
    if (drawing !== undefined) drawEnds(chart, drawing.ends, drawing.colours, drawing.font)
  },
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
  for (const { from, to, height, colour, striped, opacity = 1 } of bars) {
    if (height === 0) continue
    const [start, end] = [across(chart, from), across(chart, to)]
    // Narrow bars keep most of their width: a gap of a pixel each would look like stripes.
    const gap = Math.min(1, (end - start) * 0.06)
    const [left, right] = [start + gap, end - gap]
    const top = down(chart, height)
    const box = [left, top, Math.max(1, right - left), ground - top] as const
    if (striped === true) {
      brush.fillStyle = faint(colours[colour], 0.15)
      brush.fillRect(...box)
      drawStripes(brush, box, colours[colour])
      brush.strokeStyle = colours[colour]
      brush.strokeRect(...box)
    } else {
      brush.fillStyle = opacity === 1 ? colours[colour] : faint(colours[colour], opacity)
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
    if (mark.kind === 'span' || mark.kind === 'dot') continue
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
  for (const mark of marks) if (mark.kind === 'dot') drawDot(brush, chart, mark, colours)
  // Words come last, so that no line runs through them; each takes the first row where nothing else stands.
  const taken: Room[] = []
  // A cloud of named dots keeps its names apart on rows of their own; a few dots have them right beside.
  const named: Room[] | undefined = marks.filter(({ kind }) => kind === 'dot').length > 3 ? [] : undefined
  for (const mark of marks) {
    switch (mark.kind) {
      case 'span':
        drawSpan(brush, chart, mark, colours)
        break
      case 'dot':
        drawDotName(brush, chart, mark, colours, named)
        break
      case 'level':
        drawWords(brush, mark.label, mark.isAtEnd === true ? right : left, down(chart, mark.at) - 7, right, colours)
        break
      case 'upright':
        drawWords(brush, mark.label, across(chart, mark.at), top + 9, right, colours, taken)
    }
  }
}

function drawDot(brush: CanvasRenderingContext2D, chart: Chart, dot: PlotDot, colours: MarksDrawing['colours']): void {
  brush.beginPath()
  brush.arc(across(chart, dot.x), down(chart, dot.y), 4, 0, 2 * Math.PI)
  brush.fillStyle = colours['bg-1']
  brush.fill()
  brush.strokeStyle = colours[dot.colour]
  brush.lineWidth = 2
  brush.stroke()
}

function drawDotName(
  brush: CanvasRenderingContext2D,
  chart: Chart,
  { x, y, label }: PlotDot,
  colours: MarksDrawing['colours'],
  named: Room[] | undefined,
): void {
  const beside = down(chart, y) - 9
  const row = named === undefined ? beside : Math.round(beside / NAME_ROW) * NAME_ROW
  drawWords(brush, label, across(chart, x) + 3, row, chart.chartArea.right, colours, named)
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
  drawWords(brush, label, fits ? end + 2 : right, fits ? y : y + 15, right, colours)
}
