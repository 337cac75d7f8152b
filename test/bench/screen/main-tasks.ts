import type { Browser } from '@playwright/test'

/** One event of a trace; times in microseconds, `tdur` what of it the processor worked. */
interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly tdur?: number
  readonly args: { readonly name?: string }
}

/**
 * Notes the tasks of the page's main thread; what is returned ends it and tells the longest in milliseconds of processor
 * time, which other programs on a busy machine do not lengthen.
 */
export async function watchMainTasks(browser: Browser): Promise<() => Promise<number>> {
  const session = await browser.newBrowserCDPSession()
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel'] },
  })
  return async () => {
    const complete = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()))
    await session.send('Tracing.end')
    await complete
    await session.detach()
    const thread = ({ pid, tid }: TraceEvent): string => `${pid}:${tid}`
    const mains = new Set(
      events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(thread),
    )
    const tasks = events.filter(
      (event) => event.ph === 'X' && event.name.endsWith('RunTask') && mains.has(thread(event)),
    )
    return tasks.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur), 0) / 1000
  }
}
