import type { RiskContribution, RiskView } from '../../contract/portfolio/risk.ts'
import type { AssetWeight } from '../../contract/portfolio/optimise.ts'
import { shareTick, timeAxis, valueAxis } from '../charts/plot-axes.ts'
import type { PlotScene } from '../charts/plot-scene.ts'
import type { RowsScene } from '../charts/rows-scene.ts'
import { dateText } from '../format/time-text.ts'
import type { ChartTable } from '../kit/chart-table.ts'
import { shareText } from './portfolio-words.ts'

/** Bars shown at once; the table has all. */
const MOST_BARS = 24

/** One instrument's part of the risk, as held and as proposed. */
export interface RiskShare {
  readonly symbol: string
  readonly weight: number
  readonly present: number | null
  readonly proposed: number | null
  readonly proposedWeight: number | null
}

/** Shares of what is held now. */
export const sharesHeld = (positions: readonly RiskContribution[]): readonly RiskShare[] =>
  positions.map(({ symbol, weight, share }) => ({
    symbol,
    weight,
    present: share,
    proposed: null,
    proposedWeight: null,
  }))

/** Shares of the present portfolio beside those of the proposed one. */
export const sharesProposed = (assets: readonly AssetWeight[]): readonly RiskShare[] =>
  assets.map(({ symbol, present, proposed, presentShare, proposedShare }) => ({
    symbol,
    weight: present,
    present: presentShare,
    proposed: proposedShare,
    proposedWeight: proposed,
  }))

/** The largest shares first, as bars; a hedge reaches left of zero. */
export function contributionScene(shares: readonly RiskShare[]): RowsScene {
  const shown = largestShares(shares).slice(0, MOST_BARS)
  const withProposed = shown.some(({ proposed }) => proposed !== null)
  const values = shown.flatMap(({ present, proposed }) => [present, proposed])
  return {
    names: shown.map(({ symbol }) => symbol),
    x: valueAxis(values, shareTick, { withZero: true }),
    series: [
      { label: 'Present', values: shown.map(({ present }) => present), colour: 'series-a' },
      ...(withProposed
        ? [
            {
              label: 'Proposed',
              values: shown.map(({ proposed }) => proposed),
              colour: 'series-b' as const,
              outlined: true,
            },
          ]
        : []),
    ],
    text: (value) => shareText(value, 1),
  }
}

/** How many bars are left out of the drawing. */
export const barsHidden = (shares: readonly RiskShare[]): number =>
  Math.max(0, largestShares(shares).length - MOST_BARS)

/** Every instrument that carries risk, as a table. */
export function contributionTable(shares: readonly RiskShare[]): ChartTable {
  const withProposed = shares.some(({ proposed }) => proposed !== null)
  return {
    columns: ['Symbol', 'Weight', 'Share of risk', ...(withProposed ? ['Proposed weight', 'Proposed share'] : [])],
    rows: largestShares(shares).map((one) => [
      one.symbol,
      shareText(one.weight, 2),
      shareText(one.present, 2),
      ...(withProposed ? [shareText(one.proposedWeight, 2), shareText(one.proposed, 2)] : []),
    ]),
  }
}

/** The bars in one sentence. */
export function contributionSummary(shares: readonly RiskShare[]): string {
  const [first] = largestShares(shares).filter(({ present }) => present !== null)
  const hedges = shares.filter(({ present }) => present !== null && present < -5e-4)
  const largest =
    first === undefined ? 'No share is known.' : `${first.symbol} carries ${shareText(first.present, 0)} of the risk.`
  return `Shares of the portfolio's volatility. ${largest}${hedges.length === 0 ? '' : ` Hedges: ${hedges.map(({ symbol }) => symbol).join(', ')}.`}`
}

/** The past window as the present positions would have lived it. */
export function pathScene(path: RiskView['path'], zone: string): PlotScene {
  const at = path.map((point) => point.at)
  const shares = path.map(({ share }) => share)
  return {
    x: timeAxis(at, zone),
    y: valueAxis(shares, shareTick, { withZero: true }),
    lines: [{ x: at, y: shares, colour: 'series-a', width: 2 }],
    marks: [{ kind: 'level', at: 0, label: '' }],
  }
}

/** The same as a table. */
export const pathTable = (path: RiskView['path'], zone: string): ChartTable => ({
  columns: ['Day', 'Gained since the start'],
  rows: path.map(({ at, share }) => [dateText(at, zone), shareText(share, 3, true)]),
})

function largestShares(shares: readonly RiskShare[]): readonly RiskShare[] {
  const size = ({ present, proposed }: RiskShare): number => Math.max(Math.abs(present ?? 0), Math.abs(proposed ?? 0))
  return shares.filter((one) => one.weight !== 0 || size(one) > 1e-6).toSorted((a, b) => size(b) - size(a))
}
