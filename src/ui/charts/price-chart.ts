import {
  Chart,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  type ChartConfiguration,
} from 'chart.js'
import { candlesPlugin, setDrawing } from './candles-plugin.ts'
import { atrBand, leftEdge, rightEdge, type DrawnBars, type PriceLine, type PriceRange } from './price-model.ts'
import { faint, themeColours } from './theme-colours.ts'

/** Everything one drawing of the price needs. */
export interface PriceScene {
  readonly bars: DrawnBars
  readonly lines: readonly PriceLine[]
  readonly range: PriceRange
  readonly atrPrice: number | undefined
  /** Room for the price tags at the right, in pixels. */
  readonly axisWidth: number
  readonly priceLabel: (price: number) => string
  readonly timeLabel: (at: number) => string
}

/** Where the plot stands inside its canvas, in CSS pixels. */
export interface PlotBox {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

Chart.register(LineController, LineElement, PointElement, LinearScale, Filler)

/** A price chart on a canvas: drawn anew by `show`, measured by `box`, taken down by `end`. */
export class PriceChart {
  readonly #canvas: HTMLCanvasElement
  readonly #chart: Chart<'line', ({ x: number; y: number } | { x: number; y: null })[]>

  constructor(canvas: HTMLCanvasElement, onbox: (box: PlotBox) => void) {
    this.#canvas = canvas
    this.#chart = new Chart(canvas, configuration(onbox))
  }

  /** Draws a scene at once, without animation. */
  show(scene: PriceScene): void {
    const host = this.#canvas.parentElement
    if (host === null) return
    const colours = themeColours(host)
    const band = atrBand(scene.bars)
    const line = (pick: (one: { mean: number; above: number; below: number }) => number): { x: number; y: number }[] =>
      band.flatMap((one, x) => (one === null ? [] : [{ x, y: pick(one) }]))
    const quiet = { pointRadius: 0, pointHoverRadius: 0, borderWidth: 0 }
    this.#chart.data.datasets = [
      { ...quiet, data: line(({ above }) => above), fill: '+1', backgroundColor: faint(colours['ink-3'], 0.13) },
      { ...quiet, data: line(({ below }) => below), fill: false },
      { ...quiet, data: line(({ mean }) => mean), fill: false, borderColor: colours['ink-3'], borderWidth: 1 },
    ]
    const count = scene.bars.close.length
    this.#chart.options.scales = {
      x: {
        type: 'linear',
        min: leftEdge,
        max: rightEdge(count),
        border: { display: false },
        grid: { color: colours.grid, tickLength: 0 },
        afterBuildTicks: (axis) => (axis.ticks = timeTicks(count)),
        ticks: {
          color: colours['ink-3'],
          font: { size: 11 },
          maxRotation: 0,
          padding: 6,
          autoSkip: false,
          callback: (index) => scene.timeLabel(scene.bars.at[Number(index)] ?? 0),
        },
      },
      y: {
        type: 'linear',
        position: 'right',
        min: scene.range.low,
        max: scene.range.high,
        border: { display: false },
        grid: { color: colours.grid, tickLength: 0 },
        afterFit: (axis) => (axis.width = scene.axisWidth),
        ticks: {
          color: colours['ink-3'],
          font: { size: 11 },
          padding: 8,
          maxTicksLimit: 9,
          includeBounds: false,
          callback: (price) => scene.priceLabel(Number(price)),
        },
      },
    }
    setDrawing(this.#chart, { bars: scene.bars, lines: scene.lines, atrPrice: scene.atrPrice, colours })
    this.#chart.update('none')
  }

  /** Lets go of the canvas. */
  end(): void {
    this.#chart.destroy()
  }
}

function timeTicks(count: number): { value: number }[] {
  const wanted = Math.min(5, count)
  return Array.from({ length: wanted }, (_, index) => ({
    value: Math.round(((index + 0.35) / wanted) * count),
  })).filter(({ value }) => value < count)
}

function configuration(
  onbox: (box: PlotBox) => void,
): ChartConfiguration<'line', ({ x: number; y: number } | { x: number; y: null })[]> {
  return {
    type: 'line',
    data: { datasets: [] },
    plugins: [
      candlesPlugin,
      {
        id: 'measure',
        afterLayout: ({ chartArea: { left, right, top, bottom } }) => onbox({ left, right, top, bottom }),
      },
    ],
    options: {
      animation: false,
      maintainAspectRatio: false,
      responsive: true,
      events: [],
      parsing: false,
      normalized: true,
      layout: { padding: { top: 14, bottom: 0 } },
    },
  }
}
