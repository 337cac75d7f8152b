import { brokers } from '../../../src/brokers/registry.ts'
import { openDesk, type Desk } from '../../../src/desk/desk.ts'
import type { ReplayConnector } from '../../../src/desk/feed/ports.ts'
import { sampleBook } from '../../../src/desk/sample/sample-book.ts'
import { Workspace } from '../../../src/desk/workspace.ts'
import type { Bar } from '../../../src/domain/ledger/records.ts'
import { haltFile } from '../../../src/host/halt-file.ts'
import { machineAmbient } from '../../../src/host/machine-ambient.ts'
import { machineTimer } from '../../../src/host/machine-timer.ts'
import { findResources, readShippedProfiles } from '../../../src/host/resources.ts'
import { importShelf } from '../../../src/importers/registry.ts'
import { bookShelf } from '../../../src/store/book-shelf.ts'
import { share } from '../../support/sizing-fixtures.ts'

/** Symbols of the measurements, each held. */
export const SYMBOLS: readonly string[] = Array.from(
  { length: 100 },
  (_, index) => `S${String(index).padStart(3, '0')}`,
)
/** First bar of each. */
export const FIRST_BAR = Date.UTC(2026, 1, 2, 15)

const MINUTE = 60_000
const never = new AbortController().signal

/** A desk on a folder with a replay of the caller's making. */
export function deskOn(
  dataDir: string,
  replay: ReplayConnector,
): { readonly workspace: Workspace; readonly desk: Desk } {
  const workspace = new Workspace({
    shelf: bookShelf(dataDir, machineAmbient),
    importShelf,
    ambient: machineAmbient,
    dataDir,
    shipped: readShippedProfiles(findResources(process.cwd())),
    host: 'desk',
    version: '0.0.0',
    versions: { node: process.versions.node, sqlite: '0', pid: process.pid },
    sample: sampleBook,
    state: { haltFile: haltFile(dataDir) },
    trading: { brokers, replay, timer: machineTimer },
  })
  return { workspace, desk: openDesk(workspace) }
}

/** Makes and opens a paper book that holds a thousand of every symbol, with so many minutes of rising bars. */
export async function crowdedBook({ workspace, desk }: ReturnType<typeof deskOn>, minutes: number): Promise<void> {
  const terms = { kind: 'paper', currency: 'USD', timeZone: 'America/New_York', dayRoll: '17:00' } as const
  await desk.books.create({ from: 'empty', name: 'Bench', ...terms, equity: null }, never)
  const { accountId } = workspace.account()
  const { book } = workspace
  for (const symbol of SYMBOLS) book.saveInstrument(share({ symbol, spread: '0.02' }), FIRST_BAR)
  const fills = SYMBOLS.map((symbol) => ({
    fillId: `held-${symbol}`,
    accountId,
    symbol,
    at: FIRST_BAR - MINUTE,
    side: 'buy' as const,
    quantity: '1000',
    price: '100',
    fee: '0',
    feeCurrency: 'USD',
    fxRate: null,
    strategy: null,
    stop: '99',
    tag: null,
    executionId: `held-${symbol}`,
    statedProfit: null,
    source: 'bench',
    batchId: null,
  }))
  const opening = {
    flowId: 'opening',
    accountId,
    at: FIRST_BAR - 2 * MINUTE,
    kind: 'opening' as const,
    amount: '1000000000',
    currency: 'USD',
    accountAmount: '1000000000',
    note: null,
    source: 'bench',
    batchId: null,
  }
  const bars = SYMBOLS.flatMap((symbol) => Array.from({ length: minutes }, (_, minute) => barOf(symbol, minute)))
  const rows = { fills, trades: [], cashFlows: [opening], marks: [], rates: [], skipped: [], instruments: [], bars }
  const file = { fileName: 'bars.csv', fileHash: '0'.repeat(64), format: 'csv-bars' }
  book.importBatch({ batchId: 'bars', at: FIRST_BAR, accountId, ...file, ...rows })
  workspace.changed('ledger')
}

/** No two prices of a symbol are the same, so that each one on the screen tells which quote it is of. */
function barOf(symbol: string, minute: number): Bar {
  const price = (cents: number): string => (100 + minute * 0.08 + cents / 100).toFixed(2)
  const prices = { open: price(0), high: price(3), low: price(-1), close: price(2), volume: null }
  return { symbol, interval: '1m', at: FIRST_BAR + minute * MINUTE, ...prices }
}
