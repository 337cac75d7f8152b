import type { DeskView, LimitReading, PortfolioLimits } from '../contract/limits.ts'
import type { Book, ValuedPosition } from '../domain/book.ts'
import { checkAge } from '../domain/freshness.ts'
import { shareOf, stateOf } from '../domain/governor/ladder.ts'
import { openRisk } from '../domain/governor/open-risk.ts'
import type { AccountInput } from '../domain/inputs.ts'
import {
  add,
  divide,
  larger,
  magnitude,
  NO_MONEY,
  readDecimal,
  readPositive,
  rounded,
  say,
  sayPercent,
  text,
  ZERO,
  type Dec,
  type Money,
} from '../domain/kernel/money.ts'
import { closeMaxAgeOf, type Profile } from '../domain/profile.ts'
import { dayProfit } from './gather.ts'
import { DeskRefusal } from './refusal.ts'
import type { Workspace } from './workspace.ts'

/** Exposure and strategy budgets in the strategy-budget engine's own shape; refuses while equity or exposure is not known. */
export function portfolioLimits(workspace: Workspace): PortfolioLimits {
  const { account, book, profile } = standing(workspace)
  const equity = readPositive(account.equity.value, 'account.equity')
  if (!equity.ok)
    throw new DeskRefusal(
      equity.error.code,
      account.equity.value === null ? account.equity.source : equity.error.says,
      'account.equity',
    )
  const [unknown] = book.unknown
  if (unknown !== undefined) throw new DeskRefusal(unknown.code, unknown.says, unknown.field)
  const gross = profile.ceilings.get('gross_exposure') as
    { readonly maxExposure: Dec; readonly maxLeverage: Dec } | undefined
  const risk = profile.ceilings.get('risk_per_trade') as { readonly max: Dec } | undefined
  const fallback = profile.ceilings.get('strategy_budget') as { readonly fallback: Dec } | undefined
  if (gross === undefined || risk === undefined || fallback === undefined)
    throw new DeskRefusal(
      'LIMITS_MISSING',
      'The profile switches off gross_exposure, risk_per_trade or strategy_budget, so there are no such limits to tell.',
      'ceilings',
    )
  const max = equity.value.times(gross.maxExposure).times(gross.maxLeverage)
  const codes = new Map(workspace.book.strategies().map((strategy) => [strategy.code, strategy.budget]))
  for (const code of book.byStrategy.keys()) if (!codes.has(code)) codes.set(code, null)
  const perStrategy: PortfolioLimits['per_strategy'] = {}
  for (const [code, own] of codes) {
    const share = own === null ? fallback.fallback : readDecimal(own, `strategies.${code}.budget`)
    if ('ok' in share && !share.ok) throw new DeskRefusal(share.error.code, share.error.says, share.error.field)
    const budget = equity.value.times('ok' in share ? share.value : share)
    const used = book.byStrategy.get(code) ?? NO_MONEY
    perStrategy[code] = {
      budget: amount(budget),
      used: amount(used),
      available: amount(larger(budget.minus(used), ZERO)),
      utilization_pct: percent(used, budget),
    }
  }
  return {
    ok: true,
    equity: amount(equity.value),
    max_exposure: amount(max),
    current_exposure: amount(book.gross),
    available_exposure: amount(larger(max.minus(book.gross), ZERO)),
    exposure_utilization_pct: percent(book.gross, max),
    per_strategy: perStrategy,
    config: {
      max_leverage: gross.maxLeverage.toNumber(),
      max_exposure_pct: gross.maxExposure.toNumber(),
      max_risk_per_trade_pct: risk.max.toNumber(),
      position_sizing_mode: profile.method,
    },
  }
}

/** The desk as it stands: every limit with its use, nearest to breach first, exposures and positions. */
export function deskView(workspace: Workspace): DeskView {
  const { account, book, profile, at } = standing(workspace)
  const equity = readPositive(account.equity.value, 'account.equity')
  const known = equity.ok && book.unknown.length === 0 ? equity.value : null
  const risk = openRisk(book, profile.general.gapLoss)
  const total = (value: Dec): string | null => (book.unknown.length === 0 ? rounded(value) : null)
  return {
    at,
    accountId: account.accountId,
    currency: account.currency,
    equity: equity.ok ? rounded(equity.value) : null,
    dayProfit: dayProfit(account),
    openRisk: total(risk.amount),
    gross: total(book.gross),
    net: total(book.net.high.plus(book.net.low).div(2)),
    limits: readLimits(workspace, account, book, profile, known),
    bySymbol: lines(
      groupBy(book.positions, ({ input }) => [input.symbol]),
      known,
    ),
    byCluster: lines(
      groupBy(book.positions, ({ instrument }) => instrument.clusters),
      known,
    ),
    byStrategy: lines(
      groupBy(book.positions, ({ input }) => [input.strategy ?? 'no strategy']),
      known,
    ),
    byClass: lines(
      groupBy(book.positions, ({ instrument }) => [instrument.assetClass]),
      known,
    ),
    positions: book.input.positions.map((input) =>
      positionView(
        input,
        book.positions.find((valued) => valued.input === input),
        book,
      ),
    ),
    unknown: [
      ...(equity.ok ? [] : [account.equity.value === null ? account.equity.source : equity.error.says]),
      ...book.unknown.map(({ says }) => says),
      ...staleMarks(book, profile, at),
    ],
  }
}

