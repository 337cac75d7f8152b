import type { RiskContribution, RiskQuery, RiskView, StressLine } from '../../contract/portfolio/risk.ts'
import { DAYS_PER_YEAR } from '../../domain/calendar.ts'
import { fromFloat, magnitude, NO_MONEY, rounded, toFloat, type Dec } from '../../domain/kernel/money.ts'
import { correlationStress } from '../../domain/market/correlation-stress.ts'
import { covarianceTimes } from '../../domain/portfolio/optimiser/risk-figures.ts'
import { DeskRefusal } from '../refusal.ts'
import type { Workspace } from '../workspace.ts'
import { covarianceOf } from './covariance.ts'
import { heldWeights, type HeldWeights } from './held-weights.ts'
import type { MarketFigures } from './market-figures.ts'
import { readLookBack, studyInstant } from './read-study-frame.ts'
import type { WindowLived } from './window-lived.ts'

/** Standard deviations of a bad day. */
const BAD_DAY = 3

/** The risk of the present positions: contributions, and what bad days would do. Refuses while equity is not known. */
export async function portfolioRisk(workspace: Workspace, asked: RiskQuery): Promise<RiskView> {
  const lookBack = readLookBack(asked.lookback)
  const { window } = asked
  if (window !== undefined && window.from >= window.to)
    throw new DeskRefusal('INPUT_OUT_OF_RANGE', 'The window ends before it begins: swap its ends.', 'window.to')
  const held = heldWeights(workspace)
  const symbols = Object.keys(held.weights)
  const { markets, book } = workspace
  const frame = { at: studyInstant(workspace), symbols, lookBack, linkage: 'average' as const }
  const [figures, lived] = await Promise.all([
    symbols.length === 0 ? undefined : markets.work(book, { kind: 'figures', frame, correlation: 'denoised' }),
    symbols.length === 0 || window === undefined
      ? undefined
      : markets.work(book, { kind: 'window', weights: held.weights, ...window }),
  ])
  const unknown = [
    ...(figures?.ok === false ? [figures.error.says] : []),
    ...(figures?.ok === true ? figures.value.leftOut.map(({ symbol, says }) => `${symbol}: ${says}.`) : []),
    ...(lived?.ok === false ? [lived.error.says] : []),
    ...(lived?.ok === true && lived.value.missing.length > 0
      ? [`Without bars over the whole window, and not in it: ${lived.value.missing.join(', ')}.`]
      : []),
  ]
  const market = figures?.ok === true ? figures.value : undefined
  const risk = riskOf(held, market)
  const past = lived?.ok === true ? lived.value : undefined
  return {
    at: held.at,
    currency: held.account.currency,
    equity: rounded(held.equity),
    positions: risk.positions,
    volatility: risk.whole?.measured ?? null,
    diversification: risk.whole?.diversification ?? null,
    gross: Object.values(held.weights).reduce((sum, weight) => sum + Math.abs(weight), 0),
    net: Object.values(held.weights).reduce((sum, weight) => sum + weight, 0),
    stress: [stopsHit(held, risk.positions), ...volatilityStress(workspace, held, risk), ...windowStress(held, past)],
    path: past === undefined ? [] : [...past.path],
    study: market === undefined ? null : { ...market.study, age: workspace.now() - market.study.at },
    unknown,
  }
}

interface MeasuredRisk {
  readonly positions: RiskContribution[]
  /** Only where every holding was studied: a part is not the whole. */
  readonly whole: ReturnType<typeof correlationStress> | undefined
}

function riskOf(held: HeldWeights, market: MarketFigures | undefined): MeasuredRisk {
  const symbols = Object.keys(held.weights)
  const places = symbols.map((symbol) => market?.symbols.indexOf(symbol) ?? -1)
  const n = market?.symbols.length ?? 0
  const complete = market !== undefined && symbols.length > 0 && places.every((place) => place >= 0)
  const weights = Float64Array.from(Object.values(held.weights))
  const volatility = places.map((place) => market?.volatility[place] ?? Number.NaN)
  const correlation = complete
    ? Float64Array.from(
        places.flatMap((i) => places.map((j) => (i === j ? 1 : (market.correlation[i * n + j] ?? NaN)))),
      )
    : undefined
  const whole = correlation === undefined ? undefined : correlationStress(weights, volatility, correlation)
  const slopes = correlation === undefined ? undefined : covarianceTimes(covarianceOf(correlation, volatility), weights)
  const measured = whole?.measured ?? 0
  return {
    whole,
    positions: symbols.map((symbol, i): RiskContribution => {
      const slope = slopes?.[i]
      const marginal = slope === undefined || !(measured > 0) ? null : slope / measured
      const weight = weights[i] ?? 0
      const stop = stopOf(held, symbol)
      const own = volatility[i] ?? Number.NaN
      return {
        symbol,
        weight,
        volatility: Number.isFinite(own) ? own : null,
        marginal,
        contribution: marginal === null ? null : weight * marginal,
        share: marginal === null ? null : (weight * marginal) / measured,
        riskAtStop: rounded(stop.amount),
        says: `${stop.says}${Number.isFinite(own) ? '' : ' Its volatility is not known.'}`,
      }
    }),
  }
}

