/*
 * Times a halt under load: 100 positions, a replay of 10,000 quotes a second and simulations without a pause.
 * From the key to a halt that is in memory, in the file HALT and in the book, and to the approval sent right after it that is
 * refused: by the way of the main process (tray, menu, global key), over a socket, and from the key in a page to the word on
 * the screen. Run: `npm run bench halt [rounds]` after a build.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Page } from '@playwright/test'
import { deskClient } from '../../src/cli/desk-client.ts'
import type { ContractClient } from '../../src/contract/index.ts'
import { feeds } from '../../src/feeds/registry.ts'
import { keepLastBook } from '../../src/host/last-book.ts'
import { openLog } from '../../src/host/log.ts'
import { openDesk } from '../../src/host/open-desk.ts'
import { endDesk, startDesk, type Desk } from '../e2e/fixtures.ts'
import { burden } from './live/burden.ts'
import { crowdedBook, deskOn } from './live/crowded-book.ts'
import { openPage } from './live/open-page.ts'
import { printTimes } from './live/print-times.ts'
import { openWindowLine } from '../e2e/window-line.ts'

const ROUNDS = Number(process.argv[2] ?? 200)
const MINUTES = 1_200
const ORDER = { symbol: 'S000', side: 'buy', entry: 'market', stop: '60', quantity: '1' }
const log = openLog()
const haltFile = (folder: string): string => join(folder, 'HALT')

for (const measure of [mainProcess, overSocket, fromPage]) {
  const folder = mkdtempSync(join(tmpdir(), 'ballast-halt-'))
  const made = deskOn(folder, feeds.replay)
  await crowdedBook(made, MINUTES)
  keepLastBook(folder, made.workspace.book.info.path, log)
  made.workspace.close()
  await measure(folder)
  rmSync(folder, { recursive: true })
}

/** The way of tray, menu and global key: the key is pressed on another thread, as by the system. */
async function mainProcess(folder: string): Promise<void> {
  const { desk, posture, close } = openDesk({ dataDir: folder, host: 'electron', log })
  const calls = deskClient(desk, log)
  const load = await burden(calls)
  const presser = new Worker(new URL('./live/key-presser.ts', import.meta.url))
  const [acted, enforced, refused]: [number[], number[], number[]] = [[], [], []]
  for (let round = 0; round < ROUNDS; round += 1) {
    const decisionId = await anOrder(calls)
    presser.postMessage(10 + Math.random() * 100)
    const pressed = await new Promise<number>((resolve) =>
      presser.once('message', (at: number) => {
        const begun = clock()
        posture.halt('Halted from the halt key.')
        acted.push(clock() - begun)
        enforced.push(clock() - at)
        resolve(at)
      }),
    )
    mustBeHalted(folder, posture.state)
    await mustBeRefused(calls.trading.approve({ decisionId }))
    refused.push(clock() - pressed)
    await release(calls)
  }
  await presser.terminate()
  await report('the way of the main process (tray, menu, global key)', load)
  printTimes('of that, the halt itself', acted)
  printTimes('key to halt in memory, HALT file and book', enforced)
  printTimes('key to an approval that is refused', refused)
  close()
}

/** The way of the page's key: a call over the socket, and an approval right behind it. */
async function overSocket(folder: string): Promise<void> {
  await withHost(folder, async ({ calls, busy }) => {
    const load = await burden(busy)
    const [enforced, refused]: [number[], number[]] = [[], []]
    for (let round = 0; round < ROUNDS; round += 1) {
      const decisionId = await anOrder(calls)
      await pause(10 + Math.random() * 100)
      const begun = performance.now()
      const halted = calls.state.halt({})
      const approved = calls.trading.approve({ decisionId })
      // Refusing may come first; it is looked at below, and must not be taken for a fault meanwhile.
      approved.catch(() => undefined)
      const { state } = await halted
      enforced.push(performance.now() - begun)
      mustBeHalted(folder, state)
      await mustBeRefused(approved)
      refused.push(performance.now() - begun)
      await release(calls)
    }
    await report('over the socket of a window', load)
    printTimes('call to its answer: HALT file and book written', enforced)
    printTimes('call to the approval behind it refused', refused)
  })
}

