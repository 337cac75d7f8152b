import type { Fill } from '../../domain/ledger/records.ts'
import { newYorkInstant } from './new-york-time.ts'
import type { SampleInstrument } from './sample-instruments.ts'
import { priceText, type SampleDay } from './sample-prices.ts'
import { SeededDice } from './seeded-dice.ts'

/** How one strategy trades one instrument of the sample book. */
export interface SampleHabit {
  readonly symbol: string
  readonly strategy: string
  /** Chance of an entry on a day without a position. */
  readonly frequency: number
  /** Chance that a direction is chosen which the days to come prove right. */
  readonly skill: number
  /** Account currency lost at the stop, costs aside. */
  readonly risk: number
  /** Account currency per unit of the instrument's currency, roughly. */
  readonly rate: number
  /** Stop distance in mean ranges of 14 days. */
  readonly stopRanges: number
  /** Target in R. */
  readonly targetR: number
  /** Most days a trade is held. */
  readonly hold: number
}

/** A position of the sample book that is open at its clock. `daysAgo` counts its trading days before the last. */
export interface SampleHolding {
  readonly symbol: string
  readonly strategy: string
  readonly daysAgo: number
  readonly side: 'buy' | 'sell'
  readonly lots: number
  /** Stop distance in mean ranges of 14 days; `null` for none. */
  readonly stopRanges: number | null
}

/** Days of prices before the first trade, so that a range is known. */
const WARM_UP = 20
const RANGE_DAYS = 14

/** The closed trades of a habit over days of prices, two fills each; none is open on the last `quietDays`. */
export function closedFills(
  accountId: string,
  instrument: SampleInstrument,
  days: readonly SampleDay[],
  habit: SampleHabit,
  seed: number,
  quietDays: number,
): Fill[] {
  const dice = new SeededDice(seed)
  const fills: Fill[] = []
  const end = days.length - quietDays
  for (let today = WARM_UP; today < end; today++) {
    const first = days[today]
    const last = days[Math.min(today + habit.hold, end - 1)]
    if (first === undefined || last === undefined || dice.next() >= habit.frequency) continue
    const right = dice.next() < habit.skill
    const rises = last.close >= first.open
    const direction = right === rises ? 1 : -1
    const entry = within(first, first.open + Math.round((first.close - first.open) * 0.3 * dice.next()))
    const distance = Math.max(2, Math.round(meanRange(days, today) * habit.stopRanges))
    const lots = Math.floor(habit.risk / (distance * lotTickValue(instrument) * habit.rate))
    const entryMinute = dice.between(585, 720)
    const exitMinute = dice.between(780, 955)
    if (direction < 0 && !instrument.spec.shortable) continue
    const found = findExit(
      days,
      today,
      Math.min(today + habit.hold, end - 1),
      direction,
      entry,
      distance,
      habit.targetR,
    )
    if (lots < 1 || found === undefined) continue
    const trade = { accountId, strategy: habit.strategy, lots, number: fills.length / 2 + 1 }
    const side = direction > 0 ? 'buy' : 'sell'
    const stop = entry - direction * distance
    fills.push(
      fillOf(instrument, { ...trade, leg: 'in', at: newYorkInstant(first.day, entryMinute), side, ticks: entry, stop }),
      fillOf(instrument, {
        ...trade,
        leg: 'out',
        at: newYorkInstant(found.day, found.atOpen ? 571 : exitMinute),
        side: side === 'buy' ? 'sell' : 'buy',
        ticks: found.ticks,
        stop: null,
      }),
    )
    today = found.index
  }
  return fills
}

/** The fill that opened a position which is still held. */
export function openingFill(
  accountId: string,
  instrument: SampleInstrument,
  days: readonly SampleDay[],
  holding: SampleHolding,
): Fill {
  const index = days.length - 1 - holding.daysAgo
  const day = days[index]
  if (day === undefined) throw new RangeError(`the sample book has no day ${holding.daysAgo} days ago`)
  const ticks = within(day, Math.round((day.open + day.close) / 2))
  const distance = holding.stopRanges === null ? null : Math.round(meanRange(days, index) * holding.stopRanges)
  const direction = holding.side === 'buy' ? 1 : -1
  return fillOf(instrument, {
    accountId,
    strategy: holding.strategy,
    number: 0,
    leg: 'in',
    at: newYorkInstant(day.day, 630),
    side: holding.side,
    ticks,
    lots: holding.lots,
    stop: distance === null ? null : ticks - direction * distance,
  })
}

interface Exit {
  readonly index: number
  readonly day: number
  readonly ticks: number
  readonly atOpen: boolean
}

/** Where a trade ends from the day after its entry: at the stop, through it at an opening gap, at the target, or at a close. */
function findExit(
  days: readonly SampleDay[],
  entered: number,
  latest: number,
  direction: 1 | -1,
  entry: number,
  distance: number,
  targetR: number,
): Exit | undefined {
  const stop = entry - direction * distance
  const target = entry + direction * Math.round(distance * targetR)
  for (let index = entered + 1; index <= latest; index++) {
    const today = days[index]
    if (today === undefined) return undefined
    const { day, open, close } = today
    const [worst, best] = direction > 0 ? [today.low, today.high] : [today.high, today.low]
    if ((open - stop) * direction <= 0) return { index, day, ticks: open, atOpen: true }
    if ((worst - stop) * direction <= 0) return { index, day, ticks: stop, atOpen: false }
    if ((best - target) * direction >= 0) return { index, day, ticks: target, atOpen: false }
    if (index === latest) return { index, day, ticks: close, atOpen: false }
  }
  return undefined
}

interface Execution {
  readonly accountId: string
  readonly strategy: string
  readonly number: number
  readonly leg: 'in' | 'out'
  readonly at: number
  readonly side: 'buy' | 'sell'
  readonly ticks: number
  readonly lots: number
  readonly stop: number | null
}

function fillOf({ spec }: SampleInstrument, execution: Execution): Fill {
  const { accountId, strategy, number, leg, at, side, ticks, lots, stop } = execution
  const price = priceText(spec.tickSize, ticks)
  const quantity = priceText(spec.lotStep, lots)
  const id = `${accountId}-${spec.symbol}-${strategy}-${number === 0 ? 'open' : number}-${leg}`
  const units = Number(quantity)
  const proportional =
    units * (Number(spec.commissionPerUnit) + Number(spec.commissionRate) * Number(price) * Number(spec.pointValue))
  return {
    fillId: id,
    accountId,
    symbol: spec.symbol,
    at,
    side,
    quantity,
    price,
    fee: Math.max(Number(spec.commissionMinimum), proportional).toFixed(2),
    feeCurrency: spec.currency,
    fxRate: null,
    strategy,
    stop: stop === null ? null : priceText(spec.tickSize, Math.max(1, stop)),
    tag: null,
    executionId: id,
    statedProfit: null,
    source: 'sample',
    batchId: null,
  }
}

/** Money per tick and lot, in the instrument's currency. */
function lotTickValue({ spec }: SampleInstrument): number {
  return Number(spec.tickSize) * Number(spec.pointValue) * Number(spec.lotStep)
}

/** Mean of high less low of the days before one, in ticks. */
function meanRange(days: readonly SampleDay[], index: number): number {
  const before = days.slice(Math.max(0, index - RANGE_DAYS), index)
  return before.reduce((sum, { high, low }) => sum + high - low, 0) / before.length
}

function within({ low, high }: SampleDay, ticks: number): number {
  return Math.min(high, Math.max(low, ticks))
}
