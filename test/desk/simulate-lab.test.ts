import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusalOf, simulatingRoom, type SimulatingRoom } from './simulating-room.ts'

let room: SimulatingRoom
beforeAll(async () => {
  room = await simulatingRoom({ workers: 0 }, 'sample')
})
afterAll(() => room.close())

describe('the bundled example', () => {
  it('earns the absurd at skill 0.6, and is flagged for it', async () => {
    const { rows, lookAhead } = await room.calls.simulation.lab({ on: { from: 'example', skill: 0.6 } })
    expect(Math.max(...rows.map(({ sharpe }) => sharpe ?? 0))).toBeGreaterThan(20)
    expect(lookAhead).toMatchObject({ suspected: true })
    expect(lookAhead?.says.join(' ')).toContain('contain part of the answer')
  })

  it('earns no more than luck at skill 0, and is not flagged', async () => {
    for (const seed of [1, 2, 3, 4]) {
      const { rows, lookAhead, says } = await room.calls.simulation.lab({
        on: { from: 'example', skill: 0, days: 2_520, seed },
      })
      expect(lookAhead).toMatchObject({ suspected: false, says: [] })
      expect(says).toContain('Luck alone')
      const forecasting = rows.filter(({ id }) => id !== 'equal_weight')
      // Three standard errors of a Sharpe ratio over ten years.
      for (const { sharpe } of forecasting) expect(Math.abs(sharpe ?? 9)).toBeLessThan(3 / Math.sqrt(10))
    }
  })

  it('charges interest on what is held overnight above equity', async () => {
    const on = { from: 'example', skill: 0.6, days: 252 } as const
    const dear = await room.calls.simulation.lab({ on, terms: { interest: 0.5 } })
    const free = await room.calls.simulation.lab({ on, terms: { interest: 0 } })
    const paid = (rows: typeof dear.rows): number =>
      rows.reduce((sum, { interestPaid }) => sum + (interestPaid ?? 0), 0)
    expect(paid(free.rows)).toBe(0)
    expect(paid(dear.rows)).toBeGreaterThan(0.1)
  })

  it('deflates the Sharpe ratio by the number of variants tried', async () => {
    const on = { from: 'example', skill: 0.05, days: 504 } as const
    const few = await room.calls.simulation.lab({ on, variants: 7 })
    const many = await room.calls.simulation.lab({ on, variants: 10_000 })
    expect(many.variants).toBe(10_000)
    few.rows.forEach((row, index) =>
      expect(row.deflatedSharpe ?? 0).toBeGreaterThan(many.rows[index]?.deflatedSharpe ?? 1),
    )
    const refusal = await refusalOf(room.calls.simulation.lab({ on, variants: 2 }))
    expect(refusal).toMatchObject({ field: 'variants', says: expect.stringContaining('at least 7') as string })
  })
})

