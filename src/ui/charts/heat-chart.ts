import { Chart, LinearScale, type ScaleOptionsByType } from 'chart.js'
import { MatrixController, MatrixElement, type MatrixDataPoint } from 'chartjs-chart-matrix'
import { cellGround, heatPlugin, setHeat } from './heat-plugin.ts'
import {
  isUpright,
  MOST_ELEMENTS,
  NAME_ROOM,
  nameSize,
  nameStride,
  shortName,
  type HeatBox,
  type HeatScene,
} from './heat-scene.ts'
import { themeColours, type ColourName } from './theme-colours.ts'

Chart.register(LinearScale, MatrixController, MatrixElement)

/** A square of correlations on a canvas: drawn anew by `show`, taken down by `end`. */
export class HeatChart {
  readonly #canvas: HTMLCanvasElement
  readonly #chart: Chart<'matrix', MatrixDataPoint[]>
  #colours: Readonly<Record<ColourName, string>> | undefined

  constructor(canvas: HTMLCanvasElement, onbox: (box: HeatBox) => void) {
    this.#canvas = canvas
    this.#chart = new Chart<'matrix', MatrixDataPoint[]>(canvas, {
      type: 'matrix',
      data: { datasets: [] },
      plugins: [
        heatPlugin,
        {
          id: 'measure',
          afterLayout: ({ chartArea: { left, top, width, height } }) => onbox({ left, top, width, height }),
        },
      ],
      options: {
        animation: false,
        maintainAspectRatio: false,
        responsive: true,
        events: [],
      },
    })
  }

  /** Reads the colours of the theme anew before the next drawing. */
  forgetColours(): void {
    this.#colours = undefined
  }

  /** Draws a square at once, without animation. */
  show(scene: HeatScene): void {
    const host = this.#canvas.parentElement
    if (host === null) return
    this.#colours ??= themeColours(host)
    const colours = this.#colours
    const font = getComputedStyle(host).fontFamily
    const n = scene.names.length
    setHeat(this.#chart, { scene, colours, font })
    this.#chart.data.datasets = n > MOST_ELEMENTS ? [] : [cells(scene)]
    this.#chart.options.scales = {
      x: columnScale(n),
      y: rowScale(scene.names, colours, font),
    }
    this.#chart.options.layout = { padding: ({ chart }) => ({ top: roomAbove(scene, chart, font), right: 2 }) }
    this.#chart.update('none')
  }

  /** Lets go of the canvas. */
  end(): void {
    this.#chart.destroy()
  }
}

function cells({ names, values }: HeatScene) {
  const n = names.length
  const gap = n > 24 ? 0 : 1
  const ground = Array.from(values, cellGround)
  return {
    data: Array.from(values, (v, place) => ({ x: place % n, y: Math.floor(place / n), v })),
    backgroundColor: ground,
    borderWidth: 0,
    anchorX: 'center' as const,
    anchorY: 'center' as const,
    width: ({ chart }: { chart: Chart }) => chart.chartArea.width / n - gap,
    height: ({ chart }: { chart: Chart }) => chart.chartArea.height / n - gap,
  }
}

/** The scale over columns: its names are drawn by hand, because upright ones would stand beside their columns. */
function columnScale(n: number) {
  return { type: 'linear' as const, display: false, offset: false, min: -0.5, max: n - 0.5 }
}

function rowScale(names: readonly string[], colours: Readonly<Record<ColourName, string>>, font: string) {
  const n = names.length
  const common = {
    type: 'linear' as const,
    offset: false,
    min: -0.5,
    max: n - 0.5,
    reverse: true,
    border: { display: false },
    grid: { display: false },
    afterBuildTicks: (axis: { ticks: { value: number }[]; readonly chart: Chart }) => {
      const stride = nameStride(n, axis.chart.height - NAME_ROOM)
      axis.ticks = [...names.keys()].filter((row) => row % stride === 0).map((value) => ({ value }))
    },
    ticks: {
      color: colours['ink-3'],
      font: { size: nameSize(n), family: font },
      autoSkip: false,
      padding: 4,
      callback: (value: string | number) => shortName(names[Number(value)] ?? ''),
    },
  }
  type Made = Partial<ScaleOptionsByType<'linear'>> & { type: 'linear' }
  // Safe: what is left out of the options has its usual value.
  return common as unknown as Made
}

/** Room above the square for the names over its columns, in pixels. */
function roomAbove({ names }: HeatScene, { ctx: brush, width }: Chart, font: string): number {
  if (!isUpright(names.length, width)) return 26
  brush.font = `${nameSize(names.length)}px ${font}`
  return names.reduce((most, name) => Math.max(most, brush.measureText(shortName(name)).width), 0) + 12
}
