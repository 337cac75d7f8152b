import fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bookShelf } from '../../src/store/book-shelf.ts'
import { decisionText } from '../../src/store/decision-record.ts'
import { exampleDecision } from '../store/example-decision.ts'

/**
 * A durable decision against bare `fdatasync` of the same bytes, one after the other in the same run.
 * Run: `node test/bench/store-durability.ts [decisions]`. Idle moments (settling) lie between the measured ones.
 */
const COUNT = Number(process.argv[2] ?? 3_000)
const WARM = 200
const SETTLE_EVERY = 100

const folder = fs.mkdtempSync(join(process.argv[3] ?? tmpdir(), 'ballast-bench-'))
let id = 0
const ambient = { now: () => Date.now(), newId: () => String((id += 1)) }
const account = { accountId: 'main', name: 'Main', currency: 'USD', timeZone: 'UTC', dayRoll: '00:00', enabled: true }
const book = bookShelf(folder, ambient).create({ name: 'bench', kind: 'paper', clock: null, account, at: 0 })
const decisions = Array.from({ length: COUNT + WARM }, (_, n) => exampleDecision(n))
const bytes = Buffer.byteLength(decisionText(decisions[0] ?? exampleDecision(0)))
const line = Buffer.alloc(bytes, 65)

const SLOTS = 512
const placed = fs.openSync(join(folder, 'placed'), 'w')
for (let slot = 0; slot < SLOTS; slot++) fs.writeSync(placed, line, 0, bytes, slot * bytes)
fs.fsyncSync(placed)
const growing = fs.openSync(join(folder, 'growing'), 'w')

const times = { decision: [] as number[], overwritten: [] as number[], grown: [] as number[], computed: [] as number[] }
decisions.forEach((decision, n) => {
  const measured = n >= WARM
  const take = (into: number[], action: () => void): void => {
    const start = performance.now()
    action()
    if (measured) into.push(performance.now() - start)
  }
  if (n % SETTLE_EVERY === 0) book.settle()
  take(times.decision, () => book.recordDecision(decision))
  take(times.overwritten, () => {
    fs.writeSync(placed, line, 0, bytes, (n % SLOTS) * bytes)
    fs.fdatasyncSync(placed)
  })
  take(times.grown, () => {
    fs.writeSync(growing, line, 0, bytes, n * bytes)
    fs.fdatasyncSync(growing)
  })
  take(times.computed, () => decisionText(decision))
})

const at = (sorted: readonly number[], share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? NaN
const rate = (list: readonly number[]): number => (1_000 * list.length) / list.reduce((sum, time) => sum + time, 0)
for (const list of Object.values(times)) list.sort((a, b) => a - b)
console.log(`${COUNT} decisions of ${bytes} bytes, settled every ${SETTLE_EVERY}; milliseconds`)
for (const [name, list] of Object.entries(times)) {
  const quantiles = [0.5, 0.9, 0.99, 0.999].map((share) => `p${share * 100} ${at(list, share).toFixed(3)}`)
  console.log(`${name.padEnd(12)} ${quantiles.join('  ')}  ${rate(list).toFixed(0)}/s`)
}
for (const peer of ['overwritten', 'grown'] as const) {
  const ratio = (share: number): string => (at(times.decision, share) / at(times[peer], share)).toFixed(2)
  const throughput = (rate(times.decision) / rate(times[peer])).toFixed(2)
  console.log(`decision / fdatasync ${peer.padEnd(11)} p50 ${ratio(0.5)}  p99 ${ratio(0.99)}  rate ${throughput}`)
}
book.close()
fs.rmSync(folder, { recursive: true })
