import type { Page } from '@playwright/test'

/** A price that was painted: its symbol, its text, the page's time since 1970. */
export type Painted = readonly [symbol: string, text: string, at: number]

/** What the page saw of its frames. */
export interface Frames {
  readonly count: number
  /** Milliseconds from each frame to the next. */
  readonly gaps: readonly number[]
  readonly longTasks: readonly number[]
}

interface Seen {
  painted: [string, string, number][]
  frames: number[]
  tasks: number[]
  strokes: number[]
}

/** Notes from here on when a new price of one of the first twenty positions was painted. */
export function watchMarks(page: Page): Promise<void> {
  return page.evaluate(() => {
    const seen = ((window as { seen?: Partial<Seen> }).seen ??= {})
    const painted: [string, string, number][] = (seen.painted = [])
    const pending = new Map<string, string>()
    const afterPaint = (): void => {
      const { port1, port2 } = new MessageChannel()
      const now = [...pending]
      pending.clear()
      // A message that is posted in a frame comes after its paint.
      port1.onmessage = () => {
        const at = performance.timeOrigin + performance.now()
        for (const [symbol, text] of now) painted.push([symbol, text, at])
      }
      port2.postMessage(0)
    }
    for (const row of [...document.querySelectorAll('[aria-label="Open positions"] tr[data-row]')].slice(0, 20)) {
      const symbol = row.querySelector('b')?.textContent ?? ''
      const cell = row.children[3]
      if (cell === undefined) continue
      new MutationObserver(() => {
        if (pending.size === 0) requestAnimationFrame(afterPaint)
        pending.set(symbol, cell.textContent.trim())
      }).observe(cell, { subtree: true, childList: true, characterData: true })
    }
  })
}

/** The prices painted since `watchMarks`. */
export function paintedMarks(page: Page): Promise<readonly Painted[]> {
  return page.evaluate(() => (window as unknown as { seen: Seen }).seen.painted)
}

/** Counts frames and long tasks until what it resolves with is called. */
export async function countFrames(page: Page): Promise<() => Promise<Frames>> {
  await page.evaluate(() => {
    const seen = ((window as { seen?: Partial<Seen> }).seen ??= {})
    const [frames, tasks]: [number[], number[]] = [(seen.frames = []), (seen.tasks = [])]
    const frame = (at: number): void => {
      if (seen.frames !== frames) return
      frames.push(at)
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration)
    }).observe({ type: 'longtask' })
  })
  return () =>
    page.evaluate(() => {
      const { seen } = window as unknown as { seen: Seen }
      const { frames, tasks } = seen
      seen.frames = []
      const gaps = frames.slice(1).map((at, index) => at - (frames[index] ?? at))
      return { count: frames.length, gaps, longTasks: tasks }
    })
}

/** Types digits into the field that has the focus: milliseconds from each key that goes down to the next painted frame. */
export async function strokeDelays(page: Page, strokes: number): Promise<readonly number[]> {
  await page.evaluate(() => {
    const seen = ((window as { seen?: Partial<Seen> }).seen ??= {})
    const delays: number[] = (seen.strokes = [])
    addEventListener(
      'keydown',
      ({ timeStamp }) =>
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => {
            if (seen.strokes === delays) delays.push(performance.now() - timeStamp)
          }
          port2.postMessage(0)
        }),
      { capture: true },
    )
  })
  for (let stroke = 0; stroke < strokes; stroke += 1) {
    await page.keyboard.press(stroke % 4 === 3 ? 'Backspace' : String(1 + (stroke % 9)))
    await page.waitForTimeout(20 + Math.random() * 60)
  }
  await page.waitForTimeout(200)
  return page.evaluate(() => (window as unknown as { seen: Seen }).seen.strokes)
}