function stopOf({ book, profile }: HeldWeights, symbol: string): { readonly amount: Dec; readonly says: string } {
  const { gapLoss } = profile.general
  let amount: Dec = NO_MONEY
  let bare = 0
  for (const position of book.positions) {
    if (position.input.symbol !== symbol) continue
    if (position.riskAtStop === null) bare += 1
    amount = amount.plus(position.riskAtStop ?? magnitude(position.notional).times(gapLoss))
  }
  return {
    amount,
    says:
      bare === 0
        ? 'Lost if its stops are hit now, with exit costs.'
        : `It has no stop: the stated gap of ${(toFloat(gapLoss) * 100).toFixed(0)} % of its size counts.`,
  }
}

function stopsHit({ equity }: HeldWeights, positions: readonly RiskContribution[]): StressLine {
  const bySymbol = positions.map(({ symbol, riskAtStop }) => ({
    symbol,
    loss: riskAtStop,
    share: Number(riskAtStop) / toFloat(equity),
  }))
  const share = bySymbol.reduce((sum, own) => sum + own.share, 0)
  return {
    id: 'stops',
    title: 'All stops hit',
    loss: rounded(equity.times(fromFloat(share))),
    share,
    volatility: null,
    bySymbol,
    says:
      positions.length === 0
        ? 'Nothing is open.'
        : `If every stop were hit now, ${percent(share)} of equity would be lost; what has no stop counts with the stated gap.`,
  }
}

function volatilityStress(workspace: Workspace, held: HeldWeights, { whole, positions }: MeasuredRisk): StressLine[] {
  if (whole === undefined) return []
  const days = Math.min(
    ...positions.map(({ symbol }) => DAYS_PER_YEAR[workspace.book.instrument(symbol)?.calendar ?? 'equity']),
  )
  const line = (id: 'together' | 'against', title: string, volatility: number, says: string): StressLine => {
    const share = (BAD_DAY * volatility) / Math.sqrt(days)
    return {
      id,
      title,
      loss: rounded(held.equity.times(fromFloat(share))),
      share,
      volatility,
      bySymbol: [],
      says: `${says} Volatility would be ${percent(volatility)} a year instead of ${percent(whole.measured)}; a day of ${BAD_DAY} standard deviations would cost ${percent(share)} of equity.`,
    }
  }
  return [
    line('together', 'Correlations to 1', whole.together, 'If everything moved as one, hedges offset in full.'),
    line(
      'against',
      'Everything against you',
      whole.worst,
      'If every position moved against you at once, no hedge helps.',
    ),
  ]
}

function windowStress({ equity }: HeldWeights, past: WindowLived | undefined): StressLine[] {
  if (past === undefined) return []
  const money = (share: number): string => rounded(equity.times(fromFloat(-share)))
  const parts = (bySymbol: WindowLived['bySymbol']): StressLine['bySymbol'] =>
    bySymbol.map(({ symbol, share }) => ({ symbol, loss: money(share), share: -share }))
  const end = past.path.at(-1)?.share ?? 0
  const [from, to] = [past.path[0]?.at ?? 0, past.path.at(-1)?.at ?? 0]
  const lowest = past.path.reduce((low, { share }) => Math.min(low, share), 0)
  return [
    {
      id: 'window',
      title: 'The chosen window',
      loss: money(end),
      share: -end,
      volatility: null,
      bySymbol: parts(past.bySymbol),
      says: `From ${isoDay(from)} to ${isoDay(to)} the present positions, held without trading, would have ${end < 0 ? 'lost' : 'gained'} ${percent(Math.abs(end))} of equity, with ${percent(-lowest)} below the start at the lowest.`,
    },
    {
      id: 'worst_day',
      title: 'The worst day of the window',
      loss: money(past.worst.share),
      share: -past.worst.share,
      volatility: null,
      bySymbol: parts(past.worst.bySymbol),
      says: `On ${isoDay(past.worst.at - 1)} they would have ${past.worst.share < 0 ? 'lost' : 'gained'} ${percent(Math.abs(past.worst.share))} of equity: the worst step from one common day to the next.`,
    },
  ]
}

/** Zero is named without a sign. */
function percent(value: number): string {
  return `${((value + 0) * 100 || 0).toFixed(2)} %`
}

function isoDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
