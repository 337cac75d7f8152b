import { describe, expect, it } from 'vitest'
import { share } from '../../../support/sizing-fixtures.ts'
import { edge, example, onThePage, printed, studies } from './example.ts'

const SOL = share({ symbol: 'SOLUSD', assetClass: 'crypto', calendar: 'crypto', lotStep: '0.01', minQuantity: '0.01' })
const QUIET = studies({ volatility: '0.5', volatilityLow: '0.4', volatilityHigh: '0.8' })
/** 60 % won at 160 to 100: Kelly is 35 %. */
const TRADES = edge(12, 8, '160', '100')
const KELLY = (0.6 * 1.6 - 0.4) / 1.6

interface Order {
  readonly conviction?: string
  readonly trades?: ReturnType<typeof edge>
  readonly seen?: ReturnType<typeof studies>
}
const order = (equity: string, { conviction = 'HIGH', trades = TRADES, seen = QUIET }: Order = {}) =>
  example('tiered-kelly', {
    instrument: SOL,
    equity,
    request: { entry: '100', stop: null, conviction },
    edge: trades,
    studies: seen,
  })
const weightOf = ({ notional }: { readonly notional: string }, equity: number): number => Number(notional) / equity

describe('S3, a quarter of Kelly by tier and conviction', () => {
  it('STRATEGIST: 25 % of 35 % is 8.75 %, HIGH makes 13.125 %, within 15 %', () => {
    expect(KELLY).toBeCloseTo(0.35, 12)
    const decided = order('20000')
    expect(weightOf(decided, 20_000)).toBeCloseTo(0.25 * KELLY * 1.5, 9)
    expect(decided.quantity).toBe('26.25')
    expect(onThePage('s3-strategist', decided)).toBe(printed(decided))
  })

  it('HUNTER: HIGH counts as 1, and the step says so', () => {
    const decided = order('8000')
    expect(Number(decided.quantity)).toBeCloseTo((0.25 * KELLY * 8_000) / 100, 9)
    expect(decided.steps.find(({ rule }) => rule === 'conviction')?.says).toContain('needs the tier STRATEGIST')
    expect(onThePage('s3-hunter', decided)).toBe(printed(decided))
  })

  it('SNIPER: no Kelly, a fixed 4 % of equity in the position', () => {
    const decided = order('4000', { conviction: 'MEDIUM' })
    expect([decided.method, decided.quantity]).toEqual(['fixed_fraction', '1.6'])
    expect(onThePage('s3-sniper', decided)).toBe(printed(decided))
  })

  it('performance and volatility multiply, as in the source', () => {
    const lastProfits = ['100', '-3500', '-3500', '50', '50', '50', '50', '50', '50', '50']
    const start = 20_000 - lastProfits.reduce((sum, profit) => sum + Number(profit), 0)
    const fall = 7_000 / (start + 100)
    expect(fall).toBeGreaterThan(0.2)
    const seen = studies({ volatility: '1.2', volatilityLow: '0.4', volatilityHigh: '0.8' }, { lastProfits })
    const decided = order('20000', { conviction: 'MEDIUM', seen })
    expect(weightOf(decided, 20_000)).toBeCloseTo(0.25 * KELLY * (1 - fall) * (1 - 0.5 * 0.5), 3)
    expect(onThePage('s3-braked', decided)).toBe(printed(decided))
  })

  it('trap 20: HIGH conviction comes before the caps, never after them', () => {
    const better = edge(14, 6, '200', '100')
    expect((0.7 * 2 - 0.3) / 2).toBeGreaterThan(0.5)
    const decided = order('20000', { trades: better })
    expect(weightOf(decided, 20_000)).toBeCloseTo(0.15, 9)
    expect(decided.binding).toBe('tier')
  })

  it('trap 11: the profile says that it reads Kelly as a weight', () => {
    expect(order('20000').steps.find(({ stage }) => stage === 'propose')?.says).toContain('reads it as a weight')
  })

  it('fewer than 20 trades fall back to 2 % of equity, never above what Kelly itself gives', () => {
    expect(weightOf(order('20000', { conviction: 'MEDIUM', trades: edge(10, 8, '160', '100') }), 20_000)).toBeCloseTo(
      0.02,
      9,
    )
    const slim = edge(10, 9, '100', '100')
    const kelly = 10 / 19 - 9 / 19
    const decided = order('20000', { conviction: 'MEDIUM', trades: slim })
    expect(weightOf(decided, 20_000)).toBeCloseTo(0.25 * kelly, 3)
    expect(weightOf(decided, 20_000)).toBeLessThan(0.02)
  })

  it('a position below the tier’s least is rejected, never raised', () => {
    const faint = edge(101, 99, '100', '100')
    const decided = order('8000', { conviction: 'LOW', trades: faint })
    expect(decided.reasons.map(({ code }) => code)).toContain('TIER')
    expect(decided.quantity).toBe('0')
  })
})
