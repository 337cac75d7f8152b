import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closesOf, noise } from '../desk/portfolio-room.ts'
import { ballast, ballastJson } from './run-ballast.ts'

const folder = mkdtempSync(join(tmpdir(), 'ballast-cli-portfolio-'))
const where = ['--data-dir', folder] as const
const prices = join(folder, 'prices')

const day = (index: number): string => new Date(Date.UTC(2024, 0, 1) + index * 86_400_000).toISOString().slice(0, 10)

beforeAll(async () => {
  expect((await ballast(['book', 'sample', ...where])).exit).toBe(0)
  mkdirSync(prices)
  const [shared, own] = [closesOf(noise(300, 1)), closesOf(noise(300, 2))]
  const bars = (closes: readonly number[]): string =>
    `date,close\n${closes.map((close, i) => `${day(i)},${close.toFixed(4)}`).join('\n')}\n`
  writeFileSync(join(prices, 'AAA.csv'), bars(shared))
  writeFileSync(join(prices, 'BBB.csv'), bars(shared))
  const wide = own.map((close, i) => `${day(i)},${close.toFixed(4)},${i < 200 ? '' : (100 + i).toString()}`)
  writeFileSync(join(prices, 'wide.csv'), `date,CCC,LATE\n${wide.join('\n')}\n`)
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('stats', { timeout: 60_000 }, () => {
  it('studies a folder of price files with a look-back of 250, and tells what is missing', async () => {
    const { exit, document, stderr } = await ballastJson(['stats', '--bars', prices, ...where])
    expect(exit, stderr).toBe(0)
    expect(document).toMatchObject({ ok: true, lookback: 250, periods: 250, symbols: ['AAA', 'BBB', 'CCC', 'LATE'] })
    const raw = document['raw'] as number[][]
    expect(raw[0]?.[1]).toBeCloseTo(1, 6)
    expect(Math.abs(raw[0]?.[2] ?? 1)).toBeLessThan(0.3)
    expect(document['notes']).toContain(
      'wide.csv: 200 empty cells are missing prices and stay missing, none is filled: LATE 200.',
    )
    expect(JSON.stringify(document['assets'])).toContain('before its first bar')
  })

  it('studies the book as a table for people', async () => {
    const { stdout, exit } = await ballast(['stats', ...where])
    expect(exit).toBe(0)
    expect(stdout).toMatch(/^8 instruments over 60 periods/)
    expect(stdout).toMatch(/AAPL +equity +\d+\.\d % +60 {2}No period is missing\./)
    expect(stdout).toMatch(/noise ends at \d\.\d\d/)
  })

  it.each([
    [['--bars', join(folder, 'none')], 'FILE_MISSING', 4],
    [['--lookback', '5', '--bars', prices], 'USAGE', 2],
    [['--lookback', '5'], 'INPUT_OUT_OF_RANGE', 3],
    [['--symbols', 'NONE,AAPL'], 'NOT_FOUND', 4],
    [['--symbols', 'NONE', '--bars', prices], 'NOT_FOUND', 4],
  ])('refuses %o with a code', async (words, code, exit) => {
    const refused = await ballastJson(['stats', ...words, ...where])
    expect(refused).toMatchObject({ exit, document: { ok: false, code } })
  })
})

describe('correlation', { timeout: 60_000 }, () => {
  it('writes the matrix as CSV to stdout or a file, and as JSON', async () => {
    const out = join(folder, 'matrix.csv')
    const words = ['correlation', '--bars', prices, '--matrix', 'raw', '--symbols', 'AAA,BBB,CCC', ...where]
    const { stdout } = await ballast(words)
    const { document } = await ballastJson([...words, '--out', out])
    const lines = stdout.trim().split('\n')
    expect(lines[0]).toBe('symbol,AAA,BBB,CCC')
    expect(readFileSync(out, 'utf8').trim()).toBe(stdout.trim())
    const values = document['values'] as number[][]
    expect(lines.slice(1).map((line) => line.split(',').slice(1).map(Number))).toEqual(values)
    expect(values[0]?.[0]).toBe(1)
  })

  it('says so where the file cannot be written', async () => {
    const out = join(folder, 'none', 'matrix.csv')
    const { exit, document } = await ballastJson(['correlation', '--bars', prices, '--out', out, ...where])
    expect({ exit, ...document }).toMatchObject({ ok: false, code: 'STORE_IO', field: '--out' })
    expect(document['says']).toContain(`${out} cannot be written`)
  })

  it('counts the periods of each pair', async () => {
    const { document } = await ballastJson(['correlation', '--matrix', 'counts', '--bars', prices, ...where])
    const [first] = document['values'] as number[][]
    expect(first?.slice(0, 3)).toEqual([250, 250, 250])
    expect(first?.[3]).toBeLessThan(110)
  })

  it('refuses a matrix it does not know', async () => {
    const { exit, document } = await ballastJson(['correlation', '--matrix', 'best', ...where])
    expect([exit, document['code']]).toEqual([2, 'USAGE'])
  })
})

describe('sensors', { timeout: 60_000 }, () => {
  it('are one document for programs and a table for people', async () => {
    const { exit, document } = await ballastJson(['sensors', '--symbol', 'AAPL', ...where])
    expect(exit).toBe(0)
    expect(document).toMatchObject({ ok: true, symbol: 'AAPL', weakest: { multiplier: 1 } })
    expect((document['sensors'] as { id: string }[]).map(({ id }) => id)).toEqual([
      'lyapunov',
      'ising',
      'eigen',
      'volatility_regime',
      'market_regime',
    ])
    const { stdout } = await ballast(['sensors', ...where])
    expect(stdout).toContain('Lyapunov exponent')
    expect(stdout).toContain('abstains')
  })
})

describe('portfolio', { timeout: 60_000 }, () => {
  it('plans towards targets and records nothing unless told to', async () => {
    const words = ['portfolio', 'plan', '--target', 'AAPL=0.02', '--target', 'NVDA=0', '--stop', '0.05', ...where]
    const { exit, document } = await ballastJson(words)
    expect(exit).toBe(0)
    const { orders } = document['plan'] as { orders: { symbol: string; side: string }[] }
    expect(orders.map(({ side, symbol }) => `${side} ${symbol}`)).toEqual(['sell NVDA', 'buy AAPL'])
    const before = await ballastJson(['decisions', ...where])
    const recorded = await ballastJson([...words, '--record', '--yes'])
    const after = await ballastJson(['decisions', ...where])
    expect(recorded.document['recorded']).toMatchObject({ decisions: [{ symbol: 'NVDA' }, { symbol: 'AAPL' }] })
    expect(Number(after.document['total']) - Number(before.document['total'])).toBe(2)
  })

  it('weighs and plans in one go', async () => {
    const { stdout, exit } = await ballast([
      ...['portfolio', 'plan', '--method', 'hrp', '--symbols', 'AAPL,SPY', '--upper', '1', '--invest', '0.2'],
      ...where,
    ])
    expect(exit).toBe(0)
    expect(stdout).toMatch(/^hrp holds 2 of 2/)
  })

  it('shows the risk of the positions and lives through the past', async () => {
    const { document } = await ballastJson([
      'portfolio',
      'risk',
      '--from',
      '2026-01-05',
      '--to',
      '2026-06-30',
      ...where,
    ])
    expect((document['stress'] as { id: string }[]).map(({ id }) => id)).toEqual([
      'stops',
      'together',
      'against',
      'window',
      'worst_day',
    ])
  })

  it.each([
    [['--method', 'magic'], 'USAGE'],
    [['--target', 'AAPL'], 'USAGE'],
    [[], 'USAGE'],
    [['--method', 'min_variance', '--upper', '0.01'], 'INPUT_OUT_OF_RANGE'],
  ])('refuses a plan by %o', async (words, code) => {
    const { document } = await ballastJson(['portfolio', 'plan', ...words, ...where])
    expect(document).toMatchObject({ ok: false, code })
  })
})
