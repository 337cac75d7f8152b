/* Times the computation of a decision, and the canonical record that is hashed of it: `node test/bench/decision.ts`. */
import { createHash } from 'node:crypto'
import { loadavg } from 'node:os'
import { valueBook, type Book } from '../../src/domain/book.ts'
import { decide } from '../../src/domain/governor/decide.ts'
import type { DecisionInputs, PositionInput } from '../../src/domain/inputs.ts'
import { canonical, type Plain } from '../../src/domain/kernel/canonical.ts'
import type { Profile } from '../../src/domain/profile.ts'
import { CLASSES, LISTED, multiple, ticksOf, type Listed } from '../support/arbitraries-instruments.ts'
import { correlationOf, everyRule, everyStudy, typicalStudy } from '../support/every-rule.ts'
import { book, inputs, NOW, profileOf, rate, rawProfile, reading } from '../support/sizing-fixtures.ts'
import { memoryUsed } from './memory/memory-used.ts'

const POSITIONS = 100
const INSTRUMENTS = 500
const TRADES = 1_000
const BATCH = 5_000
const BATCHES = Number(process.argv[2] ?? 8)

const RATES = [
  rate('EUR', 'USD', '1.1035'),
  rate('GBP', 'USD', '1.2609'),
  rate('USD', 'JPY', '149.55'),
  rate('NZD', 'USD', '0.5933'),
]
const market: readonly Listed[] = Array.from({ length: INSTRUMENTS }, (_, index) => {
  const { spec, ticks } = at(LISTED, index)
  return { spec: index < LISTED.length ? spec : { ...spec, symbol: `${spec.symbol}${index}` }, ticks }
})
const held = book({
  positions: Array.from({ length: POSITIONS }, (_, index) => positionIn(at(market, index * 5), index)),
  rates: RATES,
})
const orders = market.flatMap((one, index) => [
  orderIn(one, index, 'buy'),
  orderIn(one, index, one.spec.assetClass === 'option' ? 'buy' : 'sell'),
])
const alone = new Set(held.positions.map(({ symbol }) => symbol))
const entries = orders.filter(({ request }) => !alone.has(request.symbol as string))

const raw = rawProfile()
const first = { ...raw.ceilings, leverage: 'off' }
const cases: readonly (readonly [name: string, profile: Profile, orders: readonly DecisionInputs[]])[] = [
  ['the ceilings of the first release', profileOf({ ...raw, ceilings: first }), entries],
  ['discretionary, as shipped', profileOf(raw), entries],
  [`every rule on, every study there, ${TRADES} trades`, profileOf(everyRule()), studied()],
]

const valued = valueBook(held)
console.log(
  `${POSITIONS} positions, ${INSTRUMENTS} instruments of ${CLASSES.size} classes, ${entries.length} orders; load ${loadavg()[0]?.toFixed(1) ?? ''}`,
)
for (const [name, profile, asked] of cases) {
  const before = memoryUsed()
  const first = performance.now()
  decide(at(asked, 0), valued, profile)
  const took = performance.now() - first
  const decided = asked.map((one) => decide(one, valued, profile).outcome)
  const sized = decided.filter((outcome) => outcome !== 'rejected').length
  console.log(
    `\n${name}: ${profile.scalers.size + profile.brakes.size} factors, ${profile.ceilings.size} ceilings, ${profile.gate.size} checks; ${sized} of ${decided.length} orders are sized; the very first took ${took.toFixed(1)} ms`,
  )
  time('decide()', asked, (one) => decide(one, valued, profile))
  const after = memoryUsed()
  console.log(
    `  memory: ${megabytes(after.heap - before.heap)} MB more heap kept, ${megabytes(after.resident - before.resident)} MB more resident, ${megabytes(after.resident)} MB in all`,
  )
  if (asked !== entries) continue
  const records = asked.map((one) => ({
    decisionId: '0',
    inputs: one,
    bookHash: '0'.repeat(64),
    body: decide(one, valued, profile),
  }))
  let next = 0
  time('canonical record and SHA-256', entries, () =>
    createHash('sha256')
      .update(canonical(at(records, next++) as unknown as Plain))
      .digest('hex'),
  )
}
console.log('\nvalueBook(), once for each change of the book')
time('valueBook()', entries, () => valueBook(held) satisfies Book)

