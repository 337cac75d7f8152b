/*
 * Times quotes from a feed to the message a screen gets, with many positions, and how long other calls wait meanwhile:
 * `node test/bench/quotes.ts [seconds] [quotes a second]`. Then plays an hour of a replay as fast as it goes, for memory.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { loadavg, tmpdir } from 'node:os'
import { brokers } from '../../src/brokers/registry.ts'
import { openDesk } from '../../src/desk/desk.ts'
import type { FeedEvent, ReplayFeed } from '../../src/desk/feed/ports.ts'
import { sampleBook } from '../../src/desk/sample/sample-book.ts'
import { Workspace } from '../../src/desk/workspace.ts'
import type { Quote } from '../../src/domain/feed/quote.ts'
import type { Bar } from '../../src/domain/ledger/records.ts'
import { machineAmbient } from '../../src/host/machine-ambient.ts'
import { machineTimer } from '../../src/host/machine-timer.ts'
import { findResources, readShippedProfiles } from '../../src/host/resources.ts'
import { importShelf } from '../../src/importers/registry.ts'
import { bookShelf } from '../../src/store/book-shelf.ts'
import { share } from '../support/sizing-fixtures.ts'

const SECONDS = Number(process.argv[2] ?? 10)
const RATES = process.argv[3] === undefined ? [1_000, 10_000] : [Number(process.argv[3])]
const POSITIONS = 100
const OPEN = Date.UTC(2026, 1, 2, 15)
const SYMBOLS = Array.from({ length: POSITIONS }, (_, index) => `S${String(index).padStart(3, '0')}`)

const dataDir = mkdtempSync(join(tmpdir(), 'ballast-quotes-'))
let hear: ((event: FeedEvent) => void) | undefined
/** A feed that this program tells: its quotes go the way of a replay's. */
const told: ReplayFeed = {
  id: 'told',
  witnesses: false,
  start: (listener) => (hear = listener),
  stop: () => (hear = undefined),
  position: () => ({ at: OPEN, taken: 0, speed: 1, paused: false, ended: false }),
  pause: () => undefined,
  resume: () => undefined,
  setSpeed: () => undefined,
  step: () => undefined,
}
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
  trading: { brokers, replay: { connect: () => told }, timer: machineTimer },
})
const desk = openDesk(workspace)
const never = new AbortController().signal
prepare()
await desk.feed.startReplay({ symbols: SYMBOLS, interval: '1m', speed: 1, equity: '100000000' }, never)
let at = OPEN
let price = 10_000
tellAll()
console.log(`${POSITIONS} positions; load ${loadavg()[0]?.toFixed(1) ?? ''}`)
hold()
for (const rate of RATES) await measure(rate)
await soak()
workspace.close()
rmSync(dataDir, { recursive: true, force: true })

/** Instruments, and one bar of each, in a paper book without payments. */
function prepare(): void {
  const book = {
    name: 'Bench',
    kind: 'paper',
    currency: 'USD',
    timeZone: 'America/New_York',
    dayRoll: '17:00',
  } as const
  void desk.books.create({ from: 'empty', ...book, equity: null }, never)
  const { accountId } = workspace.account()
  for (const symbol of SYMBOLS) workspace.book.saveInstrument(share({ symbol, spread: '0.02' }), OPEN)
  const bars = SYMBOLS.map((symbol): Bar => {
    const prices = { open: '100', high: '100', low: '100', close: '100', volume: null }
    return { symbol, interval: '1m', at: OPEN, ...prices }
  })
  const rows = { fills: [], trades: [], cashFlows: [], marks: [], rates: [], skipped: [], instruments: [], bars }
  const file = { fileName: 'bars.csv', fileHash: '0'.repeat(64), format: 'csv-bars' }
  workspace.book.importBatch({ batchId: 'bars', at: OPEN, accountId, ...file, ...rows })
  workspace.changed('ledger')
}