describe('a file of forecasts', () => {
  const head = 'date,symbol,forecast,return,volatility'
  const days = Array.from({ length: 40 }, (_, day) => {
    const came = Math.sin(day * 1.7) * 0.01
    return `2026-${String(1 + Math.floor(day / 28)).padStart(2, '0')}-${String(1 + (day % 28)).padStart(2, '0')},ABC,${came},${came},0.01`
  })

  it('is compared day by day, and perfect forecasts are flagged', async () => {
    const found = await room.calls.simulation.lab({ on: { from: 'csv', text: [head, ...days].join('\n') } })
    expect(found).toMatchObject({ periods: 40, assets: ['ABC'], periodsPerYear: 252 })
    expect(found.lookAhead?.skill).toBeCloseTo(1, 9)
    expect(found.lookAhead?.suspected).toBe(true)
    expect(found.rows.every(({ equity }) => equity.length === found.steps.length)).toBe(true)
  })

  it('measures a missing volatility on the days before, never on the day itself', async () => {
    const bare = [head.replace(',volatility', ''), ...days.map((line) => line.replace(/,0\.01$/, ''))]
    const found = await room.calls.simulation.lab({ on: { from: 'csv', text: bare.join('\n') } })
    expect(found.periods).toBe(35)
    expect(found.says).toContain('The first 5 days only served to measure volatility')
  })

  it('is put in order by its days, and grows by the calendar', async () => {
    const sorted = await room.calls.simulation.lab({ on: { from: 'csv', text: [head, ...days].join('\n') } })
    const text = [head, ...days.toReversed()].join('\n')
    const found = await room.calls.simulation.lab({ on: { from: 'csv', text } })
    expect(found.rows).toEqual(sorted.rows)
    // 42 days lie between the first of the 40 rows and the last: 29 to 31 January are missing.
    const years = (42 / 39) * (40 / 365.25)
    for (const { cagr, totalReturn } of found.rows) expect(cagr).toBeCloseTo((1 + totalReturn) ** (1 / years) - 1, 9)
  })

  it.each([
    [
      'days in another order of figures',
      `${head}\n01/02/2026,A,0,0,0.01\n02/01/2026,A,0,0,0.01`,
      /line 2: «01\/02\/2026» is no day/i,
    ],
    ['a day that never was', `${head}\n2026-02-30,A,0,0,0.01`, /is no day/],
    ['weeks', `${head}\n2026-01-05,A,0,0,0.01\n2026-01-12,A,0,0,0.01`, /7\.0 days apart/],
    ['a kind that is none', `${head},kind\n2026-01-01,A,0,0,0.01,cripto`, /must be equity or crypto/],
    [
      'two kinds of one symbol',
      `${head},kind\n2026-01-01,A,0,0,0.01,crypto\n2026-01-02,A,0,0,0.01,equity`,
      /A is equity here/,
    ],
    ['no forecast column', 'date,symbol,return\n2026-01-01,A,0.1', /lacks the columns forecast/],
    ['NaN', `${head}\n2026-01-01,A,NaN,0.1,0.01`, /line 2, forecast/],
    ['a locale comma', `${head.replaceAll(',', ';')}\n2026-01-01;A;0,1;0.1;0.01`, /line 2, forecast/],
    ['a day twice', `${head}\n2026-01-01,A,0,0,0.01\n2026-01-01,A,0,0,0.01`, /a second time/],
    ['a symbol missing on a day', `${head}\n2026-01-01,A,0,0,0.01\n2026-01-02,B,0,0,0.01`, /has no line on/],
    ['one day', `${head}\n2026-01-01,A,0,0,0.01`, /at least 2 are needed/],
    ['a loss of more than everything', `${head}\n2026-01-01,A,0,-2,0.01`, /loses more than everything/],
  ])('is refused in one sentence: %s', async (_, text, says) => {
    const refusal = await refusalOf(room.calls.simulation.lab({ on: { from: 'csv', text } }))
    expect(refusal.says).toMatch(says)
  })
})

describe('the trades of the book', () => {
  it('are replayed under every policy, and what cannot stake on them is listed with why', async () => {
    const { rows, leftOut, lookAhead, periods } = await room.calls.simulation.lab({ on: { from: 'trades' } })
    expect(periods).toBe((await room.calls.simulation.source()).withR)
    expect(rows.map(({ id }) => id).join()).toContain('kelly_trades')
    expect(leftOut.map(({ method }) => method)).toContain('fixed_qty')
    expect(lookAhead).toBeNull()
    expect(rows.every(({ interestPaid, turnover }) => interestPaid === null && turnover === null)).toBe(true)
  })

  it('take no terms, which would change nothing', async () => {
    const refusal = await refusalOf(room.calls.simulation.lab({ on: { from: 'trades' }, terms: { cost: 0.01 } }))
    expect(refusal).toMatchObject({ code: 'UNIT_MISMATCH', field: 'terms' })
  })

  it('give a fixed fraction the product of its trades', async () => {
    const policies = [{ method: 'fixed_fraction', fraction: 0.01 }]
    const { rows } = await room.calls.simulation.lab({ on: { from: 'trades', policies } })
    const { rows: trades } = await room.calls.journal.trades({ limit: 1000, order: 'exitAt', way: 'ascending' })
    const product = trades.reduce((wealth, { r }) => wealth * (1 + 0.01 * Number(r)), 1)
    expect(rows[0]?.totalReturn).toBeCloseTo(product - 1, 9)
    expect(rows[0]?.equity.at(-1)).toBeCloseTo(product, 9)
  })
})
