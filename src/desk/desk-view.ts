import type { DeskView } from '../contract/limits.ts'
import type { Book, ValuedPosition } from '../domain/book.ts'
import { checkAge } from '../domain/freshness.ts'
import { openRisk } from '../domain/governor/open-risk.ts'
import {
  add,
  divide,
  magnitude,
  NO_MONEY,
  readPositive,
  rounded,
  type Dec,
  type Money,
} from '../domain/kernel/money.ts'
import { closeMaxAgeOf, type Profile } from '../domain/profile.ts'
import { dayProfit } from './gather-account.ts'
import { readLimits } from './limit-readings.ts'
import { standing } from './standing.ts'
import type { Workspace } from './workspace.ts'

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
