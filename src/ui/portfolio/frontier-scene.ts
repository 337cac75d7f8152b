import type { FrontierResult } from '../../contract/portfolio/optimise.ts'
import { shareTick, valueAxis } from '../charts/plot-axes.ts'
import type { PlotDot, PlotScene } from '../charts/plot-scene.ts'
import type { ChartTable } from '../kit/chart-table.ts'
import { shareText } from './portfolio-words.ts'

/** Beyond so many instruments only the present and the proposed portfolio are named. */
const MOST_NAMED = 12

/** Most return at each volatility, with the present and the proposed portfolio and each instrument alone. */
export function frontierScene(frontier: FrontierResult, withAssets: boolean): PlotScene {
  const { points, present, proposed, assets } = frontier
  const shown = withAssets ? assets : []
  const all = [...points, present, ...(proposed === null ? [] : [proposed]), ...shown]
  const named = shown.length <= MOST_NAMED
  const dots: PlotDot[] = [
    dot(present.volatility, present.expectedReturn, 'series-a', 'Present'),
    ...(proposed === null ? [] : [dot(proposed.volatility, proposed.expectedReturn, 'series-b', 'Proposed')]),
    ...shown.map(({ symbol, volatility, expectedReturn }) =>
      dot(volatility, expectedReturn, 'ink-3', named ? symbol : ''),
    ),
  ]
  return {
    x: valueAxis(
      all.map(({ volatility }) => volatility),
      shareTick,
      { withZero: true },
    ),
    y: valueAxis(
      all.map(({ expectedReturn }) => expectedReturn),
      shareTick,
      { withZero: true },
    ),
    lines: [
      {
        x: points.map(({ volatility }) => volatility),
        y: points.map(({ expectedReturn }) => expectedReturn),
        colour: 'ink-2',
        width: 2,
      },
    ],
    marks: dots,
  }
}

/** The frontier as a table: a row per portfolio, with the largest weights in words. */
export function frontierTable({ points, present, proposed, symbols, assets }: FrontierResult): ChartTable {
  const row = (name: string, volatility: number, expectedReturn: number, rest: string): readonly string[] => [
    name,
    shareText(volatility, 2),
    shareText(expectedReturn, 2),
    rest,
  ]
  return {
    columns: ['Portfolio', 'Volatility a year', 'Expected return a year', 'Largest weights'],
    rows: [
      row('Present', present.volatility, present.expectedReturn, ''),
      ...(proposed === null ? [] : [row('Proposed', proposed.volatility, proposed.expectedReturn, '')]),
      ...points.map((point, index) =>
        row(
          `Frontier ${index + 1}`,
          point.volatility,
          point.expectedReturn,
          largest(symbols, point.weights, point.cash),
        ),
      ),
      ...assets.map(({ symbol, volatility, expectedReturn }) => row(symbol, volatility, expectedReturn, 'alone')),
    ],
  }
}

function largest(symbols: readonly string[], weights: readonly number[], cash: number): string {
  const held = symbols
    .map((symbol, i) => ({ symbol, weight: weights[i] ?? 0 }))
    .filter(({ weight }) => Math.abs(weight) > 5e-4)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, 4)
    .map(({ symbol, weight }) => `${symbol} ${shareText(weight, 0)}`)
  return [...held, `cash ${shareText(cash, 0)}`].join(', ')
}

const dot = (x: number, y: number, colour: PlotDot['colour'], label: string): PlotDot => ({
  kind: 'dot',
  x,
  y,
  colour,
  label,
})
