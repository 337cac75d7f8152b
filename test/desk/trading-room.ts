import { hash as digest } from 'node:crypto'
import { join } from 'node:path'
import { deskClient, type DeskClient } from '../../src/cli/desk-client.ts'
import { openDesk, type Desk } from '../../src/desk/desk.ts'
import type { Ambient, BookWriter } from '../../src/desk/ports.ts'
import { sampleBook } from '../../src/desk/sample/sample-book.ts'
import { brokers } from '../../src/brokers/registry.ts'
import { feeds } from '../../src/feeds/registry.ts'
import { TurnedTimer } from '../support/turned-timer.ts'
import type { TradingPorts } from '../../src/desk/trading/ports.ts'
import { Workspace } from '../../src/desk/workspace.ts'
import type { InstrumentSpec } from '../../src/domain/inputs.ts'
import type { ProfileOverrides } from '../../src/desk/profile-overrides.ts'
import { feedTokenOf } from '../../src/host/feed-token.ts'
import { findResources, readPrograms, readShippedProfiles } from '../../src/host/resources.ts'
import { importShelf } from '../../src/importers/registry.ts'
import { bookShelf } from '../../src/store/book-shelf.ts'
import { keepingLog } from '../support/sample-desk.ts'
import { temporaryFolder } from '../store/temporary-shelf.ts'
import { share as plainShare } from '../support/sizing-fixtures.ts'

/** Wednesday, 2026-03-04, 15:00 UTC: markets are open. */
export const NOON = Date.UTC(2026, 2, 4, 15)

/** A desk on real book files with a clock the test owns. */
export interface TradingRoom {
  readonly dataDir: string
  readonly clock: { now: number }
  /** What feeds wait by. */
  readonly timer: TurnedTimer
  readonly workspace: Workspace
  readonly desk: Desk
  /** Checked calls, as any client makes them. */
  readonly calls: DeskClient
  readonly book: () => BookWriter
  /** Lines the host would have logged: faults inside. */
  readonly lines: string[]
  /** Closes everything and opens a new desk on the same book, as a restart does. */
  readonly restart: () => TradingRoom
}

/** A desk on an empty folder, without a book. */
export function tradingRoom(
  dataDir = temporaryFolder(),
  clock = { now: NOON },
  bookPath?: string,
  overrides: ProfileOverrides = {},
  exchange?: NonNullable<TradingPorts['exchange']>,
): TradingRoom {
  let id = 0
  const ambient: Ambient = {
    now: () => clock.now,
    newId: () =>
      `made-${digest('sha256', dataDir, 'hex').slice(0, 6)}-${clock.now}-${String((id += 1)).padStart(5, '0')}`,
    sha256: (text) => digest('sha256', text, 'hex'),
    pause: (ms, signal, early) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms)
        const end = (): void => {
          clearTimeout(timer)
          resolve()
        }
        signal.addEventListener('abort', end, { once: true })
        early(end)
      }),
  }
  const timer = new TurnedTimer()
  const workspace = new Workspace({
    trading: { brokers, replay: feeds.replay, timer, ...(exchange === undefined ? {} : { exchange }) },
    feeds: { ...feeds, token: feedTokenOf(dataDir) },
    shelf: bookShelf(dataDir, ambient),
    importShelf,
    ambient,
    dataDir,
    shipped: readShippedProfiles(findResources(process.cwd())),
    programs: readPrograms(findResources(process.cwd()), dataDir),
    overrides,
    host: 'desk',
    version: '0.0.0',
    versions: { node: process.versions.node, sqlite: '0', pid: process.pid },
    sample: sampleBook,
    ...(bookPath === undefined ? {} : { bookPath }),
  })
  const { log, lines } = keepingLog()
  const desk = openDesk(workspace)
  return {
    dataDir,
    clock,
    timer,
    workspace,
    desk,
    calls: deskClient(desk, log),
    book: () => workspace.book,
    lines,
    restart: () => {
      const { path } = workspace.book.info
      workspace.close()
      return tradingRoom(dataDir, clock, path, overrides, exchange)
    },
  }
}

/** A desk with an open paper book in US dollars. */
export async function paperRoom(equity: string | null = '500000'): Promise<TradingRoom> {
  const room = tradingRoom()
  await room.calls.books.create({ ...EMPTY, equity })
  return room
}

/** What an empty paper book is made with. */
export const EMPTY = {
  from: 'empty',
  name: 'Paper',
  kind: 'paper',
  currency: 'USD',
  timeZone: 'America/New_York',
  dayRoll: '17:00',
} as const

/** A share that costs nothing to trade. */
export function share(symbol: string, more: Partial<InstrumentSpec> = {}): InstrumentSpec & { clusters: string[] } {
  return { ...plainShare({ symbol, name: symbol, ...more }), clusters: [...(more.clusters ?? [])] }
}

/** Books a fill of a share at a price, and marks it there. */
export function hold(
  room: TradingRoom,
  symbol: string,
  quantity: string,
  price: string,
  strategy: string | null = null,
  stop: string | null = null,
): void {
  const book = room.book()
  if (book.instrument(symbol) === undefined) book.saveInstrument(share(symbol), room.clock.now)
  book.addFill({
    fillId: `${symbol}-${strategy ?? 'none'}-${room.clock.now}`,
    accountId: room.workspace.account().accountId,
    symbol,
    at: room.clock.now,
    side: 'buy',
    quantity,
    price,
    fee: '0',
    feeCurrency: 'USD',
    fxRate: null,
    strategy,
    stop,
    tag: null,
    executionId: null,
    statedProfit: null,
    source: 'test',
    batchId: null,
  })
  room.workspace.changed('ledger')
}

/** Path of the open book's file. */
export const fileOf = (room: TradingRoom): string => join(room.book().info.path)