/** Times batches and prints the quantiles of the quietest and of all together, in microseconds. */
function time(what: string, asked: readonly DecisionInputs[], work: (one: DecisionInputs) => unknown): void {
  const batches: Float64Array[] = []
  for (let run = -1; run < BATCHES; run++) {
    const times = new Float64Array(BATCH)
    for (let i = 0; i < BATCH; i++) {
      const one = at(asked, i)
      const start = performance.now()
      work(one)
      times[i] = (performance.now() - start) * 1_000
    }
    if (run >= 0) batches.push(times.sort())
  }
  const quietest = batches.reduce((best, one) => (quantile(one, 0.99) < quantile(best, 0.99) ? one : best))
  const together = Float64Array.from(batches.flatMap((times) => [...times])).sort()
  for (const [name, times] of [
    ['quietest batch', quietest],
    ['all batches', together],
  ] as const) {
    const [p50, p99, p999] = [0.5, 0.99, 0.999].map((share) => quantile(times, share).toFixed(1).padStart(8))
    console.log(`  ${what.padEnd(30)} ${name.padEnd(15)} p50 ${p50 ?? ''}  p99 ${p99 ?? ''}  p99.9 ${p999 ?? ''} µs`)
  }
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** The same orders with all that can be known of them: correlations of every instrument and a long record of trades. */
function studied(): readonly DecisionInputs[] {
  const correlation = correlationOf(market.map(({ spec }) => spec.symbol))
  const rMultiples = Array.from({ length: TRADES }, (_, index) => [2.1, -1, -0.8, 1.4, -1.1, 0.3, 3][index % 7] ?? 0)
  const lastProfits = rMultiples.map((r) => String(r * 100))
  const edge = {
    scope: 'strategy alpha',
    window: '365 days',
    from: NOW - 1,
    to: NOW,
    wins: 572,
    losses: 428,
    scratches: 0,
    meanWin: '170',
    meanLoss: '97',
    meanFee: '1',
    meanQuantity: '10',
    winRateLow: '0.54',
    payoffLow: '1.6',
    kellyLow: '0.28',
    rMultiples,
    source: 'bench',
  }
  return entries.map((one) => {
    const price = String(one.last.value)
    const spec = one.instrument ?? at(market, 0).spec
    const figures = typicalStudy(spec, price, 20_000_000)
    const bare = everyStudy([], {
      ...figures,
      expectedReturn: one.request.side === 'buy' ? '0.2' : '-0.2',
      lastProfits,
    })
    return {
      ...one,
      request: { ...one.request, conviction: 'MEDIUM', signal: '0.8', strategy: 'alpha' },
      strategy: { code: 'alpha', budget: '6', fixedQuantity: null, method: null, enabled: true },
      edge,
      studies: { ...bare, correlation },
      account: { ...one.account, startingEquity: reading('18000000') },
    }
  })
}

function megabytes(bytes: number): string {
  return (bytes / 1_048_576).toFixed(1)
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index % items.length]
  if (item === undefined) throw new Error('an empty list')
  return item
}

function positionIn({ spec, ticks }: Listed, index: number): PositionInput {
  const short = index % 2 === 0 && spec.assetClass !== 'option'
  const stop = index % 50 === 1 ? null : ticksOf(spec, ticks * (short ? 1.01 : 0.99))
  const quantity = multiple(spec.lotStep, (short ? -1 : 1) * (1 + (index % 2)))
  return {
    symbol: spec.symbol,
    strategy: ['alpha', 'beta', null][index % 3] ?? null,
    quantity,
    averagePrice: ticksOf(spec, ticks * 0.99),
    stop,
    mark: reading(ticksOf(spec, ticks)),
    spec,
  }
}

function orderIn({ spec, ticks }: Listed, index: number, side: 'buy' | 'sell'): DecisionInputs {
  const away = (side === 'buy' ? -1 : 1) * (0.01 + (index % 40) / 1_000)
  return inputs({
    equity: '20000000',
    instrument: spec,
    request: {
      side,
      entry: ticksOf(spec, ticks),
      stop: ticksOf(spec, ticks * (1 + away)),
      target: ticksOf(spec, ticks * (1 - 2.5 * away)),
    },
    last: reading(ticksOf(spec, ticks * 1.001)),
    bid: reading(ticksOf(spec, ticks * 1.001 - 1)),
    ask: reading(ticksOf(spec, ticks * 1.001 + 1)),
    atr: reading(ticksOf(spec, ticks / 50)),
    account: { peakEquity: reading('20310000') },
  })
}
