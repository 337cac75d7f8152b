import type { Chart, Plugin } from 'chart.js'
import { heatText, inkOnHeat } from './heat-colours.ts'
import { heatPicture } from './heat-picture.ts'
import {
  isUpright,
  MOST_ELEMENTS,
  nameSize,
  nameStride,
  shortName,
  type HeatBox,
  type HeatScene,
} from './heat-scene.ts'
import type { ColourName } from './theme-colours.ts'

/** What is drawn over and under the cells; set on the chart before each update. */
export interface HeatDrawing {
  readonly scene: HeatScene
  readonly colours: Readonly<Record<ColourName, string>>
  readonly font: string
}

const drawings = new WeakMap<Chart, HeatDrawing>()
const pictures = new WeakMap<HeatScene, HTMLCanvasElement>()
const LEAST_CELL = { numbers: 22, marks: 9 }

/** Gives a chart what to draw next. */
export function setHeat(chart: Chart, drawing: HeatDrawing): void {
  drawings.set(chart, drawing)
}

/** Numbers in cells that have room for them, corners and stripes of what is weak or not known; large squares as a picture. */
export const heatPlugin: Plugin<'matrix'> = {
  id: 'heat',
  beforeDatasetsDraw: (chart) => {
    const drawing = drawings.get(chart)
    if (drawing !== undefined && drawing.scene.names.length > MOST_ELEMENTS) drawPicture(chart, drawing.scene)
  },
  afterDatasetsDraw: (chart) => {
    const drawing = drawings.get(chart)
    if (drawing === undefined) return
    if (drawing.scene.names.length <= MOST_ELEMENTS) drawCells(chart, drawing)
    drawColumnNames(chart, drawing)
  },
}

/** Names over their columns: upright where the columns are too narrow for them. */
function drawColumnNames(chart: Chart, { scene, colours, font }: HeatDrawing): void {
  const { ctx: brush, chartArea } = chart
  const n = scene.names.length
  const width = chartArea.width / n
  const stride = nameStride(n, chartArea.width)
  const upright = isUpright(n, chart.width)
  brush.save()
  brush.font = `${nameSize(n)}px ${font}`
  brush.fillStyle = colours['ink-3']
  brush.textBaseline = 'middle'
  scene.names.forEach((name, column) => {
    if (column % stride !== 0) return
    brush.save()
    brush.translate(chartArea.left + (column + 0.5) * width, chartArea.top - 6)
    if (upright) brush.rotate(-Math.PI / 2)
    else brush.translate(0, -5)
    brush.textAlign = upright ? 'left' : 'center'
    brush.fillText(shortName(name), 0, 0)
    brush.restore()
  })
  brush.restore()
}

function drawPicture(chart: Chart, scene: HeatScene): void {
  const picture = pictures.get(scene) ?? heatPicture(scene)
  if (picture === undefined) return
  pictures.set(scene, picture)
  const { left, top, width, height } = chart.chartArea
  chart.ctx.save()
  chart.ctx.imageSmoothingEnabled = false
  chart.ctx.drawImage(picture, left, top, width, height)
  chart.ctx.restore()
}

function drawCells(chart: Chart, { scene, colours, font }: HeatDrawing): void {
  const { ctx: brush, chartArea } = chart
  const n = scene.names.length
  const [width, height] = [chartArea.width / n, chartArea.height / n]
  const withNumbers = width >= LEAST_CELL.numbers && height >= 14
  const withMarks = Math.min(width, height) >= LEAST_CELL.marks
  brush.save()
  brush.font = `${width < 30 ? 10 : 11}px ${font}`
  brush.textAlign = 'center'
  brush.textBaseline = 'middle'
  for (let place = 0; place < n * n; place++) {
    const value = scene.values[place] ?? Number.NaN
    const left = chartArea.left + (place % n) * width
    const top = chartArea.top + Math.floor(place / n) * height
    if (Number.isNaN(value)) drawUnknown(brush, { left, top, width, height }, colours)
    else if (withMarks && scene.weak[place] === 1) drawCorner(brush, { left, top, width, height }, inkOnHeat(value))
    if (!withNumbers) continue
    brush.fillStyle = Number.isNaN(value) ? colours['ink-2'] : inkOnHeat(value)
    brush.fillText(Number.isNaN(value) ? '–' : scene.text(value), left + width / 2, top + height / 2 + 0.5)
  }
  brush.restore()
}

function drawCorner(brush: CanvasRenderingContext2D, { left, top, width }: HeatBox, ink: string): void {
  const size = Math.min(6, width / 3)
  brush.fillStyle = ink
  brush.beginPath()
  brush.moveTo(left + width - size - 1, top + 1)
  brush.lineTo(left + width - 1, top + 1)
  brush.lineTo(left + width - 1, top + size + 1)
  brush.fill()
}

function drawUnknown(
  brush: CanvasRenderingContext2D,
  { left, top, width, height }: HeatBox,
  colours: HeatDrawing['colours'],
): void {
  brush.save()
  brush.beginPath()
  brush.rect(left + 0.5, top + 0.5, width - 1, height - 1)
  brush.clip()
  brush.strokeStyle = colours.edge
  brush.lineWidth = 1
  brush.beginPath()
  for (let x = left - height; x < left + width; x += 5) {
    brush.moveTo(x, top + height)
    brush.lineTo(x + height, top)
  }
  brush.stroke()
  brush.restore()
}

/** The ground of a cell as an element of its own. */
export const cellGround = (value: number): string => (Number.isNaN(value) ? 'transparent' : heatText(value))
