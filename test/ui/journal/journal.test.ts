import { ORPCError } from '@orpc/client'
import { describe, expect, it } from 'vitest'
import { JournalScreen, type JournalSource } from '../../../src/ui/journal/journal.svelte.ts'
import { aReview, aTrade } from './reviews.ts'

interface Asked {
  readonly call: string
  readonly input: unknown
  readonly answer: (value: unknown) => void
  readonly refuse: (code: string) => void
}

/** A desk whose calls are answered by hand, in any order. */
function handDesk() {
  const asked: Asked[] = []
  const call =
    (name: string) =>
    (input: unknown): Promise<unknown> =>
      new Promise((resolve, reject) =>
        asked.push({
          call: name,
          input,
          answer: resolve,
          refuse: (code) => reject(new ORPCError('REFUSED', { defined: true, data: { code, says: code } })),
        }),
      )
  const client = {
    journal: { trades: call('trades'), review: call('review') },
    limits: { status: call('status') },
    edge: { regime: call('regime'), setRegime: call('setRegime') },
  }
  const screen = new JournalScreen({ client, timeZone: 'America/New_York' } as unknown as JournalSource)
  const last = (name: string): Asked => {
    const found = asked.findLast((one) => one.call === name)
    if (found === undefined) throw new Error(`${name} was not asked`)
    return found
  }
  return { screen, asked, last, settle: () => new Promise((resolve) => setTimeout(resolve, 0)) }
}

