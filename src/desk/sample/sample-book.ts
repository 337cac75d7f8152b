import type { RateQuote, StrategyInput } from '../../domain/inputs.ts'
import type { Bar, Fill, PriceMark } from '../../domain/ledger/records.ts'
import type { BookWriter, ImportBatch } from '../ports.ts'
import type { WorkspaceOptions } from '../workspace.ts'
import { newYorkInstant } from './new-york-time.ts'
import { closedFills, openingFill } from './sample-fills.ts'
import { SAMPLE_HABITS, SAMPLE_HOLDINGS, SAMPLE_STRATEGIES } from './sample-habits.ts'
import { SAMPLE_INSTRUMENTS, type SampleInstrument } from './sample-instruments.ts'
import { barOf, priceText, samplePrices, type SampleDay } from './sample-prices.ts'

/** Friday, 2026-10-30. */
const LAST_DAY = Date.UTC(2026, 9, 30) / 86_400_000
/** Minutes after midnight in New York of the close. */
const CLOSE = 16 * 60
/** The instant the sample book is frozen at: its last close. */
const CLOCK = newYorkInstant(LAST_DAY, CLOSE)
/** Daily bars of each instrument. */
const BARS = 520
/** Days whose closing price is also known at the close itself, not only once the day is over. */
const CLOSING_PRICES = 32
const SEED = 20_261_030

const ACCOUNT = {
  accountId: 'sample',
  name: 'Sample',
  currency: 'USD',
  timeZone: 'America/New_York',
  dayRoll: '17:00',
  enabled: true,
} as const

/** Dollars in yen over the same days: what GBPJPY is converted with. */
const DOLLAR_YEN = { tickSize: '0.001', startTicks: 149_200, dailyMove: 0.005, drift: 0.0004 }

/** The sample book: an account of 100,000 USD with two years of invented prices and trades, the same bytes every time. */
export const sampleBook: WorkspaceOptions['sample'] = { clock: CLOCK, account: ACCOUNT, fill }

function fill(book: BookWriter): void {
  for (const strategy of SAMPLE_STRATEGIES satisfies readonly StrategyInput[]) book.saveStrategy(strategy, CLOCK)
  const done = book.importBatch(sampleBatch())
  if (done.conflicts.length > 0) throw new Error(`the sample book contradicts itself: ${done.conflicts[0] ?? ''}`)
}

/** All rows of the sample book as one batch. */
export function sampleBatch(): ImportBatch {
  const priced = new Map(
    SAMPLE_INSTRUMENTS.map((instrument, index) => [
      instrument.spec.symbol,
      { instrument, days: samplePrices(instrument, SEED + index, LAST_DAY, BARS + 1) },
    ]),
  )
  const bars: Bar[] = []
  const marks: PriceMark[] = []
  for (const { instrument, days } of priced.values()) {
    // The last day is not over at the clock: it has a closing price and no bar yet.
    bars.push(...days.slice(0, BARS).map((day) => barOf(instrument, day)))
    marks.push(...days.slice(-CLOSING_PRICES).map((day) => closingPrice(instrument, day)))
  }
  const firstDay = Math.min(...[...priced.values()].flatMap(({ days }) => days[0]?.day ?? []))
  return {
    batchId: 'sample',
    at: CLOCK,
    fileName: 'sample book',
    fileHash: 'made by Ballast',
    format: 'sample',
    accountId: ACCOUNT.accountId,
    instruments: SAMPLE_INSTRUMENTS.map(({ spec }) => spec),
    fills: fillsOf(priced),
    trades: [],
    cashFlows: [
      {
        flowId: 'sample-opening',
        accountId: ACCOUNT.accountId,
        at: newYorkInstant(firstDay, 0),
        kind: 'opening',
        amount: '100000',
        currency: ACCOUNT.currency,
        accountAmount: '100000',
        note: null,
        source: 'sample',
        batchId: null,
      },
    ],
    bars,
    marks,
    rates: dollarYen(firstDay),
    skipped: [],
  }
}

function fillsOf(
  priced: ReadonlyMap<string, { readonly instrument: SampleInstrument; readonly days: readonly SampleDay[] }>,
): Fill[] {
  const of = (symbol: string): { readonly instrument: SampleInstrument; readonly days: readonly SampleDay[] } => {
    const found = priced.get(symbol)
    if (found === undefined) throw new RangeError(`the sample book has no ${symbol}`)
    return found
  }
  const closed = SAMPLE_HABITS.flatMap((habit, index) => {
    const { instrument, days } = of(habit.symbol)
    const held = SAMPLE_HOLDINGS.find(({ symbol, strategy }) => symbol === habit.symbol && strategy === habit.strategy)
    const quietDays = held === undefined ? 0 : held.daysAgo + 1
    return closedFills(ACCOUNT.accountId, instrument, days, habit, SEED * 31 + index, quietDays)
  })
  const open = SAMPLE_HOLDINGS.map((holding) => {
    const { instrument, days } = of(holding.symbol)
    return openingFill(ACCOUNT.accountId, instrument, days, holding)
  })
  return [...closed, ...open].sort((a, b) => a.at - b.at || (a.fillId < b.fillId ? -1 : 1))
}

function closingPrice({ spec }: SampleInstrument, { day, close }: SampleDay): PriceMark {
  return {
    symbol: spec.symbol,
    price: priceText(spec.tickSize, close),
    at: newYorkInstant(day, CLOSE),
    source: 'feed',
  }
}

function dollarYen(firstDay: number): RateQuote[] {
  const [template] = SAMPLE_INSTRUMENTS.filter(({ spec }) => spec.calendar === 'crypto')
  if (template === undefined) throw new RangeError('the sample book has an instrument that trades every day')
  const days = samplePrices({ ...template, ...DOLLAR_YEN, volume: null }, SEED + 99, LAST_DAY, LAST_DAY - firstDay + 1)
  return days.map(({ day, close }, index) => ({
    from: 'USD',
    to: 'JPY',
    rate: priceText(DOLLAR_YEN.tickSize, close),
    at: newYorkInstant(day, index === 0 ? 0 : CLOSE),
    source: 'sample',
  }))
}
