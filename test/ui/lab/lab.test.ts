import { ORPCError } from '@orpc/client'
import { describe, expect, it } from 'vitest'
import { LabInput, type LabResult, type LabRow } from '../../../src/contract/simulation/lab.ts'
import { chooseLocale } from '../../../src/ui/format/number-locale.ts'
import { ordered } from '../../../src/ui/kit/table-order.ts'
import { equityScene, equityTable } from '../../../src/ui/lab/equity-scene.ts'
import { labColumns, labCsvRows } from '../../../src/ui/lab/lab-columns.ts'
import { LabScreen, type LabSource } from '../../../src/ui/lab/lab.svelte.ts'
import { aSource } from '../simulate/runs.ts'

chooseLocale('en-US')

function aRow(id: string, over: Partial<LabRow> = {}): LabRow {
  return {
    id,
    title: `Method ${id}`,
    says: '',
    totalReturn: 0.5,
    cagr: 0.25,
    volatility: 0.15,
    sharpe: 1.5,
    sortino: 2.5,
    maxDrawdown: 0.12,
    calmar: 1.5,
    squantified: 1.2,
    valueAtRisk95: 0.01,
    expectedShortfall95: 0.011,
    valueAtRisk99: 0.012,
    expectedShortfall99: 0.013,
    probabilisticSharpe: 0.98,
    deflatedSharpe: 0.9,
    skewness: 0.1,
    kurtosis: 3,
    interestPaid: null,
    costsPaid: null,
    averageLeverage: null,
    overnightLeverage: null,
    turnover: null,
    equity: [1.1, 1.2, 1.5],
    ...over,
  }
}

function aResult(rows: LabRow[] = [aRow('a', { sharpe: 1 }), aRow('b'), aRow('c', { sharpe: null })]): LabResult {
  const none = { lookAhead: null, rebalancing: null, leftOut: [], milliseconds: 3 }
  return { says: 'ok', periods: 3, periodsPerYear: 252, assets: [], steps: [1, 2, 3], rows, variants: 3, ...none }
}

/** A lab whose questions are answered by hand. */
async function handLab(source = aSource()) {
  const asked: {
    input: LabInput
    answer: (value: LabResult) => void
    refuse: (says: string, field: string) => void
  }[] = []
  const client = {
    simulation: {
      source: () => Promise.resolve(source),
      lab: (input: LabInput) =>
        new Promise((resolve, reject) =>
          asked.push({
            input,
            answer: resolve,
            refuse: (says, field) =>
              reject(new ORPCError('REFUSED', { defined: true, data: { code: 'X', says, field } })),
          }),
        ),
    },
  }
  const screen = new LabScreen({ client } as unknown as LabSource)
  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))
  screen.follow(1)
  await settle()
  return { screen, asked, settle }
}

describe('the lab', () => {
  it('compares on the trades of the book at once, and shows the best method strong', async () => {
    const { screen, asked, settle } = await handLab()
    expect(asked[0]?.input).toEqual({ on: { from: 'trades', trades: {} } })
    asked[0]?.answer(aResult())
    await settle()
    expect(screen.chosen).toBe('b')
    expect(screen.strategies).toEqual(['macro', 'swing'])
  })

  it('begins with the example where the book has no trades', async () => {
    const { screen, asked } = await handLab(aSource({ missing: 'No closed trade has a stop.' }))
    expect(screen.on).toBe('example')
    expect(asked[0]?.input).toEqual({ on: { from: 'example', skill: '0.6', days: '1000', seed: '1' } })
    expect(LabInput.safeParse(screen.input).success).toBe(true)
  })

  it('shows the answer to the last question, whichever comes first', async () => {
    const { screen, asked, settle } = await handLab()
    screen.last = '50'
    void screen.ask()
    asked[1]?.answer(aResult([aRow('new')]))
    await settle()
    asked[0]?.answer(aResult([aRow('old')]))
    await settle()
    expect(screen.result?.rows[0]?.id).toBe('new')
  })

  it('asks nothing while a field is wrong, and puts a refusal at the field it names', async () => {
    const { screen, asked, settle } = await handLab()
    screen.on = 'csv'
    void screen.ask()
    expect(asked).toHaveLength(1)
    expect(screen.faults.csv).toContain('Forecasts are empty')
    screen.takeCsv('a.csv', 'date,symbol\n')
    screen.interest = '5'
    void screen.ask()
    expect(asked[1]?.input).toEqual({ on: { from: 'csv', text: 'date,symbol\n' }, terms: { interest: '0.05' } })
    asked[1]?.refuse('on.text has no column forecast.', 'on.text')
    await settle()
    expect(screen.faults.csv).toBe('on.text has no column forecast.')
    expect(screen.rest).toBeUndefined()
    expect(screen.result).toBeUndefined()
  })
})

describe('the table of methods', () => {
  it('has a column for every measure of the contract', () => {
    const measures = Object.keys(aRow('a')).filter((key) => !['id', 'says', 'equity'].includes(key))
    expect(labColumns.map(({ id }) => id).toSorted()).toEqual(measures.toSorted())
    expect(labCsvRows([aRow('a')])[1]).toHaveLength(labColumns.length)
  })

  it('is ordered by numbers, with what a method does not have last', () => {
    const { rows } = aResult()
    expect(ordered(rows, labColumns, { column: 'sharpe', way: 'descending' }).map(({ id }) => id)).toEqual([
      'b',
      'a',
      'c',
    ])
  })

  it('writes the absurd short, and a dash where there is nothing', () => {
    const text = (id: string, row: LabRow): string | undefined => labColumns.find((one) => one.id === id)?.text(row)
    expect(text('totalReturn', aRow('a', { totalReturn: 12_083_754 }))).toBe('1.2e9 %')
    expect(text('totalReturn', aRow('a', { totalReturn: 44.6775 }))).toBe('4,467.75 %')
    expect(text('calmar', aRow('a', { calmar: 30_894.5 }))).toBe('30,894')
    expect(text('interestPaid', aRow('a'))).toBe('–')
    expect(text('deflatedSharpe', aRow('a'))).toBe('90.0 %')
  })
})

describe('the curves of equity', () => {
  it('make the chosen one solid and strong and drawn last, the others dashed', () => {
    const { lines = [], ends = [] } = equityScene(aResult().rows, [1, 2, 3], 'a', { isLog: true, isNarrow: false })
    expect(lines.map(({ dash = [] }) => dash.length > 0)).toEqual([true, true, false])
    expect(ends.filter(({ isStrong }) => isStrong).map(({ label }) => label)).toEqual(['1.5  Method a'])
    expect(lines.every(({ x, y }) => x[0] === 0 && y[0] === 1 && x.length === y.length)).toBe(true)
  })

  it('have the same numbers as a table', () => {
    expect(equityTable(aResult().rows, [1, 2, 3]).rows[2]).toEqual(['3', '1.5000', '1.5000', '1.5000'])
  })
})