describe('the journal', () => {
  it('asks once for each change, and for list, review, status and regime together', () => {
    const { screen, asked } = handDesk()
    screen.follow(3)
    screen.follow(3)
    expect(asked.map(({ call }) => call).sort()).toEqual(['regime', 'review', 'status', 'trades'])
    screen.follow(4)
    expect(asked).toHaveLength(8)
  })

  it('shows the answer to the last question, whichever comes first', async () => {
    const { screen, asked, settle } = handDesk()
    void screen.load()
    screen.strategy = 'swing'
    void screen.load()
    asked[2]?.answer({ rows: [aTrade({ tradeId: 'new' })], total: 1 })
    asked[3]?.answer(aReview())
    await settle()
    asked[0]?.answer({ rows: [aTrade({ tradeId: 'old' })], total: 9 })
    asked[1]?.answer(aReview())
    await settle()
    expect(screen.rows?.map(({ tradeId }) => tradeId)).toEqual(['new'])
    expect(screen.total).toBe(1)
    expect(screen.loading).toBe(false)
  })

  it('keeps the review that is on its way when the list is ordered meanwhile', async () => {
    const { screen, asked, settle } = handDesk()
    void screen.load()
    void screen.orderBy({ column: 'profit', way: 'ascending' })
    asked[2]?.answer({ rows: [aTrade({ tradeId: 'ordered' })], total: 1 })
    asked[0]?.answer({ rows: [aTrade({ tradeId: 'not ordered' })], total: 1 })
    asked[1]?.answer(aReview())
    await settle()
    expect(screen.rows?.map(({ tradeId }) => tradeId)).toEqual(['ordered'])
    expect(screen.review).toEqual(aReview())
    expect(screen.loading).toBe(false)
  })

  it('reads days in the zone of the account, the last day included', () => {
    const { screen, last } = handDesk()
    screen.from = '2026-03-02'
    screen.to = '2026-03-03'
    void screen.load()
    // New York is five hours behind UTC in winter.
    expect(last('review').input).toEqual({ from: Date.UTC(2026, 2, 2, 5), to: Date.UTC(2026, 2, 4, 5) - 1 })
  })

  it('asks nothing while the days are the wrong way round, and says so', () => {
    const { screen, asked } = handDesk()
    screen.from = '2026-03-04'
    screen.to = '2026-03-01'
    void screen.load()
    void screen.orderBy({ column: 'profit', way: 'ascending' })
    void screen.more()
    expect(asked).toHaveLength(0)
    expect(screen.dates.wrong).toContain('exchange them')
    screen.to = '2026-03-04'
    expect(screen.dates.wrong).toBeUndefined()
  })

  it('lets the desk order, and asks for more rows in the same order', () => {
    const { screen, last } = handDesk()
    void screen.orderBy({ column: 'profit', way: 'ascending' })
    expect(last('trades').input).toMatchObject({ order: 'profit', way: 'ascending', limit: 100 })
    void screen.more()
    expect(last('trades').input).toMatchObject({ order: 'profit', way: 'ascending', limit: 200 })
    void screen.orderBy({ column: 'unheard of', way: 'ascending' })
    expect(last('trades').input).toMatchObject({ order: 'exitAt' })
  })

  it('shows nothing and the reason where the desk refuses', async () => {
    const { screen, last, settle } = handDesk()
    void screen.load()
    last('trades').answer({ rows: [], total: 0 })
    last('review').refuse('LIMITS_MISSING')
    await settle()
    expect(screen.review).toBeUndefined()
    expect(screen.refusal?.code).toBe('LIMITS_MISSING')
  })

  it('tells of a file how many of how many trades it holds, and why there is none', async () => {
    const { screen, asked, last } = handDesk()
    const written = screen.exportTo('trades.csv')
    expect(last('trades').input).toMatchObject({ limit: 5000 })
    last('trades').answer({ rows: [aTrade({ tradeId: 'one' })], total: 7 })
    const { rows, says } = await written
    expect(rows?.map(({ tradeId }) => tradeId)).toEqual(['one'])
    expect(says).toBe('1 of 7 trades were written to trades.csv: narrow the dates to write the others.')
    const refused = screen.exportTo('trades.csv')
    last('trades').refuse('STORE_IO')
    expect(await refused).toEqual({ says: 'No trades were written: STORE_IO' })
    Object.assign(screen, { from: '2026-03-04', to: '2026-03-01' })
    expect((await screen.exportTo('trades.csv')).says).toContain('exchange them')
    expect(asked).toHaveLength(2)
  })

  it('looks at all trades again at one stroke', () => {
    const { screen, last } = handDesk()
    Object.assign(screen, { strategy: 'a', symbol: 'b', tag: 'c', from: '2026-01-01', to: '2026-02-01' })
    expect(screen.isFiltered).toBe(true)
    screen.clear()
    expect(last('review').input).toEqual({})
    expect(screen.isFiltered).toBe(false)
  })

  it('tries a budget out, and keeps the answer to the last one', async () => {
    const { screen, asked, settle } = handDesk()
    void screen.loadStatus()
    screen.budget = '0.03'
    void screen.loadStatus()
    const [first, second] = asked.filter(({ call }) => call === 'status')
    expect(second?.input).toEqual({ budget: '0.03' })
    const regimes = asked.filter(({ call }) => call === 'regime')
    regimes.forEach(({ answer }) => answer({ regime: 'chop', quality: null, at: 1 }))
    second?.answer({ bot_count: 2 })
    await settle()
    first?.refuse('LIMITS_MISSING')
    await settle()
    expect(screen.status?.bot_count).toBe(2)
    expect(screen.statusRefusal).toBeUndefined()
    expect(screen.regime?.regime).toBe('chop')
  })

  it('keeps the regime that was set where a new one is refused', async () => {
    const { screen, last, settle } = handDesk()
    void screen.setRegime('trend', '')
    expect(last('setRegime').input).toEqual({ regime: 'trend', quality: null })
    last('setRegime').answer({ regime: 'trend', quality: null, at: 1 })
    await settle()
    void screen.setRegime('trend', '7')
    last('setRegime').refuse('INPUT_OUT_OF_RANGE')
    await settle()
    expect(screen.regime?.regime).toBe('trend')
    expect(screen.regimeRefusal?.code).toBe('INPUT_OUT_OF_RANGE')
  })
})
