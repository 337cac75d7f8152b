import { readPositive, text } from '../../domain/kernel/money.ts'
import { INTERVAL_MS } from '../../domain/ledger/records.ts'
import { DeskRefusal } from '../refusal.ts'
import { refuse } from '../trading/refuse.ts'
import type { TradingRoom } from '../trading/trading-room.ts'
import { barsOf, ReplaySession, type ReplayWanted } from './replay-session.ts'

/** What is asked of a replay; without instants it plays all bars there are. */
export interface ReplayAsked extends Omit<ReplayWanted, 'from' | 'to'> {
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly seed?: number | undefined
  readonly equity?: string | undefined
}

/**
 * Begins a replay of the book's own bars. The clock of the desk is then the replay's, so the book must know a balance before
 * its first bar, and hold nothing that happened later.
 */
export function startReplay(room: TradingRoom, asked: ReplayAsked): ReplaySession {
  const { workspace } = room
  const { book } = workspace
  if (book.info.kind !== 'paper')
    throw new DeskRefusal('INPUT_OUT_OF_RANGE', `This is a ${book.info.kind} book: replay in a paper book.`, 'symbols')
  if (room.replay !== undefined)
    throw new DeskRefusal('CONFLICT', 'A replay was begun already: stop it first.', 'symbols')
  const { state } = workspace.posture
  if (state !== 'NORMAL')
    throw new DeskRefusal(
      'CONFLICT',
      `The desk is ${state ?? 'closed'}: a replay has days of its own, so it begins in a desk that is NORMAL.`,
      'symbols',
    )
  if (room.trading.blotter.orders().some(({ open }) => open.gt(0)))
    throw new DeskRefusal('CONFLICT', 'Orders are at work: cancel them before a replay begins.', 'symbols')
  const wanted = wantedOf(room, asked)
  const bars = barsOf(room, wanted)
  const first = Math.min(...bars.map(({ at }) => at))
  const { accountId, currency } = room.trading.account
  const later = book.fills(accountId).find(({ at }) => at > first)
  if (later !== undefined)
    throw new DeskRefusal(
      'CONFLICT',
      `The book has fills after ${new Date(first).toISOString()}: replay in a paper book of its own.`,
      'from',
    )
  const flows = book.cashFlows(accountId, Number.MAX_SAFE_INTEGER)
  if (asked.equity !== undefined && flows.length === 0) {
    const read = readPositive(asked.equity, 'equity')
    if (!read.ok) refuse(read.error)
    const amount = text(read.value)
    book.addCashFlow({
      flowId: workspace.options.ambient.newId(),
      accountId,
      at: first - 1,
      kind: 'opening',
      amount,
      currency,
      accountAmount: amount,
      note: 'Balance at the start of the replay.',
      source: 'typed',
      batchId: null,
    })
  } else if (!flows.some(({ at }) => at <= first))
    throw new DeskRefusal(
      'INPUT_MISSING',
      `No balance is known before ${new Date(first).toISOString()}: use a paper book without payments and give equity, or add a payment of an earlier date.`,
      'equity',
    )
  workspace.market.board.clear()
  room.paper.setSeed(asked.seed ?? 1)
  const session = new ReplaySession(room, { ...wanted, from: first })
  room.replay = session
  workspace.posture.enter()
  workspace.changed('ledger')
  room.paper.port()
  room.paper.restartDay()
  room.keepPlace()
  session.start()
  return session
}

/** Ends the replay; the desk's clock is the machine's again. */
export function endReplay(room: TradingRoom): void {
  const { workspace } = room
  room.replay?.leave()
  room.replay = undefined
  workspace.market.board.clear()
  workspace.market.clock = undefined
  workspace.book.recordTrading({
    at: workspace.now(),
    orders: [],
    facts: [],
    fills: [],
    cashFlows: [],
    paper: room.paper.change(),
    replay: null,
  })
  workspace.posture.enter()
  workspace.changed('ledger')
}

function wantedOf(room: TradingRoom, { symbols, interval, speed, from, to }: ReplayAsked): ReplayWanted {
  const { book } = room.workspace
  const spans = symbols.map((symbol) => {
    const found = book.barIntervals(symbol).find((one) => one.interval === interval)
    if (found === undefined || book.instrument(symbol) === undefined)
      throw new DeskRefusal(
        'NOT_FOUND',
        `There are no bars of ${symbol} of ${interval} in this book: import them.`,
        'symbols',
      )
    return found
  })
  const wanted = {
    symbols,
    interval,
    speed,
    from: from ?? Math.min(...spans.map(({ first }) => first)),
    to: to ?? Math.max(...spans.map(({ last }) => last)) + INTERVAL_MS[interval],
  }
  if (barsOf(room, wanted).length === 0)
    throw new DeskRefusal('INPUT_OUT_OF_RANGE', 'No bar lies between from and to: choose a longer span.', 'from')
  return wanted
}
