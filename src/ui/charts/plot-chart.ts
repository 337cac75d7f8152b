import {
  Chart,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  type ChartDataset,
  type ScaleOptionsByType,
} from 'chart.js'
import { faint, themeColours, type ColourName } from './theme-colours.ts'
import { marksPlugin, setMarks } from './marks-plugin.ts'
import type { Axis, PlotScene } from './plot-scene.ts'

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale, Filler)

interface Point {
  readonly x: number
  readonly y: number
}

/** Where the plot stands inside its canvas, in CSS pixels. */
export interface PlotBox {
  readonly left: number
  readonly right: number
}

type Colours = Readonly<Record<ColourName, string>>

/** A chart on a canvas: drawn anew by `show`, taken down by `end`. */
export class PlotChart {
  readonly #canvas: HTMLCanvasElement
  readonly #chart: Chart<'line', Point[]>
  #colours: Colours | undefined

  constructor(canvas: HTMLCanvasElement, onbox: (box: PlotBox) => void) {
    this.#canvas = canvas
    this.#chart = new Chart<'line', Point[]>(canvas, {
      type: 'line',
      data: { datasets: [] },
      plugins: [
        marksPlugin,
        { id: 'measure', afterLayout: ({ chartArea: { left, right } }) => onbox({ left, right }) },
      ],
      options: {
        animation: false,
        maintainAspectRatio: false,
        responsive: true,
        events: [],
        parsing: false,
        normalized: true,
        layout: { padding: { top: 6, right: 2 } },
      },
    })
  }

  /** Reads the colours of the theme anew before the next drawing. */
  forgetColours(): void {
    this.#colours = undefined
  }

  /** Draws a scene at once, without animation. */
  show(scene: PlotScene, axisWidth: number, pointed: number | undefined): void {
    const host = this.#canvas.parentElement
    if (host === null) return
    this.#colours ??= themeColours(host)
    const colours = this.#colours
    const font = getComputedStyle(host).fontFamily
    this.#chart.data.datasets = [...bandSets(scene, colours), ...lineSets(scene, colours)]
    this.#chart.options.scales = {
      x: scale(scene.x, colours, font, {}),
      y: scale(scene.y, colours, font, { afterFit: (axis) => (axis.width = axisWidth) }),
    }
    this.#chart.options.layout = { padding: { top: 6, right: scene.margin ?? 2 } }
    const { bars = [], marks = [], ends = [] } = scene
    setMarks(this.#chart, { bars, marks, ends, pointed, colours, font })
    this.#chart.update('none')
  }

  /** Lets go of the canvas. */
  end(): void {
    this.#chart.destroy()
  }
}

const QUIET = { pointRadius: 0, pointHoverRadius: 0, borderWidth: 0 } as const

function bandSets({ bands = [] }: PlotScene, colours: Colours): ChartDataset<'line', Point[]>[] {
  return bands.flatMap(({ x, low, high, colour, opacity = 0.16 }) => [
    { ...QUIET, data: points(x, high), fill: '+1', backgroundColor: faint(colours[colour], opacity) },
    { ...QUIET, data: points(x, low), fill: false },
  ])
}

function lineSets({ lines = [] }: PlotScene, colours: Colours): ChartDataset<'line', Point[]>[] {
  return lines.map(({ x, y, colour, width = 1.75, dash = [], filled = false, opacity = 1 }) => ({
    ...QUIET,
    data: points(x, y),
    borderColor: opacity === 1 ? colours[colour] : faint(colours[colour], opacity),
    borderWidth: width,
    borderDash: [...dash],
    borderJoinStyle: 'round' as const,
    fill: filled ? 'origin' : false,
    backgroundColor: faint(colours[colour], 0.22),
    // One point alone is a dot: a line needs two.
    ...(x.length === 1 ? { pointRadius: 3, pointBackgroundColor: colours[colour] } : {}),
  }))
}

function points(x: readonly number[], y: readonly (number | null)[]): Point[] {
  return x.map((at, index) => ({ x: at, y: y[index] ?? Number.NaN }))
}

function scale(
  { from, to, ticks, log = false }: Axis,
  colours: Colours,
  font: string,
  more: { readonly afterFit?: (axis: { width: number }) => void },
) {
  const labels = new Map(ticks.map(({ at, label }) => [at, label]))
  const common = {
    min: from,
    max: to,
    border: { display: false },
    grid: { color: colours.grid, tickLength: 0 },
    afterBuildTicks: (axis: { ticks: { value: number }[] }) => {
      axis.ticks = ticks.map(({ at }) => ({ value: at }))
    },
    ticks: {
      color: colours['ink-3'],
      font: { size: 11, family: font },
      maxRotation: 0,
      autoSkip: false,
      padding: 6,
      callback: (value: string | number) => labels.get(Number(value)) ?? '',
    },
    ...more,
  }
  type Made = Partial<ScaleOptionsByType<'linear'>> & { type: 'linear' }
  // Safe: the two scales read the same options here.
  return { ...common, type: log ? 'logarithmic' : 'linear' } as unknown as Made
}
