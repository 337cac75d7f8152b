import { cpSync, mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, it } from 'vitest'
import { strictness, type DeskState } from '../../src/domain/desk-state/desk-state.ts'
import { dec, text } from '../../src/domain/kernel/money.ts'
import { Dice } from '../support/history-count.ts'
import { temporaryFolder } from '../store/temporary-shelf.ts'
import { aroundWrites } from './around-writes.ts'
import { readBookOnDisk, type BookOnDisk } from './book-on-disk.ts'
import { DAYS, type DayKind } from './day-plan.ts'
import { ReplayedDay, type DayLine } from './replayed-day.ts'
import { runChild } from './run-child.ts'

const KILLS = process.env['BALLAST_KILLS']
const SEED = Number(process.env['BALLAST_SEED'] ?? 3)
const child = join(import.meta.dirname, 'replaying-child.ts')

/** A stretch of a day between two starts of the desk. */
interface Stretch {
  readonly kind: DayKind
  readonly dataDir: string
  readonly path: string
  readonly seed: number
  readonly from: number
  readonly run: number
}

const runs = [
  ['replayed on paper', Number(KILLS ?? 5)],
  ['live by hand', Number(KILLS ?? 3)],
] as const
const limit = { timeout: 120_000 + Number(KILLS ?? 5) * 40_000 }

it.each(runs)('a day %s keeps every acknowledged event, and ends disarmed: %i kills', limit, async (kind, wanted) => {
  const dice = new Dice(SEED)
  const seen = { kills: 0, days: 0, acts: 0, lines: 0, fills: 0, ahead: 0, restricted: 0, armed: 0 }
  for (let run = 1; seen.kills < wanted; seen.days += 1) {
    let stretch: Stretch = { ...(await newDay(kind, SEED + seen.days)), run }
    const acts = DAYS[kind].planOf(stretch.seed)
    for (let code: number | null = null; code === null && seen.kills < wanted; run += 1) {
      const before = copyOf(stretch)
      const moment = momentOf(run, dice)
      const ended = await killed(stretch, moment)
      const where = `kill ${seen.kills} at ${JSON.stringify(moment)}, day ${stretch.seed}, from act ${stretch.from}`
      expect(ended.says, `${where}: nothing but the kill ended the child`).toBe('')
      const lines = ended.acknowledged.map((line) => JSON.parse(line) as DayLine)
      const book = readBookOnDisk(stretch.path)
      if (await isAheadOfTold(before, lines, book, where)) seen.ahead += 1
      const from = Math.max(stretch.from, ...lines.map((line) => ('act' in line ? line.act + 1 : 0)))
      seen.acts += from - stretch.from
      const told = expectTold(lines, book, acts[from]?.loosens === true, where)
      stretch = { ...stretch, from, run: run + 1 }
      if ((await restarted(copyOf(stretch), lines, book, where)) !== 'NORMAL') seen.restricted += 1
      code = ended.code
      if (code === null) seen.kills += 1
      if (told.armed) seen.armed += 1
      seen.lines += lines.length
      seen.fills = Math.max(seen.fills, book.filled.size)
    }
  }
  const { kills, days, acts, lines, fills, ahead, restricted, armed } = seen
  console.info(
    `${kills} kills in ${days} days ${kind}, seed ${SEED}: ${acts} acts in ${lines} lines acknowledged, 0 lost and 0 done twice (at 95 % in fewer than ${(300 / kills).toFixed(1)} % of kills); up to ${fills} orders filled in a day; ${ahead} books one write ahead of what was told; ${armed} desks were armed; ${restricted} starts restricted`,
  )
  expect(acts).toBeGreaterThan(kills)
})

async function newDay(kind: DayKind, seed: number): Promise<Omit<Stretch, 'run'>> {
  const dataDir = temporaryFolder()
  const day = new ReplayedDay({ dataDir, from: 0, run: 0, tell: () => undefined })
  const path = await DAYS[kind].make(day, seed)
  day.workspace.close()
  return { kind, dataDir, path, seed, from: 0 }
}

/** The files as they lie there: nobody has them open. */
function copyOf(stretch: Stretch): Stretch {
  const dataDir = join(temporaryFolder(), 'copy')
  mkdirSync(dataDir)
  cpSync(stretch.dataDir, dataDir, { recursive: true })
  return { ...stretch, dataDir, path: join(dataDir, basename(stretch.path)) }
}

/** A kill at a time after the first word, or before it where negative; or at a boundary of the desk's writes. */
interface Moment {
  readonly after: number | undefined
  readonly boundary: number
}

