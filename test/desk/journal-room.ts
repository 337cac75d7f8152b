import { parse, stringify } from 'yaml'
import { activateProfile } from '../../src/desk/workspace.ts'
import type { Bar, Fill } from '../../src/domain/ledger/records.ts'
import { NOON, paperRoom, share, type TradingRoom } from './trading-room.ts'

const DAY = 86_400_000

/** One round trip to be booked; bought for `entry` and sold for `exit`, a day before or at `at`. */
export interface RoundTrip {
  readonly symbol?: string
  readonly strategy?: string | null
  readonly tag?: string | null
  readonly quantity?: string
  readonly entry: string
  readonly exit: string
  readonly stop?: string | null
  readonly fee?: string
  /** Exit; the entry is an hour before. */
  readonly at: number
}

/** A paper book whose clock stands at noon, with an instrument ABC. */
export async function journalRoom(equity: string | null = '100000'): Promise<TradingRoom> {
  const room = await paperRoom(null)
  room.book().saveInstrument(share('ABC'), NOON)
  if (equity !== null) payIn(room, equity, NOON - 400 * DAY)
  return room
}

/** Books money paid in at an instant. */
export function payIn(room: TradingRoom, amount: string, at: number): void {
  room.book().addCashFlow({
    flowId: `flow-${at}`,
    accountId: room.workspace.account().accountId,
    at,
    kind: 'deposit',
    amount,
    currency: 'USD',
    accountAmount: amount,
    note: null,
    source: 'test',
    batchId: null,
  })
  room.workspace.changed('ledger')
}

let made = 0

/** Books closed round trips. */
export function close(room: TradingRoom, trips: readonly RoundTrip[]): void {
  const { accountId } = room.workspace.account()
  for (const { symbol = 'ABC' } of trips)
    if (room.book().instrument(symbol) === undefined) room.book().saveInstrument(share(symbol), NOON)
  const fills = trips.flatMap((trip) => {
    const { symbol = 'ABC', strategy = 'swing', tag = null, quantity = '10', stop = null, fee = '0' } = trip
    return (['buy', 'sell'] as const).map((side): Fill => {
      made += 1
      const id = `${trip.at}-${String(made).padStart(6, '0')}`
      return {
        fillId: id,
        accountId,
        symbol,
        at: side === 'buy' ? trip.at - DAY / 24 : trip.at,
        side,
        quantity,
        price: side === 'buy' ? trip.entry : trip.exit,
        fee,
        feeCurrency: 'USD',
        fxRate: null,
        strategy,
        stop: side === 'buy' ? stop : null,
        tag,
        executionId: id,
        statedProfit: null,
        source: 'test',
        batchId: null,
      }
    })
  })
  importRows(room, { fills })
}

/** As many round trips as profits are given, one a day up to yesterday; a profit of 10 is one R. */
export function trips(profits: readonly number[], more: Partial<RoundTrip> = {}): RoundTrip[] {
  return profits.map((profit, index) => ({
    entry: '100',
    exit: (100 + profit / 10).toFixed(2),
    stop: '99',
    at: NOON - (profits.length - index) * DAY,
    ...more,
  }))
}

/** Imports daily bars of these closes, one per cent wide, the last one of yesterday. */
export function addBars(
  room: TradingRoom,
  symbol: string,
  closes: readonly number[],
  volume: string | null = '5000',
): void {
  const today = Math.floor(NOON / DAY) * DAY
  const bars = closes.map((close, index): Bar => ({
    symbol,
    interval: '1d',
    at: today - (closes.length - index) * DAY,
    open: close.toFixed(4),
    high: (close * 1.005).toFixed(4),
    low: (close * 0.995).toFixed(4),
    close: close.toFixed(4),
    volume,
  }))
  importRows(room, { bars })
}

function importRows(
  room: TradingRoom,
  rows: { readonly fills?: readonly Fill[]; readonly bars?: readonly Bar[] },
): void {
  made += 1
  room.book().importBatch({
    batchId: `batch-${made}`,
    at: NOON,
    fileName: 'rows.csv',
    fileHash: `hash-${made}`,
    format: 'csv',
    accountId: room.workspace.account().accountId,
    instruments: [],
    fills: [],
    trades: [],
    cashFlows: [],
    bars: [],
    marks: [],
    rates: [],
    skipped: [],
    ...rows,
  })
  room.workspace.changed('ledger')
}

/** Closes that wander around a hundred. */
export function wave(days: number): number[] {
  return Array.from({ length: days }, (_, day) => 100 * Math.exp(0.0005 * day + 0.02 * Math.sin(day * 1.7)))
}

interface RawProfile {
  method: string
  brakes: Record<string, unknown>
  ceilings: Record<string, unknown>
  methods: Record<string, Record<string, unknown>>
}

/** Puts the default profile in force with a few settings changed. */
export function withProfile(room: TradingRoom, change: (profile: RawProfile) => void): void {
  const shipped = room.workspace.options.shipped.find(({ name }) => name === 'discretionary')
  const raw = parse(shipped?.yaml ?? '') as RawProfile
  change(raw)
  activateProfile(room.workspace, room.book(), 'discretionary', stringify(raw))
  room.workspace.changed('profile')
}
