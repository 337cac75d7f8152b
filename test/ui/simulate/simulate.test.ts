import { ORPCError } from '@orpc/client'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { chooseLocale } from '../../../src/ui/format/number-locale.ts'
import { NewestWins } from '../../../src/ui/simulate/newest-wins.ts'
import { resultCsvRows, resultRows } from '../../../src/ui/simulate/result-rows.ts'
import { SimulateScreen, type SimulateSource } from '../../../src/ui/simulate/simulate.svelte.ts'
import { verdictOn } from '../../../src/ui/simulate/verdict.ts'
import { aComparison, aCurve, aRun, aSource } from './runs.ts'

chooseLocale('en-US')

/** A stream that is told by hand what it sends. */
class Stream {
  readonly name: string
  readonly input: Record<string, unknown>
  readonly signal: AbortSignal
  readonly #messages: unknown[] = []
  #end: 'open' | 'ended' | Error = 'open'
  #wake: () => void = () => undefined

  constructor(name: string, input: Record<string, unknown>, signal: AbortSignal) {
    this.name = name
    this.input = input
    this.signal = signal
    signal.addEventListener('abort', () => this.#wake())
  }

  progress(done: number, of: number): void {
    this.#messages.push({ kind: 'progress', done, of })
    this.#wake()
  }
  result(result: unknown): void {
    this.#messages.push({ kind: 'result', result })
    this.#wake()
  }
  end(error?: Error): void {
    this.#end = error ?? 'ended'
    this.#wake()
  }
  async *[Symbol.asyncIterator](): AsyncGenerator<unknown, void> {
    for (;;) {
      if (this.signal.aborted) throw new Error('aborted')
      const message = this.#messages.shift()
      if (message !== undefined) yield message
      else if (this.#end === 'ended') return
      else if (this.#end !== 'open') throw this.#end
      else await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve()
}

/** A screen on a desk whose streams are told by hand. */
async function handDesk(source = aSource()) {
  const streams: Stream[] = []
  const open =
    (name: string) =>
    (input: Record<string, unknown>, { signal }: { signal: AbortSignal }): Promise<Stream> => {
      const stream = new Stream(name, input, signal)
      streams.push(stream)
      return Promise.resolve(stream)
    }
  const call = (value: unknown) => () => Promise.resolve(value)
  const client = {
    simulation: {
      run: open('run'),
      compare: open('compare'),
      curve: open('curve'),
      propFirm: open('propFirm'),
      source: call(source),
      records: call([]),
      scenarios: call([]),
    },
    sizing: { methods: call([]) },
    propFirm: { programs: call([]), get: call(null) },
  }
  const screen = new SimulateScreen({
    client,
    account: { equity: '119515.51' },
    book: { bookId: 'b' },
  } as unknown as SimulateSource)
  screen.follow(1)
  await settle()
  const last = (name: string): Stream => {
    const found = streams.findLast((one) => one.name === name)
    if (found === undefined) throw new Error(`${name} was not asked`)
    return found
  }
  return { screen, streams, last }
}

const refusal = (says: string, field?: string): Error =>
  new ORPCError('REFUSED', { defined: true, data: { code: 'X', says, ...(field === undefined ? {} : { field }) } })

describe('a live answer', () => {
  it('comes at once with 2,000 paths, both policies together, and nothing kept', async () => {
    const { screen, last } = await handDesk()
    expect(last('compare').input).toMatchObject({ paths: 2000, startingEquity: '119515.51' })
    expect(last('compare').input).not.toHaveProperty('record')
    last('compare').result(aComparison())
    await settle()
    expect(screen.shown).toMatchObject({ how: 'live', a: { paths: 2000 } })
    expect(last('curve').input).toMatchObject({ paths: 2000, points: 20 })
    last('curve').result(aCurve())
    await settle()
    expect(screen.curve?.recommended.fraction).toBe(0.01)
  })

  it('does not search the fraction again while only a policy changes', async () => {
    const { screen, streams, last } = await handDesk()
    last('compare').result(aComparison())
    await settle()
    last('curve').result(aCurve())
    await settle()
    screen.form.a.fraction = '60'
    screen.live()
    await settle()
    last('compare').result(aComparison())
    await settle()
    expect(streams.filter(({ name }) => name === 'curve')).toHaveLength(1)
    screen.form.trades = '200'
    screen.live()
    await settle()
    last('compare').result(aComparison())
    await settle()
    expect(streams.filter(({ name }) => name === 'curve')).toHaveLength(2)
  })

  it('keeps the earlier picture and says so where the desk refuses or a field is wrong', async () => {
    const { screen, streams, last } = await handDesk()
    last('compare').result(aComparison())
    await settle()
    last('curve').result(aCurve())
    await settle()
    screen.form.ruin = '120'
    screen.live()
    await settle()
    expect(streams).toHaveLength(2)
    expect(screen.isStale).toBe(true)
    screen.form.ruin = '30'
    screen.live()
    await settle()
    last('compare').end(refusal('floor is odd.', 'floor'))
    await settle()
    expect(screen.refused.run).toEqual({ ruin: 'floor is odd.' })
    expect(screen.isStale).toBe(true)
    screen.live()
    await settle()
    last('compare').result(aComparison())
    await settle()
    expect(screen.isStale).toBe(false)
  })

  it('of a stream that ends without a result is a refusal, not a picture', async () => {
    const { screen, last } = await handDesk()
    last('compare').progress(1, 2)
    last('compare').end()
    await settle()
    expect(screen.shown).toBeUndefined()
    expect(screen.refusal?.says).toContain('ended without a result')
  })

  it('begins by hand where the book has no trades to draw from', async () => {
    const { screen } = await handDesk(aSource({ missing: 'No closed trade has a stop.' }))
    expect(screen.form.model.source).toBe('hand')
  })
})

describe('a full run', () => {
  it('is kept, and shown only when all of it is there', async () => {
    const { screen, last } = await handDesk()
    last('compare').result(aComparison())
    await settle()
    const live = screen.shown
    void screen.runAll()
    await settle()
    expect(last('compare').input).toMatchObject({ paths: '10000' })
    last('compare').progress(300, 10_000)
    await settle()
    expect(screen.stage).toEqual({ says: 'Paths', done: 300, of: 10_000 })
    expect(screen.shown).toBe(live)
    last('compare').result(aComparison())
    await settle()
    expect(screen.shown).toBe(live)
    expect(last('run').input).toMatchObject({ paths: '10000', record: true })
    last('run').result(aRun({ paths: 10_000, recordId: 'r1' }))
    await settle()
    expect(screen.shown).toMatchObject({ how: 'full', recordId: 'r1' })
    last('curve').result(aCurve())
    await settle()
    expect(screen.stage).toBeUndefined()
  })

  it('that is cancelled leaves what was shown, says so, and tells the desk', async () => {
    const { screen, streams, last } = await handDesk()
    last('compare').result(aComparison())
    await settle()
    const live = screen.shown
    void screen.runAll()
    await settle()
    last('compare').progress(300, 10_000)
    screen.cancel()
    expect(last('compare').signal.aborted).toBe(true)
    expect(streams.filter(({ name }) => name === 'run')).toHaveLength(0)
    await settle()
    expect(screen.shown).toBe(live)
    expect(screen.left).toContain('cancelled')
    expect(screen.stage).toBeUndefined()
    expect(screen.refusal).toBeUndefined()
  })

  it('is stopped when its inputs change: its answer would be to another question', async () => {
    const { screen, last } = await handDesk()
    last('compare').result(aComparison())
    await settle()
    void screen.runAll()
    await settle()
    const full = last('compare')
    screen.form.trades = '50'
    screen.live()
    expect(full.signal.aborted).toBe(true)
    await settle()
    expect(screen.stage).toBeUndefined()
    expect(last('compare').input).toMatchObject({ trades: '50', paths: 2000 })
  })

  it('of the same inputs is neither stopped nor replaced when the screen is shown again or a decision is recorded', async () => {
    const { screen, streams, last } = await handDesk()
    last('compare').result(aComparison())
    await settle()
    last('curve').result(aCurve())
    await settle()
    void screen.runAll()
    await settle()
    screen.live()
    screen.follow(2)
    await settle()
    expect(last('compare').signal.aborted).toBe(false)
    last('compare').result(aComparison())
    await settle()
    last('run').result(aRun({ recordId: 'r2' }))
    await settle()
    screen.live()
    last('curve').result(aCurve())
    await settle()
    expect(screen.shown).toMatchObject({ how: 'full', recordId: 'r2' })
    expect(streams).toHaveLength(5)
  })

  it('whose search is cancelled stays, and says that it is kept', async () => {
    const { screen, last } = await handDesk()
    last('compare').result(aComparison())
    await settle()
    void screen.runAll()
    await settle()
    last('compare').result(aComparison())
    await settle()
    last('run').result(aRun({ recordId: 'r3' }))
    await settle()
    screen.cancel()
    await settle()
    expect(screen.shown).toMatchObject({ how: 'full', recordId: 'r3' })
    expect(screen.left).toContain('whole and kept')
  })

  it('takes the recommended fraction as policy A', async () => {
    const { screen, last } = await handDesk()
    last('compare').result(aComparison())
    await settle()
    last('curve').result(aCurve())
    await settle()
    screen.takeRecommended()
    expect(screen.form.a.input).toEqual({ method: 'fixed_fraction', fraction: '0.01' })
  })
})

describe('newest wins', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    return () => vi.useRealTimers()
  })

  it('does the newest of what waits and drops the rest', async () => {
    const done: number[] = []
    const ends: (() => void)[] = []
    const wins = new NewestWins<number>(
      (job) =>
        new Promise((resolve) => {
          done.push(job)
          ends.push(resolve)
        }),
      100,
    )
    for (const job of [1, 2, 3, 4]) wins.ask(job)
    expect(done).toEqual([1])
    ends[0]?.()
    await settle()
    expect(done).toEqual([1, 4])
  })

  it('cuts a job that runs on while another waits, and gives the next one longer', async () => {
    const signals: AbortSignal[] = []
    const wins = new NewestWins<number>((_job, signal) => {
      signals.push(signal)
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve()))
    }, 100)
    wins.ask(1)
    await vi.advanceTimersByTimeAsync(60)
    wins.ask(2)
    expect(signals[0]?.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(41)
    expect(signals[0]?.aborted).toBe(true)
    wins.ask(3)
    await vi.advanceTimersByTimeAsync(150)
    expect(signals[1]?.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(60)
    expect(signals[1]?.aborted).toBe(true)
    wins.stop()
    expect(signals[2]?.aborted).toBe(true)
  })
})

describe('the result in words', () => {
  it('has every finding with its interval, and a dash for what was not asked', () => {
    const rows = resultRows(aRun(), undefined)
    const of = (id: string) => rows.find((row) => row.id === id)
    expect(of('ruin')).toMatchObject({ a: '40.0 %', aAside: '38.0–42.0', b: '–' })
    expect(of('growth')).toMatchObject({ a: '+0.400 %', aAside: '0.380–0.420' })
    expect(of('median')).toMatchObject({ a: '× 1.48' })
    expect(of('goal')?.name).toBe('P(goal before ruin)')
    expect(resultRows(aRun({ ruin: null }), aRun())[0]).toMatchObject({ a: '–', b: '40.0 %' })
    expect(resultCsvRows(aRun(), aRun()).at(-2)?.[1]).toBe(aRun().digest)
  })

  it('judges by the upper end of the interval, and not at all without a tolerance', () => {
    const chance = (probability: number) => ({ probability, low: probability - 0.01, high: probability + 0.01 })
    expect(verdictOn(aRun(), 0.05).state).toBe('over')
    expect(verdictOn(aRun({ ruin: chance(0.045) }), 0.05).state).toBe('near')
    expect(verdictOn(aRun({ ruin: chance(0.03) }), 0.05).state).toBe('ok')
    expect(verdictOn(aRun({ ruin: null }), 0.05).state).toBe('stale')
    expect(verdictOn(aRun(), undefined).state).toBe('stale')
  })
})
