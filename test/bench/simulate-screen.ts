import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, type Page } from '@playwright/test'
import { testBrowser } from '../../electron/launch/browser.mjs'
import { watchMainTasks } from './screen/main-tasks.ts'

/**
 * The simulation as a person sees it: from the press of «Full run» (10,000 paths of 100 trades, two policies and the search
 * for the fraction) to the drawn fan and to everything drawn, and the frames while it runs and while the slider moves.
 * Run: `npm run bench simulate-screen` after a build.
 */

const RUNS = 5
const SOURCES = ['Win rate and payoff', 'Trades of the book'] as const
const folder = mkdtempSync(join(tmpdir(), 'ballast-bench-'))

/** What one press came to, in milliseconds. */
interface Press {
  readonly fan: number
  readonly whole: number
}

/** What the page saw of its own frames. */
interface Frames {
  readonly longest: number
  readonly longTasks: readonly number[]
  readonly answers: number
}

const named = testBrowser()
if (named === undefined) throw new Error('no Chromium was found: set BALLAST_CHROMIUM to one')
const browser = await chromium.launch({
  ...(named === '' ? {} : { executablePath: named }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
await run(['out/main/cli.js', 'book', 'sample', '--data-dir', folder])
const host = spawn(process.execPath, ['out/main/desk.js', '--data-dir', folder, '--json-ready', '--port', '0'], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const first = await new Promise<string>((resolve) => createInterface({ input: host.stdout }).once('line', resolve))
const { url } = JSON.parse(first) as { url: string }
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
await page.goto(url)
await page.getByRole('region', { name: 'Book and account' }).getByText('SAMPLE', { exact: true }).waitFor()
await page.goto(`${new URL(url).origin}/#/simulate`)
await page.getByRole('img', { name: /^Equity over/ }).waitFor()
await page.getByText(/^Live: 2,000 paths/).waitFor()

const found: string[] = []
for (const source of SOURCES) {
  await page.getByLabel('Source').selectOption(source)
  const presses: Press[] = []
  let endTasks = (): Promise<number> => Promise.resolve(0)
  for (let n = 0; n <= RUNS; n++) {
    // Another seed each time, so that no answer is the one before; the first run warms the threads and is left out.
    await page.getByLabel('Seed').fill(String(n + 2))
    await page.getByLabel('Seed').press('Enter')
    await page.getByText(`2,000 paths of 100 trades, seed ${n + 2};`).waitFor()
    await page.waitForTimeout(1500)
    if (n === 1) await watchFrames(page)
    if (n === RUNS) endTasks = await watchMainTasks(browser)
    const press = await fullRun(page)
    if (n > 0) presses.push(press)
  }
  const ofRuns = { ...(await seenFrames(page)), task: await endTasks() }
  endTasks = await watchMainTasks(browser)
  await watchFrames(page)
  await moveSlider(page, 120)
  await page.waitForTimeout(600)
  const ofSlider = { ...(await seenFrames(page)), task: await endTasks() }
  found.push(
    `${source}:`,
    line(
      '  press to drawn fan',
      presses.map(({ fan }) => fan),
    ),
    line(
      '  press to everything drawn, the search included',
      presses.map(({ whole }) => whole),
    ),
    frames('  while full runs are made', ofRuns),
    frames('  while the slider moves, 120 steps', ofSlider),
    `${'  live answers shown while the slider moves'.padEnd(52)} ${ofSlider.answers}`,
  )
}
const version = browser.version()
await browser.close()
const gone = new Promise((resolve) => host.once('exit', resolve))
host.kill('SIGTERM')
await gone
rmSync(folder, { recursive: true })

process.stdout.write(
  [
    `${RUNS} full runs of 10,000 paths × 100 trades, A and B, with the search for the fraction; Node ${process.versions.node}, ${version}`,
    ...found,
    '',
  ].join('\n'),
)

function line(name: string, values: readonly number[]): string {
  const sorted = Float64Array.from(values).sort()
  const at = (share: number): string => (sorted[Math.round(share * (sorted.length - 1))] ?? 0).toFixed(0)
  return `${name.padEnd(52)} median ${at(0.5).padStart(5)} ms   ${at(0)} … ${at(1)}`
}

function frames(name: string, { longest, longTasks, task }: Frames & { readonly task: number }): string {
  const tasks = longTasks.map((one) => one.toFixed(0)).join(', ')
  return `${name.padEnd(52)} longest frame ${longest.toFixed(0)} ms, tasks over 50 ms: ${tasks === '' ? 'none' : tasks}; longest task worked ${task.toFixed(0)} ms`
}

/** Presses «Full run»; the clock stops a frame after the last plot in question was drawn. */
function fullRun(on: Page): Promise<Press> {
  return on.evaluate(
    () =>
      new Promise<{ fan: number; whole: number }>((resolve) => {
        const isWhole = (): boolean =>
          document.querySelector('[aria-label="Equity fan"] figcaption')?.textContent.includes('10,000 paths') === true
        const begun = performance.now()
        let fan = 0
        // Plots are drawn within a budget a frame: after six frames all of them have been.
        const drawn = (then: (at: number) => void, left = 6): void => {
          if (left === 0) then(performance.now() - begun)
          else requestAnimationFrame(() => drawn(then, left - 1))
        }
        const look = new MutationObserver(() => {
          if (fan === 0 && isWhole()) {
            fan = -1
            drawn((at) => (fan = at), 2)
          }
          const status = document.querySelector('[aria-label="Inputs"] [role="status"]')?.textContent ?? ''
          if (!status.startsWith('Full run:')) return
          look.disconnect()
          drawn((whole) => resolve({ fan, whole }))
        })
        look.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
        const button = [...document.querySelectorAll('button')].find(({ textContent }) =>
          textContent.startsWith('Full run'),
        )
        button?.click()
      }),
  )
}

/** Begins to note frames, long tasks and live answers anew. */
function watchFrames(on: Page): Promise<void> {
  return on.evaluate(() => {
    const seen = { longest: 0, longTasks: [] as number[], answers: 0 }
    const before = (window as { stopWatching?: () => void }).stopWatching
    before?.()
    let last = performance.now()
    let going = true
    const frame = (at: number): void => {
      seen.longest = Math.max(seen.longest, at - last)
      last = at
      if (going) requestAnimationFrame(frame)
    }
    requestAnimationFrame((at) => {
      last = at
      requestAnimationFrame(frame)
    })
    const tasks = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longTasks.push(duration)
    })
    tasks.observe({ type: 'longtask' })
    const fan = document.querySelector('[aria-label^="Equity over"]')
    const answers = new MutationObserver(() => (seen.answers += 1))
    if (fan !== null) answers.observe(fan, { attributes: true, attributeFilter: ['aria-label'] })
    Object.assign(window, {
      seenFrames: seen,
      stopWatching: () => {
        going = false
        tasks.disconnect()
        answers.disconnect()
      },
    })
  })
}

function seenFrames(on: Page): Promise<Frames> {
  return on.evaluate(() => (window as unknown as { seenFrames: Frames }).seenFrames)
}

/** Moves the slider of policy A one step every sixtieth of a second, as a hand does. */
function moveSlider(on: Page, steps: number): Promise<void> {
  return on.evaluate(
    (count) =>
      new Promise<void>((resolve) => {
        const slider = document.querySelector<HTMLInputElement>('input[type="range"]')
        let step = 0
        const move = (): void => {
          if (slider === null || step >= count) {
            resolve()
            return
          }
          step += 1
          slider.value = String(20 + step)
          slider.dispatchEvent(new Event('input', { bubbles: true }))
          setTimeout(move, 16)
        }
        move()
      }),
    steps,
  )
}

/** Runs a program to its end. */
function run(words: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'inherit'] })
    child.once('error', reject)
    child.once('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`${words.join(' ')} ended with ${String(code)}`))
    })
  })
}
