import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { contract, programContract, restContract } from '../../../src/contract/index.ts'
import type { FeedEvent, ReplayFeed } from '../../../src/desk/feed/ports.ts'
import { beatDesk } from '../../../src/host/beat-desk.ts'
import { startHttpHost } from '../../../src/host/http-host.ts'
import { openLog } from '../../../src/host/log.ts'
import { findPageFolder } from '../../../src/host/page-folder.ts'
import { memoryUsed } from '../memory/memory-used.ts'
import { crowdedBook, deskOn, FIRST_BAR, SYMBOLS } from './crowded-book.ts'

/** What the host is asked for over its parent's channel. */
export type Asked =
  | { readonly tell: 'rate'; readonly rate: number; readonly seconds: number }
  | { readonly tell: 'seconds'; readonly seconds: number }
  | { readonly tell: 'memory' }
  | { readonly tell: 'end' }

/** When a quote was handed to the desk: its symbol, the middle as it is written on the screen, the time since 1970. */
export type Stamp = readonly [symbol: string, middle: string, at: number]

/** What the host answers. */
export interface Answered {
  readonly address?: string
  readonly stamps?: readonly Stamp[]
  readonly heap?: number
  readonly resident?: number
}

// A desk host of its own process with 100 positions, whose replay tells what the parent asks for.
const folder = mkdtempSync(join(tmpdir(), 'ballast-quotes-'))
const log = openLog()
let hear: ((event: FeedEvent) => void) | undefined
let at = FIRST_BAR
const told: ReplayFeed = {
  id: 'told',
  witnesses: false,
  start: (listener) => (hear = listener),
  stop: () => (hear = undefined),
  position: () => ({ at, taken: 0, speed: 1, paused: false, ended: false }),
  pause: () => undefined,
  resume: () => undefined,
  setSpeed: () => undefined,
  step: () => undefined,
}
const opened = deskOn(folder, { connect: () => told })
await crowdedBook(opened, 1)
const { workspace, desk } = opened
await desk.feed.startReplay({ symbols: [...SYMBOLS], interval: '1m', speed: 1 }, new AbortController().signal)
const endBeat = beatDesk(workspace, log)
const host = await startHttpHost({
  contract,
  programContract,
  restContract,
  desk,
  pageFolder: findPageFolder(process.cwd()),
  apiToken: 'bench',
  version: '0.0.0',
  log,
  port: 0,
})
let cents = 10_000
let next = 0
answer({ address: host.newAddress() })
process.on('message', (asked: Asked) => void act(asked))

async function act(asked: Asked): Promise<void> {
  if (asked.tell === 'rate') answer({ stamps: await tellAtRate(asked.rate, asked.seconds) })
  else if (asked.tell === 'seconds') answer(await tellSeconds(asked.seconds))
  else if (asked.tell === 'memory') answer(memory())
  else await end()
}

/** The next quote in turn; a symbol never has the same price twice. */
function tell(): Stamp {
  const symbol = SYMBOLS[next % SYMBOLS.length] ?? ''
  next += 1
  if (next % SYMBOLS.length === 0) cents += 1
  const [bid, middle, ask] = [cents, cents + 1, cents + 2].map((price) => (price / 100).toFixed(2)) as [
    string,
    string,
    string,
  ]
  const stamp: Stamp = [symbol, middle, performance.timeOrigin + performance.now()]
  const quote = { symbol, bid, ask, bidSize: null, askSize: null, last: bid, at, source: 'told', continues: true }
  hear?.({ kind: 'quote', quote })
  return stamp
}

/** So many quotes a second, spread as evenly as timers allow; the replay's clock goes as the machine's does. */
async function tellAtRate(rate: number, seconds: number): Promise<readonly Stamp[]> {
  const stamps: Stamp[] = []
  const [begun, from] = [performance.now(), at]
  for (;;) {
    const passed = performance.now() - begun
    if (passed > seconds * 1_000) return stamps
    at = from + Math.floor(passed)
    const due = Math.floor((passed / 1_000) * rate)
    while (stamps.length < due) stamps.push(tell())
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

/** A quote of every symbol for each second of the replay, as fast as it goes; the page gets its turns between. */
async function tellSeconds(seconds: number): Promise<Answered> {
  for (let second = 0; second < seconds; second += 1) {
    at += 1_000
    SYMBOLS.forEach(() => tell())
    await new Promise((resolve) => setTimeout(resolve, 1))
    if (cents > 90_000) cents = 10_000
  }
  return memory()
}

function memory(): Answered {
  const { heap, resident } = memoryUsed()
  return { heap, resident }
}

async function end(): Promise<void> {
  endBeat()
  await host.close()
  workspace.close()
  rmSync(folder, { recursive: true })
  process.exit(0)
}

function answer(answered: Answered): void {
  process.send?.(answered)
}
