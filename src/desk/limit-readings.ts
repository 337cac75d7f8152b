import type { LimitReading } from '../contract/limits.ts'
import type { Book } from '../domain/book.ts'
import { shareOf, stateOf } from '../domain/governor/ladder.ts'
import { openRisk } from '../domain/governor/open-risk.ts'
import type { AccountInput } from '../domain/inputs.ts'
import {
  larger,
  magnitude,
  readDecimal,
  readPositive,
  rounded,
  say,
  sayPercent,
  text,
  ZERO,
  type Dec,
} from '../domain/kernel/money.ts'
import type { Profile } from '../domain/profile.ts'
import { dayProfit } from './gather-account.ts'
import { firmLimits } from './prop-firm-limits.ts'
import type { Workspace } from './workspace.ts'

/** Every limit of the account as it stands with nothing on the ticket, nearest to breach first. */
export function readLimits(
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
  for (const { title, used, limit, says } of firmLimits(workspace, book, profile))
    put('prop_firm', title, null, equity === null ? null : used, limit, says)
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

/** One limit as it stands; not known where its use or the limit itself is not. */
export function reading(
  rule: string,
  title: string,
  subject: string | null,
  used: Dec | null,
  limit: Dec | null,
  says: string,
  unit: LimitReading['unit'] = 'money',
): LimitReading {
  if (used === null || limit === null)
    return {
      rule,
      title,
      subject,
      unit,
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
    unit,
    used: rounded(used),
    limit: rounded(limit),
    left: rounded(limit.minus(used)),
    utilisation: shareOf(used, limit),
    state: stateOf(used, limit),
    says,
  }
}
