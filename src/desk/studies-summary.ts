import type { PortfolioSummary } from '../contract/portfolio.ts'
import type { Book } from '../domain/book.ts'
import { DAYS_PER_YEAR } from '../domain/calendar.ts'
import { divide, magnitude, NO_MONEY, readPositive, toFloat, type Dec } from '../domain/kernel/money.ts'
import { INTERVAL_MS } from '../domain/ledger/records.ts'
import { portfolioMoments, type WeightedReturns } from '../domain/portfolio/portfolio-moments.ts'
import type { Profile } from '../domain/profile.ts'
import { DeskRefusal } from './refusal.ts'
import { standing } from './standing.ts'
import { measureInstrument, measureSettings } from './studies-market.ts'
import type { Workspace } from './workspace.ts'

/** Common daily returns a portfolio's volatility looks back on, and the fewest it is believed with (S0). */
const LOOK_BACK = 60
const FEWEST = 20
const LARGEST = 10

interface Held {
  readonly symbol: string
  /** Signed share of equity. */
  readonly weight: number
  readonly volatility: number | undefined
  readonly expected: number | undefined
  readonly calendar: keyof typeof DAYS_PER_YEAR
}

/** The open portfolio in figures; refuses while equity or an exposure is not known. */
export function portfolioSummary(workspace: Workspace): PortfolioSummary {
  const { account, book, profile, at } = standing(workspace)
  const equity = readPositive(account.equity.value, 'account.equity')
  if (!equity.ok)
    throw new DeskRefusal(
      equity.error.code,
      account.equity.value === null ? account.equity.source : equity.error.says,
      'account.equity',
    )
  const [missing] = book.unknown
  if (missing !== undefined) throw new DeskRefusal(missing.code, missing.says, missing.field)
  const share = (amount: Dec): number => toFloat(divide(amount, equity.value))
  const held = holdings(workspace, book, profile, equity.value, at)
  const largest = [...held].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
  const unknown: string[] = []
  const moments = momentsOf(workspace, held, at, unknown)
  const expected = expectedReturn(held, unknown)
  const riskFree = measureSettings(profile).riskFree
  return {
    total_equity: toFloat(equity.value),
    position_count: book.positions.length,
    total_allocation: share(book.gross),
    target_portfolio_vol: settingOf(profile, 'portfolio_vol', 'max'),
    current_portfolio_vol: moments?.volatility ?? null,
    diversification_ratio: moments?.diversification ?? null,
    cluster_allocations: Object.fromEntries([...book.byCluster].map(([name, amount]) => [name, share(amount)])),
    utilization: {
      exposure_pct: exposureUse(profile, share(book.gross)),
      positions_pct: percentOf(Math.abs(largest[0]?.weight ?? 0), settingOf(profile, 'single_asset', 'max')),
    },
    expected_return: expected,
    // Cash earns the risk-free rate and leverage pays it, so that it is taken off for what is invested alone.
    sharpe_ratio:
      expected === null || moments === undefined
        ? null
        : (expected - riskFree * held.reduce((sum, { weight }) => sum + weight, 0)) / moments.volatility,
    leverage: share(book.gross),
    net_allocation: held.reduce((sum, { weight }) => sum + weight, 0),
    largest_positions: largest
      .slice(0, LARGEST)
      .map(({ symbol, weight, volatility }) => ({ symbol, weight, volatility: volatility ?? null })),
    unknown,
  }
}

function holdings(workspace: Workspace, book: Book, profile: Profile, equity: Dec, at: number): readonly Held[] {
  const notional = new Map<string, { amount: Dec; spec: Book['positions'][number]['input']['spec'] }>()
  for (const { input, notional: own } of book.positions) {
    const sofar = notional.get(input.symbol)?.amount ?? NO_MONEY
    notional.set(input.symbol, { amount: sofar.plus(own), spec: input.spec })
  }
  const settings = measureSettings(profile)
  return [...notional].flatMap(([symbol, { amount, spec }]) => {
    if (spec === null || magnitude(amount).isZero()) return []
    const { metrics } = workspace.remember(`measured:${symbol}:summary@${at}`, () =>
      measureInstrument(workspace.book, spec, at, settings),
    )
    return [
      {
        symbol,
        weight: toFloat(divide(amount, equity)),
        volatility: metrics.volatility,
        expected: metrics.expected?.value,
        calendar: spec.calendar,
      },
    ]
  })
}

function expectedReturn(held: readonly Held[], unknown: string[]): number | null {
  const blind = held.filter(({ expected }) => expected === undefined).map(({ symbol }) => symbol)
  if (blind.length > 0) {
    unknown.push(`Expected return: less than half a year of daily bars for ${blind.join(', ')}.`)
    return null
  }
  return held.reduce((sum, { weight, expected }) => sum + weight * (expected ?? 0), 0)
}

/** Volatility from the returns on the days that every holding has a bar of: the same weights and days for all of them. */
function momentsOf(
  workspace: Workspace,
  held: readonly Held[],
  at: number,
  unknown: string[],
): ReturnType<typeof portfolioMoments> {
  if (held.length === 0) return undefined
  const closes = held.map(({ symbol }) => closesByDay(workspace, symbol, at))
  const common = [...(closes[0]?.keys() ?? [])]
    .filter((day) => closes.every((own) => own.has(day)))
    .slice(-LOOK_BACK - 1)
  if (common.length <= FEWEST) {
    unknown.push(
      `Volatility: ${Math.max(0, common.length - 1)} days have a bar of every position, ${FEWEST} are needed.`,
    )
    return undefined
  }
  const parts = held.map(({ weight }, index): WeightedReturns => {
    const prices = common.map((day) => closes[index]?.get(day) ?? Number.NaN)
    return { weight, returns: prices.slice(1).map((price, day) => price / (prices[day] ?? Number.NaN) - 1) }
  })
  // Days that all have in common come as often as those of the calendar with the fewest.
  const moments = portfolioMoments(parts, Math.min(...held.map(({ calendar }) => DAYS_PER_YEAR[calendar])))
  if (moments === undefined) unknown.push('Volatility: the positions did not move, or a price is broken.')
  return moments
}

function closesByDay(workspace: Workspace, symbol: string, at: number): ReadonlyMap<number, number> {
  const bars = workspace.book.bars(symbol, '1d', at, LOOK_BACK * 3)
  return new Map(bars.map((bar) => [Math.floor(bar.at / INTERVAL_MS['1d']), Number(bar.close)]))
}

function exposureUse(profile: Profile, gross: number): number | null {
  const exposure = settingOf(profile, 'gross_exposure', 'maxExposure')
  const leverage = settingOf(profile, 'gross_exposure', 'maxLeverage')
  return exposure === null || leverage === null ? null : percentOf(gross, exposure * leverage)
}

function percentOf(used: number, limit: number | null): number | null {
  return limit === null || limit === 0 ? null : (used / limit) * 100
}

function settingOf(profile: Profile, ceiling: string, member: string): number | null {
  const values = profile.ceilings.get(ceiling) as Readonly<Record<string, Dec>> | undefined
  return values?.[member] === undefined ? null : toFloat(values[member])
}