/** From Shift F9 in a page that shows the desk to the frame with the word HALTED. */
async function fromPage(folder: string): Promise<void> {
  await withHost(folder, async ({ calls, busy, desk }) => {
    const { page, close } = await openPage(desk)
    try {
      await page.goto(`${desk.origin}/#/desk`)
      const positions = page.getByRole('treegrid', { name: 'Open positions' })
      await positions.getByRole('row', { name: /^S000/ }).waitFor()
      const load = await burden(busy)
      const shown: number[] = []
      for (let round = 0; round < ROUNDS / 4; round += 1) {
        await watchForHalted(page)
        await pause(50 + Math.random() * 100)
        await page.keyboard.press('Shift+F9')
        shown.push(await page.evaluate(() => (window as unknown as { halted: Promise<number> }).halted))
        await release(calls)
        const mode = page.getByRole('region', { name: 'Book and account' })
        await mode.getByRole('button', { name: 'HALTED' }).waitFor({ state: 'detached' })
      }
      await report('from the key in a page', load)
      printTimes('Shift F9 to the painted word HALTED', shown)
    } finally {
      await close()
    }
  })
}

/** Begins to watch for the key and then for the word; `halted` of the window becomes the milliseconds between the two. */
function watchForHalted(page: Page): Promise<void> {
  return page.evaluate(() => {
    const halted = new Promise<number>((resolve) => {
      let pressed = 0
      addEventListener('keydown', ({ timeStamp }) => (pressed = timeStamp), { capture: true, once: true })
      const look = (): void => {
        const word = document.querySelector('section.mode')?.textContent ?? ''
        if (pressed === 0 || !word.includes('HALTED')) requestAnimationFrame(look)
        else {
          // A message that is posted in a frame comes after its paint.
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => resolve(performance.now() - pressed)
          port2.postMessage(0)
        }
      }
      requestAnimationFrame(look)
    })
    Object.assign(window, { halted })
  })
}

interface Hosted {
  readonly desk: Desk
  readonly calls: ContractClient
  readonly busy: ContractClient
}

/** The built desk host on a folder with two lines to it, until `act` has ended. */
async function withHost(folder: string, act: (hosted: Hosted) => Promise<void>): Promise<void> {
  const { desk, process: host } = await startDesk(folder)
  try {
    const lines = [
      await openWindowLine(await desk.newAddress()),
      await openWindowLine(await desk.newAddress()),
    ] as const
    await act({ desk, calls: lines[0].calls, busy: lines[1].calls })
    for (const { close } of lines) close()
  } finally {
    await endDesk(host)
  }
}

/** An order that would be approved now. */
async function anOrder(calls: ContractClient): Promise<string> {
  const decided = await calls.sizing.decide({ request: ORDER })
  if (decided.outcome === 'rejected') throw new Error(`the order of the measurement is refused: ${decided.says}`)
  return decided.decisionId
}

function mustBeHalted(folder: string, state: string | undefined): void {
  if (state !== 'HALTED' || !existsSync(haltFile(folder)))
    throw new Error(`a halt is not enforced: ${state ?? 'no state'}`)
}

async function mustBeRefused(approved: Promise<unknown>): Promise<void> {
  const code = await approved.then(
    () => 'approved',
    (error: unknown) => refusalOf(error)?.code ?? error,
  )
  if (code !== 'HALTED') throw new Error('an approval after the halt is not refused for it', { cause: code })
}

function refusalOf(error: unknown): { readonly code?: unknown } | undefined {
  return error instanceof Error && 'data' in error ? (error.data as { readonly code?: unknown }) : undefined
}

async function release(calls: ContractClient): Promise<void> {
  await calls.state.loosen({ cause: 'halt', reason: 'next round' })
}

async function report(way: string, load: Awaited<ReturnType<typeof burden>>): Promise<void> {
  const { quotesASecond, runs, messages } = await load.end()
  console.log(
    `\n${way}: ${quotesASecond.toFixed(0)} quotes a second, ${runs} simulations of 20,000 × 200, ${messages} messages; load ${loadavg()[0]?.toFixed(1) ?? ''}`,
  )
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function clock(): number {
  return performance.timeOrigin + performance.now()
}
