import { countAxis, valueAxis } from '../charts/plot-axes.ts'
import type { PlotScene } from '../charts/plot-scene.ts'
import { numberText } from '../format/number-text.ts'
import type { ChartTable } from '../kit/chart-table.ts'

/** Eigenvalues from the largest, and the band that pure noise would fill. */
export interface Spectrum {
  readonly eigenvalues: readonly number[]
  readonly noise: { readonly low: number; readonly high: number }
  readonly signals: number
}

/** Near the edge: so many times the noise edge are shown. */
const NEAR_EDGE = 2.5

const text = (value: number): string => numberText(value, { places: 2 })

/** Whether the largest mode dwarfs the band, so that the whole range hides it. */
export const dwarfsBand = ({ eigenvalues, noise }: Spectrum): boolean => (eigenvalues[0] ?? 0) > 6 * noise.high

/** Eigenvalues as bars: solid above the noise edge, pale within it; the band of noise behind them. */
export function spectrumScene(spectrum: Spectrum, range: 'all' | 'edge'): PlotScene {
  const { eigenvalues, noise, signals } = spectrum
  const n = eigenvalues.length
  // A singular matrix has eigenvalues that are zero but for rounding, also below: they take no room under the axis.
  const tops = range === 'all' ? [eigenvalues[0] ?? 0, noise.high] : [noise.high * NEAR_EDGE]
  const x = [0.5, n + 0.5]
  return {
    x: { ...countAxis(1, n, (value) => numberText(value)), from: 0.5, to: n + 0.5 },
    y: valueAxis(tops, (value) => numberText(value, { mostPlaces: 2 }), { withZero: true }),
    bands: [{ x, low: [noise.low, noise.low], high: [noise.high, noise.high], colour: 'ink-3', opacity: 0.14 }],
    bars: eigenvalues.map((height, index) => ({
      from: index + 0.6,
      to: index + 1.4,
      height,
      colour: index < signals ? 'series-b' : 'ink-3',
      opacity: index < signals ? 1 : 0.55,
    })),
    marks: [
      { kind: 'level', at: noise.high, label: `Noise edge ${text(noise.high)}`, isAtEnd: true },
      { kind: 'level', at: noise.low, label: '' },
    ],
  }
}

/** The same as a table. */
export function spectrumTable({ eigenvalues, noise, signals }: Spectrum): ChartTable {
  const whole = eigenvalues.reduce((sum, value) => sum + value, 0)
  return {
    columns: ['Mode', 'Eigenvalue', 'Share of variance', 'Against the band'],
    rows: eigenvalues.map((value, index) => [
      String(index + 1),
      numberText(value, { places: 4 }),
      `${numberText((value / whole) * 100, { places: 2 })} %`,
      index < signals ? 'signal' : value < noise.low ? 'below the band' : 'noise',
    ]),
  }
}

/** The spectrum in one sentence. */
export function spectrumSummary({ eigenvalues, noise, signals }: Spectrum): string {
  return `Eigenvalues of ${eigenvalues.length} modes. The largest is ${text(eigenvalues[0] ?? 0)}; noise alone would fill ${text(noise.low)} to ${text(noise.high)}; ${signals === 0 ? 'no mode stands' : signals === 1 ? 'one mode stands' : `${signals} modes stand`} above it.`
}
