import { BarController, BarElement, CategoryScale, Chart, LinearScale } from 'chart.js'
import { faint, themeColours } from '../charts/theme-colours.ts'

/** Bars of one method, one for each stage. */
export interface BarGroup {
  readonly label: string
  readonly values: readonly number[]
}

/** Everything one drawing of the bars needs. */
export interface BarScene {
  readonly groups: readonly BarGroup[]
  readonly stages: readonly string[]
  readonly unitsLabel: (units: number) => string
}

Chart.register(BarController, BarElement, CategoryScale, LinearScale)

/** Lying bars on a canvas, a group for each method: drawn anew by `show`, taken down by `end`. */
export class MethodBars {
  readonly #canvas: HTMLCanvasElement
  readonly #chart: Chart<'bar', number[], string>

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas
    this.#chart = new Chart<'bar', number[], string>(canvas, {
      type: 'bar',
      data: { labels: [], datasets: [] },
      options: { indexAxis: 'y', animation: false, maintainAspectRatio: false, responsive: true, events: [] },
    })
  }

  /** Draws a scene at once. The last stage is the strongest colour: what is left. */
  show({ groups, stages, unitsLabel }: BarScene): void {
    const host = this.#canvas.parentElement
    if (host === null) return
    const colours = themeColours(host)
    const fills = [faint(colours['ink-3'], 0.55), colours['series-b'], colours['series-a']]
    this.#chart.data = {
      labels: groups.map(({ label }) => label),
      datasets: stages.map((label, stage) => ({
        label,
        data: groups.map(({ values }) => values[stage] ?? 0),
        backgroundColor: fills[stage] ?? colours.ink,
        barPercentage: 0.9,
        categoryPercentage: 0.74,
        maxBarThickness: 9,
      })),
    }
    const font = { size: 11 }
    this.#chart.options.scales = {
      x: {
        beginAtZero: true,
        border: { display: false },
        grid: { color: colours.grid, tickLength: 0 },
        ticks: { color: colours['ink-3'], font, maxTicksLimit: 5, callback: (units) => unitsLabel(Number(units)) },
      },
      y: {
        border: { color: colours.edge },
        grid: { display: false },
        ticks: { color: colours['ink-2'], font, autoSkip: false },
      },
    }
    this.#chart.update('none')
  }

  /** Lets go of the canvas. */
  end(): void {
    this.#chart.destroy()
  }
}
