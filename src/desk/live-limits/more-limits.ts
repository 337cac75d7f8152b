import type { LimitReading } from '../../contract/limits.ts'
import type { Book } from '../../domain/book.ts'
import { openRisk } from '../../domain/governor/open-risk.ts'
import type { AccountInput } from '../../domain/inputs.ts'
import {
  larger,
  magnitude,
  readDecimal,
  readPositive,
  say,
  sayPercent,
  text,
  ZERO,
  type Dec,
} from '../../domain/kernel/money.ts'
import type { Profile } from '../../domain/profile.ts'
import { minuteOfDay } from '../../domain/trading-day.ts'
import { reading } from '../limit-readings.ts'
import { startingEquity } from '../studies.ts'
import type { Workspace } from '../workspace.ts'

/** Limits of the whole account beside those of exposure: longer periods, drawdowns, leverage, concentration, open risk. */
export function moreLimits(
  workspace: Workspace,
  account: AccountInput,
  book: Book,
  profile: Profile,
  equity: Dec | null,
): LimitReading[] {
  const settings = (rule: string): Readonly<Record<string, unknown>> | undefined =>
    profile.ceilings.get(rule) as Readonly<Record<string, unknown>> | undefined
  const maxOf = (rule: string): Dec | undefined => settings(rule)?.['max'] as Dec | undefined
  const risk = openRisk(book, profile.general.gapLoss).amount
  const readings: LimitReading[] = []
  const put = (rule: string, title: string, used: Dec | null, limit: Dec | null, says: string): void => {
    readings.push(reading(rule, title, null, equity === null ? null : used, limit, says))
  }
  const lossFrom = (rule: string, title: string, base: Dec | undefined, max: Dec, since: string): void => {
    const now = readDecimal(account.equity.value, 'account.equity')
    if (base === undefined || !now.ok) {
      put(rule, title, null, null, `The loss ${since} is not known.`)
      return
    }
    const lost = larger(base.minus(now.value), ZERO)
    const says = `${say(lost)} is lost ${since} and ${say(risk)} is at risk to the stops; ${sayPercent(max)} of ${say(base)} may be.`
    put(rule, title, lost.plus(risk), base.times(max), says)
  }
  for (const [rule, title, period] of [
    ['weekly_loss', 'Weekly loss', 'week'],
    ['monthly_loss', 'Monthly loss', 'month'],
  ] as const) {
    const max = maxOf(rule)
    if (max === undefined) continue
    const opening = readPositive(account.openingEquity[period].value, 'opening')
    const flows = readDecimal(account.flows[period], 'flows')
    const base = opening.ok && flows.ok ? opening.value.plus(flows.value) : undefined
    lossFrom(rule, title, base, max, `this ${period}`)
  }
  const fromStart = maxOf('max_drawdown')
  if (fromStart !== undefined) {
    const start = readPositive(
      startingEquity(workspace.book, workspace.account(), workspace.readAt()).value,
      'account.startingEquity',
    )
    lossFrom('max_drawdown', 'Drawdown from the start', start.ok ? start.value : undefined, fromStart, 'from the start')
  }
  const fromPeak = maxOf('trailing_drawdown')
  if (fromPeak !== undefined) {
    const peak = readPositive(account.peakEquity.value, 'account.peakEquity')
    lossFrom('trailing_drawdown', 'Drawdown from the peak', peak.ok ? peak.value : undefined, fromPeak, 'from the peak')
  }
  const leverage = settings('leverage') as
    { readonly intraday: Dec; readonly overnight: Dec; readonly cutOffMinute: number } | undefined
  if (leverage !== undefined) {
    const late = minuteOfDay(workspace.now(), account.timeZone) >= leverage.cutOffMinute
    const most = late ? leverage.overnight : leverage.intraday
    const says = `All positions within ${text(most)} × equity ${late ? 'overnight' : 'during the day'}.`
    put('leverage', 'Leverage', book.gross, equity === null ? null : equity.times(most), says)
  }
  const three = maxOf('concentration')
  if (three !== undefined) {
    const sizes = [...book.bySymbol.values()].map(({ high, low }) => larger(magnitude(high), magnitude(low)))
    const largest = sizes.sort((a, b) => b.cmp(a)).slice(0, 3)
    const sum = largest.reduce<Dec>((total, one) => total.plus(one), ZERO)
    const says = `The three largest positions within ${sayPercent(three)} of equity.`
    put('concentration', 'Three largest', sum, equity === null ? null : equity.times(three), says)
  }
  return readings
}
