import fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bookShelf } from '../../src/store/book-shelf.ts'
import type { Fill } from '../../src/domain/ledger/records.ts'
import { exampleFill } from '../domain/ledger/example-fill.ts'
import { exampleDecision, exampleInstrument } from '../store/example-decision.ts'

/**
 * Listing, searching and verifying a large book. Run: `node test/bench/store-reading.ts [decisions] [fills]`. The decisions
 * are recorded one by one, so that 100,000 take a while.
 */
const DECISIONS = Number(process.argv[2] ?? 5_000)
const FILLS = Number(process.argv[3] ?? 10_000)

const folder = fs.mkdtempSync(join(process.argv[4] ?? tmpdir(), 'ballast-bench-'))
let id = 0
const shelf = bookShelf(folder, { now: () => Date.now(), newId: () => String((id += 1)) })
const account = { accountId: 'main', name: 'Main', currency: 'USD', timeZone: 'UTC', dayRoll: '00:00', enabled: true }
const book = shelf.create({ name: 'bench', kind: 'paper', clock: null, account, at: 0 })

function timed<T>(what: string, action: () => T): T {
  const start = performance.now()
  const result = action()
  console.log(`${what.padEnd(44)} ${(performance.now() - start).toFixed(1)} ms`)
  return result
}

const symbols = Array.from({ length: 50 }, (_, index) => `S${index}`)
const fills = Array.from({ length: FILLS }, (_, n): Fill => {
  const side = (n * 7919) % 13 < 6 ? 'sell' : 'buy'
  const price = String(100 + ((n * 31) % 97) / 10)
  return exampleFill(`fill-${n}`, {
    symbol: symbols[n % 50] ?? 'S0',
    at: n * 60_000,
    side,
    price,
    fee: '1.25',
    executionId: `x${n}`,
    stop: '90',
  })
})
const none = { trades: [], cashFlows: [], bars: [], marks: [], rates: [], skipped: [] }
const file = { batchId: 'b', at: 0, fileName: 'f', fileHash: 'h', format: 'f', accountId: 'main', ...none }
timed(`import of ${FILLS} fills`, () =>
  book.importBatch({ ...file, instruments: symbols.map((symbol) => exampleInstrument(symbol)), fills }),
)
timed('fills listed', () => book.fills('main').length)
timed('trades matched for the first time', () => book.trades('main').length)
timed('trades listed again', () => book.trades('main').length)
timed('holdings at an earlier instant, first', () => book.holdings('main', (FILLS / 2) * 60_000).length)
timed('holdings at that instant again', () => book.holdings('main', (FILLS / 2) * 60_000).length)
timed('a fill added and trades listed', () => {
  book.addFill(exampleFill('late', { symbol: 'S1', at: FILLS * 60_000 }))
  return book.trades('main').length
})

timed(`${DECISIONS} decisions recorded`, () => {
  for (let n = 0; n < DECISIONS; n++) {
    book.recordDecision(exampleDecision(n, { symbol: symbols[n % 50] ?? 'S0' }))
    if (n % 100 === 0) book.settle()
  }
})
timed('newest 100 decisions', () => book.decisions({ limit: 100 }).total)
timed('search of two words', () => book.decisions({ text: 's17 single', limit: 100 }).total)
timed('search that finds nothing', () => book.decisions({ text: 'nowhere', limit: 100 }).total)
timed('decisions of a symbol', () => book.decisions({ symbol: 'S3', limit: 100 }).total)
timed(
  'decisions of the last minute',
  () => book.recentDecisions('main', exampleDecision(DECISIONS - 60).recordedAt).length,
)
timed('the whole log verified', () => book.verify().says)
book.close()
timed('opened for writing', () => shelf.open(book.info.path).close())
console.log(`book ${(fs.statSync(book.info.path).size / 1e6).toFixed(0)} MB`)
fs.rmSync(folder, { recursive: true })