/** A position in every symbol. */
function hold(): void {
  const { accountId } = workspace.account()
  const fills = SYMBOLS.map((symbol) => ({
    fillId: `held-${symbol}`,
    accountId,
    symbol,
    at,
    side: 'buy' as const,
    quantity: '1000',
    price: '100',
    fee: '0',
    feeCurrency: 'USD',
    fxRate: null,
    strategy: null,
    stop: '90',
    tag: null,
    executionId: `held-${symbol}`,
    statedProfit: null,
    source: 'bench',
    batchId: null,
  }))
  workspace.book.recordTrading({ at, orders: [], facts: [], fills, cashFlows: [], paper: null })
  workspace.changed('ledger')
}

function tell(symbol: string): void {
  price += (price % 7) - 3
  at += 1
  const bid = (price / 100).toFixed(2)
  const ask = ((price + 2) / 100).toFixed(2)
  const quote: Quote = {
    symbol,
    bid,
    ask,
    bidSize: null,
    askSize: null,
    last: bid,
    at,
    source: 'told',
    continues: true,
  }
  hear?.({ kind: 'quote', quote })
}

function tellAll(): void {
  for (const symbol of SYMBOLS) tell(symbol)
}

/** Quotes at a rate in slices of 5 ms, one watcher as a screen, and a call for the positions every 50 ms. */
async function measure(rate: number): Promise<void> {
  const ending = new AbortController()
  const waiting = new Map<number, number>()
  const toScreen: number[] = []
  const calls: number[] = []
  const late: number[] = []
  const watching = (async () => {
    for await (const { quotes } of desk.feed.watch(undefined, ending.signal) as AsyncIterable<{
      quotes: { at: number | null }[]
    }>) {
      const now = performance.now()
      for (const quote of quotes) {
        const since = quote.at === null ? undefined : waiting.get(quote.at)
        if (since !== undefined) toScreen.push(now - since)
      }
      waiting.clear()
    }
  })()
  const begin = performance.now()
  let sent = 0
  let asked = begin
  while (performance.now() - begin < SECONDS * 1_000) {
    const due = Math.floor(((performance.now() - begin) / 1_000) * rate)
    for (; sent < due; sent += 1) {
      const since = performance.now()
      tell(SYMBOLS[sent % POSITIONS] ?? '')
      waiting.set(at, since)
    }
    const start = performance.now()
    if (start - asked > 50) {
      asked = start
      await desk.limits.desk(undefined, never)
      calls.push(performance.now() - start)
    }
    const rested = performance.now()
    await new Promise((resolve) => setTimeout(resolve, 5))
    late.push(performance.now() - rested - 5)
  }
  ending.abort()
  await watching
  console.log(`\n${rate} quotes a second for ${SECONDS} s: ${sent} told`)
  print('quote to message', toScreen)
  print('desk view under load', calls)
  print('wait of anything else', late)
}

/** An hour of a quote a second for every symbol, as fast as it goes. */
async function soak(): Promise<void> {
  globalThis.gc?.()
  const before = process.memoryUsage()
  const begin = performance.now()
  for (let second = 0; second < 3_600; second += 1) {
    tellAll()
    if (second % 10 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  const took = (performance.now() - begin) / 1_000
  globalThis.gc?.()
  const after = process.memoryUsage()
  const quotes = 3_600 * POSITIONS
  console.log(
    `\nan hour of replay: ${quotes} quotes in ${took.toFixed(1)} s, ${Math.round(quotes / took)} a second; ` +
      `heap ${mega(before.heapUsed)} to ${mega(after.heapUsed)} MB, resident ${mega(before.rss)} to ${mega(after.rss)} MB`,
  )
}

function print(what: string, times: number[]): void {
  const sorted = Float64Array.from(times).sort()
  const [p50, p99, most] = [0.5, 0.99, 1].map((share) => {
    const index = Math.min(sorted.length - 1, Math.floor(sorted.length * share))
    return (sorted[index] ?? Number.NaN).toFixed(1).padStart(8)
  })
  console.log(`  ${what.padEnd(24)} p50 ${p50 ?? ''}  p99 ${p99 ?? ''}  most ${most ?? ''} ms  (${sorted.length})`)
}

function mega(bytes: number): string {
  return (bytes / 1_048_576).toFixed(1)
}
