import type { LiveLimits } from '../../contract/live-limits.ts'
import type { Book, ValuedPosition } from '../../domain/book.ts'
import {
  dec,
  divide,
  larger,
  magnitude,
  readPositive,
  rounded,
  say,
  smaller,
  text,
  ZERO,
  type Dec,
} from '../../domain/kernel/money.ts'
import type { Profile } from '../../domain/profile.ts'
import { minuteOfDay } from '../../domain/trading-day.ts'

const MINUTE_MS = 60_000
const DAY_MINUTES = 1_440

interface Leverage {
  readonly overnight: Dec
  readonly byClass: ReadonlyMap<string, Dec>
  readonly cutOffMinute: number
}

/** One symbol that is more than may be held of it overnight. */
interface Excess {
  readonly symbol: string
  readonly amount: Dec
  /** Of the instrument; whole lots, so that what is left keeps the limit. */
  readonly units: Dec
}

/**
 * What has to go before the cut-off to keep the overnight leverage, of the account and of each symbol; `null` where the profile
 * sets none. From the cut-off to the end of its local day nothing is left of the time, and the limit holds.
 */
export function shedOf(
  profile: Profile,
  account: { readonly timeZone: string; readonly equity: { readonly value: string | null } },
  book: Book,
  now: number,
): LiveLimits['shed'] {
  const leverage = profile.ceilings.get('leverage') as Leverage | undefined
  if (leverage === undefined) return null
  const cutOff = cutOffAt(now, leverage.cutOffMinute, account.timeZone)
  const equity = readPositive(account.equity.value, 'account.equity')
  const limit = text(leverage.overnight)
  const when = { cutOff, left: Math.max(0, cutOff - now), limit }
  if (!equity.ok || book.unknown.length > 0) {
    const says = 'What has to go before the close is not known: equity or exposure is not.'
    return { ...when, leverage: null, amount: null, symbols: [], says }
  }
  const whole = larger(book.gross.minus(equity.value.times(leverage.overnight)), ZERO)
  const symbols = excesses(book, equity.value, leverage)
  const single = symbols.reduce<Dec>((sum, { amount }) => sum.plus(amount), ZERO)
  const amount = larger(whole, single)
  return {
    ...when,
    leverage: rounded(divide(book.gross, equity.value)),
    amount: rounded(amount),
    symbols: symbols.map((one) => ({ symbol: one.symbol, amount: rounded(one.amount), units: rounded(one.units) })),
    says: amount.isZero()
      ? `Exposure keeps the overnight limit of ${limit} × equity.`
      : `Reduce by ${say(amount)} before the cut-off to keep ${limit} × equity overnight${among(symbols)}.`,
  }
}

function among(symbols: readonly Excess[]): string {
  if (symbols.length === 0) return ''
  return `, of it ${symbols.map(({ symbol, amount, units }) => `${say(amount)} (${text(units)} units) of ${symbol}`).join(', ')}`
}

/** Symbols above their own overnight limit: the smallest of the account's, their class's and their specification's. */
function excesses(book: Book, equity: Dec, { overnight, byClass }: Leverage): readonly Excess[] {
  return [...book.bySymbol].flatMap(([symbol, { high, low }]) => {
    const held = book.positions.filter(({ input }) => input.symbol === symbol)
    const [first] = held
    if (first === undefined) return []
    const { assetClass, lotStep } = first.instrument
    const own = readPositive(first.input.spec?.maxLeverageOvernight ?? null, 'maxLeverageOvernight')
    const general = smaller(byClass.get(assetClass) ?? overnight, overnight)
    const most = own.ok ? smaller(own.value, general) : general
    // What the account's own limit cuts is in its sum already.
    if (most.gte(overnight)) return []
    const amount = larger(magnitude(high), magnitude(low)).minus(equity.times(most))
    if (amount.lte(0)) return []
    const one = valueOfOne(held)
    const lots = one === undefined ? ZERO : divide(divide(amount, one), lotStep).ceil().times(lotStep)
    return [{ symbol, amount, units: lots }]
  })
}

function valueOfOne(held: readonly ValuedPosition[]): Dec | undefined {
  const found = held.find(({ input }) => !dec(input.quantity).isZero())
  return found === undefined ? undefined : divide(magnitude(found.notional), magnitude(dec(found.input.quantity)))
}

/** The cut-off of the local day, in the past once it has gone by; a clock change on the way is taken into account. */
function cutOffAt(now: number, cutOffMinute: number, timeZone: string): number {
  const minute = Math.floor(now / MINUTE_MS) * MINUTE_MS
  const guess = minute + (cutOffMinute - minuteOfDay(now, timeZone)) * MINUTE_MS
  const found = minuteOfDay(guess, timeZone)
  const off = ((((found - (cutOffMinute % DAY_MINUTES) + 720) % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES) - 720
  return guess - off * MINUTE_MS
}