function standing(workspace: Workspace): { account: AccountInput; book: Book; profile: Profile; at: number } {
  const record = workspace.account()
  const at = Math.floor(workspace.now() / 1000) * 1000
  return {
    account: workspace.accountInput(record, at),
    book: workspace.valuedBook(record, at).book,
    profile: workspace.activeProfile().profile,
    at,
  }
}

function readLimits(
  workspace: Workspace,
  account: AccountInput,
  book: Book,
  profile: Profile,
  equity: Dec | null,
): LimitReading[] {
  const settings = (id: string): Record<string, Dec> | undefined =>
    profile.ceilings.get(id) as Record<string, Dec> | undefined
  const readings: LimitReading[] = []
  const put = (
    rule: string,
    title: string,
    subject: string | null,
    used: Dec | null,
    limit: Dec | null,
    says: string,
  ): void => {
    readings.push(reading(rule, title, subject, used, limit, says))
  }
  const share = (max: Dec): Dec | null => (equity === null ? null : equity.times(max))
  const held = (used: Dec): Dec | null => (equity === null ? null : used)
  const risk = openRisk(book, profile.general.gapLoss)
  const daily = settings('daily_loss')
  if (daily?.['max'] !== undefined) {
    const opening = readPositive(account.openingEquity.day.value, 'opening')
    const profit = readDecimal(dayProfit(account), 'profit')
    const lost = profit.ok ? larger(profit.value.negated(), ZERO) : null
    const limit = opening.ok ? opening.value.times(daily['max']) : null
    const stops = risk.unstopped === '' ? '' : ` No stop: ${risk.unstopped}.`
    put(
      'daily_loss',
      'Daily loss',
      null,
      lost === null || equity === null ? null : lost.plus(risk.amount),
      limit,
      lost === null
        ? 'The loss of the day is not known.'
        : `${say(lost)} is lost today and ${say(risk.amount)} is at risk to the stops.${stops}`,
    )
  }
  const gross = settings('gross_exposure')
  if (gross?.['maxExposure'] !== undefined && gross['maxLeverage'] !== undefined) {
    put(
      'gross_exposure',
      'Gross exposure',
      null,
      held(book.gross),
      share(gross['maxExposure'].times(gross['maxLeverage'])),
      `${sayPercent(gross['maxExposure'])} of equity × ${text(gross['maxLeverage'])}.`,
    )
  }
  const net = settings('net_exposure')
  if (net?.['max'] !== undefined)
    put(
      'net_exposure',
      'Net exposure',
      null,
      held(larger(magnitude(book.net.high), magnitude(book.net.low))),
      share(net['max']),
      `Longs less shorts within ${sayPercent(net['max'])} of equity.`,
    )
  const margin = settings('buying_power')
  if (margin?.['usable'] !== undefined)
    put(
      'buying_power',
      'Buying power',
      null,
      held(book.marginUsed),
      share(margin['usable']),
      `Margin within ${sayPercent(margin['usable'])} of equity.`,
    )
  const single = settings('single_asset')
  if (single?.['max'] !== undefined) {
    for (const [symbol, span] of book.bySymbol)
      put(
        'single_asset',
        'Single asset',
        symbol,
        held(larger(magnitude(span.high), magnitude(span.low))),
        share(single['max']),
        `${symbol} within ${sayPercent(single['max'])} of equity.`,
      )
  }
  const cluster = profile.ceilings.get('cluster') as
    { readonly max: Dec; readonly caps: ReadonlyMap<string, Dec> } | undefined
  if (cluster !== undefined) {
    for (const [name, used] of book.byCluster) {
      const cap = cluster.caps.get(name) ?? cluster.max
      put('cluster', 'Cluster', name, held(used), share(cap), `${name} within ${sayPercent(cap)} of equity.`)
    }
  }
  const budget = settings('strategy_budget')
  if (budget?.['fallback'] !== undefined) {
    for (const strategy of strategiesOf(workspace, book)) {
      const own = readDecimal(strategy.budget ?? budget['fallback'].toFixed(), 'budget')
      put(
        'strategy_budget',
        'Strategy budget',
        strategy.code,
        held(book.byStrategy.get(strategy.code) ?? ZERO),
        own.ok ? share(own.value) : null,
        own.ok ? `${strategy.code} within ${sayPercent(own.value)} of equity.` : own.error.says,
      )
    }
  }
  return readings.sort(
    (a, b) =>
      Number(b.utilisation ?? (b.state === 'unknown' ? '2' : '0')) -
      Number(a.utilisation ?? (a.state === 'unknown' ? '2' : '0')),
  )
}

