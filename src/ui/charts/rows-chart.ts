import { BarController, BarElement, CategoryScale, Chart, LinearScale, type Plugin } from 'chart.js'
import type { RowsScene } from './rows-scene.ts'
import { faint, themeColours, type ColourName } from './theme-colours.ts'

Chart.register(BarController, BarElement, CategoryScale, LinearScale)

type Colours = Readonly<Record<ColourName, string>>

const figures = new WeakMap<Chart, { readonly scene: RowsScene; readonly colours: Colours; readonly font: string }>()

/** Each bar ends in its figure. */
const figuresPlugin: Plugin<'bar'> = {
  id: 'figures',
  afterDatasetsDraw: (chart) => {
    const drawn = figures.get(chart)
    if (drawn === undefined) return
    const { ctx: brush, chartArea } = chart
    brush.save()
    brush.font = `11px ${drawn.font}`
    brush.textBaseline = 'middle'
    brush.fillStyle = drawn.colours['ink-2']
    drawn.scene.series.forEach(({ values }, index) => {
      chart.getDatasetMeta(index).data.forEach((bar, row) => {
        const value = values[row]
        if (value == null) return
        const { x, y } = bar
        const text = drawn.scene.text(value)
        const width = brush.measureText(text).width
        const beside = value < 0 ? x - 5 - width : x + 5
        brush.fillText(text, Math.min(Math.max(beside, chartArea.left), chart.width - width - 1), y)
      })
    })
    brush.restore()
  },
}

/** Level bars on a canvas: drawn anew by `show`, taken down by `end`. */
export class RowsChart {
  readonly #canvas: HTMLCanvasElement
  readonly #chart: Chart<'bar', (number | null)[], string>
  #colours: Colours | undefined

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas
    this.#chart = new Chart<'bar', (number | null)[], string>(canvas, {
      type: 'bar',
      data: { labels: [], datasets: [] },
      plugins: [figuresPlugin],
      options: {
        animation: false,
        indexAxis: 'y',
        maintainAspectRatio: false,
        responsive: true,
        events: [],
        layout: { padding: { right: 52 } },
      },
    })
  }

  /** Reads the colours of the theme anew before the next drawing. */
  forgetColours(): void {
    this.#colours = undefined
  }

  /** Draws the bars at once, without animation. */
  show(scene: RowsScene): void {
    const host = this.#canvas.parentElement
    if (host === null) return
    this.#colours ??= themeColours(host)
    const colours = this.#colours
    const font = getComputedStyle(host).fontFamily
    const labels = new Map(scene.x.ticks.map(({ at, label }) => [at, label]))
    figures.set(this.#chart, { scene, colours, font })
    this.#chart.data.labels = [...scene.names]
    this.#chart.data.datasets = scene.series.map(({ label, values, colour, outlined = false }) => ({
      label,
      data: [...values],
      backgroundColor: outlined ? faint(colours[colour], 0.18) : colours[colour],
      borderColor: colours[colour],
      borderWidth: outlined ? 1.5 : 0,
      borderSkipped: false,
      maxBarThickness: 14,
      categoryPercentage: 0.82,
      barPercentage: 0.92,
    }))
    this.#chart.options.scales = {
      x: {
        type: 'linear',
        min: scene.x.from,
        max: scene.x.to,
        border: { display: false },
        grid: { color: ({ tick }) => (tick.value === 0 ? colours.edge : colours.grid), tickLength: 0 },
        afterBuildTicks: (axis) => {
          axis.ticks = scene.x.ticks.map(({ at }) => ({ value: at }))
        },
        ticks: {
          color: colours['ink-3'],
          font: { size: 11, family: font },
          maxRotation: 0,
          autoSkip: false,
          padding: 6,
          callback: (value) => labels.get(Number(value)) ?? '',
        },
      },
      y: {
        type: 'category',
        border: { display: false },
        grid: { display: false },
        ticks: { color: colours['ink-2'], font: { size: 11, family: font }, autoSkip: false, padding: 6 },
      },
    }
    this.#chart.update('none')
  }

  /** Lets go of the canvas. */
  end(): void {
    this.#chart.destroy()
  }
}