/** Kills fall at any time of a day, right before or after its writes, and into the start: taking up orders and replay. */
function momentOf(run: number, dice: Dice): Moment {
  if (run % 5 === 4) return { after: -(400 + dice.below(700)), boundary: 0 }
  if (run % 2 === 0) return { after: dice.below(1_200), boundary: 0 }
  return { after: undefined, boundary: 1 + dice.below(50) }
}

function killed({ dataDir, path, seed, from, run, kind }: Stretch, { after, boundary }: Moment) {
  const words = [seed, from, run, boundary, kind].map(String)
  return runChild(child, [dataDir, path, ...words], after)
}

/**
 * The same acts without a kill on a copy of the same files: they tell the same lines, and the killed book equals theirs as it
 * was when the last line was told, or after a write between that line and the next. Answers whether it was after one.
 */
async function isAheadOfTold(
  from: Stretch,
  lines: readonly DayLine[],
  book: BookOnDisk,
  where: string,
): Promise<boolean> {
  const told: DayLine[] = []
  const books: BookOnDisk[] = []
  const look = (): void => {
    if (told.length === lines.length) books.push(readBookOnDisk(from.path))
  }
  look()
  const tell = (line: DayLine): void => {
    look()
    told.push(line)
    look()
  }
  const day = new ReplayedDay({ ...from, tell, over: (shelf) => aroundWrites(shelf, look, look) })
  for (const [number, act] of DAYS[from.kind].planOf(from.seed).entries())
    if (number >= from.from && told.length <= lines.length) await day.do(number, act)
  look()
  day.workspace.close()
  expect(told.slice(0, lines.length), where).toEqual(lines)
  const found = books.find(({ digest }) => digest === book.digest)
  expect(found?.tables ?? books.map(({ tables }) => tables), `${where}: the oracle had this book`).toEqual(book.tables)
  return book.digest !== books[0]?.digest
}

/** What was told is in the file, read without the desk; a state that was told is latched, unless it was being loosened. */
function expectTold(
  lines: readonly DayLine[],
  book: BookOnDisk,
  isLoosening: boolean,
  where: string,
): { readonly armed: boolean } {
  const twice = book.entries.filter((decision, index) => book.entries.indexOf(decision) !== index)
  expect(twice, `${where}: sent twice`).toEqual([])
  let state: DeskState = 'NORMAL'
  let armed = false
  for (const line of lines) {
    if ('act' in line) continue
    state = line.state as DeskState
    armed = line.armed
    for (const [clientId, stage, filled] of line.shown) {
      const kept = text(book.filled.get(clientId) ?? dec(0))
      expect(dec(kept).gte(dec(filled)), `${where}: ${clientId} was ${stage} with ${filled}, ${kept} is kept`).toBe(
        true,
      )
    }
  }
  // A lock-out is over by time, whatever is being done.
  if (!isLoosening && state !== 'LOCKED')
    expect(strictness(book.state), where).toBeGreaterThanOrEqual(strictness(state))
  return { armed }
}

/** Started again the desk has the book of the file: orders, positions, money; it is disarmed, and as strict or stricter. */
async function restarted(
  from: Stretch,
  lines: readonly DayLine[],
  book: BookOnDisk,
  where: string,
): Promise<DeskState> {
  const { calls, workspace } = new ReplayedDay({ ...from, tell: () => undefined })
  const { state, causes, arming } = await calls.state.get()
  expect(arming.armed, where).toBe(false)
  expect(strictness(state), where).toBeGreaterThanOrEqual(strictness(book.state))
  expect(
    causes.map(({ id }) => id),
    where,
  ).toEqual(expect.arrayContaining(book.causes.map(({ id }) => id)))
  const orders = new Map((await calls.trading.orders({ limit: 5_000 })).map((order) => [order.clientId, order]))
  for (const [clientId, filled] of book.filled) expect(orders.get(clientId)?.filled, where).toBe(text(filled))
  const shown = lines.flatMap((line) => ('shown' in line ? line.shown : []))
  for (const [clientId] of shown) expect(orders.has(clientId), `${where}: ${clientId}`).toBe(true)
  const positions = await calls.trading.positions()
  expect(Object.fromEntries(positions.map(({ symbol, quantity }) => [symbol, quantity]))).toEqual(book.positions)
  const worth = positions.reduce(
    (sum, { quantity, mark }) => sum.plus(dec(quantity).times(dec(mark ?? '0'))),
    book.cash,
  )
  const { equity } = await calls.account.get()
  // The desk floats positions from their average price, which is a quotient; a cent is far more than it can be off.
  if (book.filled.size > 0)
    expect(
      dec(equity ?? '0')
        .minus(worth)
        .abs()
        .lt('1e-9'),
      `${where}: ${equity}`,
    ).toBe(true)
  expect((await calls.audit.verify()).verdict, where).toBe('verified-anchored')
  workspace.close()
  return state
}