function strategiesOf(
  workspace: Workspace,
  book: Book,
): readonly { readonly code: string; readonly budget: string | null }[] {
  const known = workspace.book.strategies()
  const others = [...book.byStrategy.keys()].filter((code) => !known.some((strategy) => strategy.code === code))
  return [...known, ...others.map((code) => ({ code, budget: null }))]
}

function reading(
  rule: string,
  title: string,
  subject: string | null,
  used: Dec | null,
  limit: Dec | null,
  says: string,
): LimitReading {
  if (used === null || limit === null)
    return {
      rule,
      title,
      subject,
      unit: 'money',
      used: null,
      limit: limit === null ? null : rounded(limit),
      left: null,
      utilisation: null,
      state: 'unknown',
      says,
    }
  return {
    rule,
    title,
    subject,
    unit: 'money',
    used: rounded(used),
    limit: rounded(limit),
    left: rounded(limit.minus(used)),
    utilisation: shareOf(used, limit),
    state: stateOf(used, limit),
    says,
  }
}

function groupBy(
  positions: readonly ValuedPosition[],
  names: (position: ValuedPosition) => readonly string[],
): ReadonlyMap<string, { gross: Money; net: Money }> {
  const groups = new Map<string, { gross: Money; net: Money }>()
  for (const position of positions) {
    for (const name of names(position)) {
      const group = groups.get(name) ?? { gross: NO_MONEY, net: NO_MONEY }
      groups.set(name, {
        gross: add(group.gross, magnitude(position.notional)),
        net: add(group.net, position.notional),
      })
    }
  }
  return groups
}

function lines(groups: ReadonlyMap<string, { gross: Money; net: Money }>, equity: Dec | null): DeskView['bySymbol'] {
  return [...groups]
    .map(([name, { gross, net }]) => ({
      name,
      gross: rounded(gross),
      net: rounded(net),
      share: equity === null ? null : rounded(divide(gross, equity)),
    }))
    .sort((a, b) => Number(b.gross) - Number(a.gross))
}

function positionView(
  input: Book['input']['positions'][number],
  valued: ValuedPosition | undefined,
  book: Book,
): DeskView['positions'][number] {
  const fault =
    valued === undefined
      ? book.unknown.find(({ field }) => field?.startsWith(`positions.${input.symbol}`) === true)
      : undefined
  return {
    symbol: input.symbol,
    strategy: input.strategy,
    quantity: input.quantity,
    averagePrice: input.averagePrice,
    mark: input.mark.value,
    markAt: input.mark.at,
    markSource: input.mark.source,
    stop: input.stop,
    notional: valued === undefined ? null : rounded(valued.notional),
    openRisk: valued?.riskAtStop == null ? null : rounded(valued.riskAtStop),
    profit: valued === undefined ? null : rounded(valued.profit),
    says:
      valued === undefined
        ? (fault?.says ?? 'Its value is not known.')
        : valued.riskAtStop === null
          ? 'No stop: its whole size counts as risk.'
          : null,
  }
}

function staleMarks(book: Book, profile: Profile, now: number): string[] {
  const maxAge = closeMaxAgeOf(profile)
  return [...book.oldestMarks].flatMap(([calendar, { at, field, source }]) => {
    const age = checkAge(at, field, source, { now, maxAge, calendar })
    return age.ok ? [] : [age.error.says]
  })
}

function amount(value: Dec): number {
  return value.toDecimalPlaces(2).toNumber()
}

function percent(used: Dec, limit: Dec): number {
  return limit.isZero() ? 0 : divide(used, limit).times(100).toDecimalPlaces(2).toNumber()
}
