import { describe, expect, it } from 'vitest'
import { EDGE, figures, sentence } from '../asking.ts'

const settings = {
  readAs: 'risk',
  fraction: '0.25',
  cap: '0.5',
  minimumTrades: 20,
  windowDays: 30,
  fallbackRisk: '0.005',
}
const of = (edge: Partial<typeof EDGE>, changed: object = {}) =>
  figures('kelly_trades', { edge: { ...EDGE, ...edge } }, { ...settings, ...changed })

describe('kelly_trades', () => {
  it('stakes a quarter of f* = p − q/b: 0.6 − 0.4/2 = 0.4 is 10 % of equity at the stop', () => {
    expect(of({ meanWin: '200' })).toEqual({
      risk: '0.1',
      facts: { winRate: '0.6', payoff: '2', kelly: '0.4', fraction: '0.25', trades: '100' },
    })
    expect(sentence('kelly_trades', { edge: { ...EDGE, meanWin: '200' } }, settings)).toBe(
      'Kelly 40.00 % from 100 trades of strategy alpha, × 0.25 = 10.00 % of equity at the stop.',
    )
  })

  it('cuts full Kelly to the cap before the fraction, and says so only above it', () => {
    const above = { edge: { ...EDGE, wins: 90, losses: 10 } }
    expect(figures('kelly_trades', above, settings)).toMatchObject({ risk: '0.125', facts: { kelly: '0.8' } })
    expect(sentence('kelly_trades', above, settings)).toContain('capped at 50.00 %')
    // 75 even wins of 100 are exactly the cap.
    const at = { edge: { ...EDGE, wins: 75, losses: 25 } }
    expect(figures('kelly_trades', at, settings)).toMatchObject({ risk: '0.125', facts: { kelly: '0.5' } })
    expect(sentence('kelly_trades', at, settings)).not.toContain('capped')
  })

  it('counts wins and losses, not scratches, towards the least trades', () => {
    expect(of({ wins: 12, losses: 8, scratches: 0 })).toMatchObject({ risk: '0.05', facts: { trades: '20' } })
    expect(of({ wins: 12, losses: 7, scratches: 500 })).toEqual({
      risk: '0.005',
      facts: { trades: '19', needed: '20', risk: '0.005' },
      notes: ['FALLBACK edge'],
    })
  })

  it('falls back to no more than it would stake itself: at the estimate, or at the cap where there is none', () => {
    // f* of 5 wins in 9 even bets is 1/9; a quarter of it is 0.0278.
    expect(of({ wins: 5, losses: 4 }, { fallbackRisk: '0.05' })).toMatchObject({ risk: '0.02777777777775' })
    expect(of({ wins: 9, losses: 0, meanLoss: null }, { fallbackRisk: '0.05', cap: '0.1' })).toMatchObject({
      risk: '0.025',
      notes: ['FALLBACK edge'],
    })
    expect(of({ wins: 0, losses: 0, meanWin: null, meanLoss: null })).toMatchObject({
      risk: '0.005',
      facts: { trades: '0', needed: '20', risk: '0.005' },
    })
  })

  it('says which of the two made it fall back', () => {
    const few = sentence('kelly_trades', { edge: { ...EDGE, wins: 12, losses: 7 } }, settings)
    expect(few).toBe(
      'FALLBACK: 19 closed trades, 20 are needed (strategy alpha); the fallback risk of 0.50 % of equity stands in.',
    )
    const won = sentence('kelly_trades', { edge: { ...EDGE, losses: 0, meanLoss: null } }, settings)
    expect(won).toContain('no losing trade yet, so the payoff is not defined')
  })

  it('is zero without an edge, at exactly none too, and before there are enough trades', () => {
    for (const edge of [{ wins: 50, losses: 50 }, { wins: 40, losses: 60 }, { wins: 2, losses: 3 }, { meanWin: '66' }])
      expect(of(edge)).toEqual({ refused: 'NO_EDGE edge' })
    expect(sentence('kelly_trades', { edge: { ...EDGE, wins: 40, losses: 60 } }, settings)).toBe(
      'The 100 closed trades of strategy alpha show no edge (Kelly -20.00 %), so the size is zero.',
    )
    expect(of({ wins: 0, losses: 9, meanWin: null })).toEqual({ refused: 'NO_EDGE edge' })
  })

  it('refuses a record that is missing or broken', () => {
    expect(figures('kelly_trades', {}, settings)).toEqual({ refused: 'INPUT_MISSING edge' })
    expect(of({ wins: Number.NaN })).toEqual({ refused: 'INPUT_NOT_FINITE edge.wins' })
    expect(of({ losses: -1 })).toEqual({ refused: 'INPUT_OUT_OF_RANGE edge.losses' })
    expect(of({ scratches: 0.5 })).toEqual({ refused: 'INPUT_OUT_OF_RANGE edge.scratches' })
    expect(of({ meanWin: 'NaN' })).toEqual({ refused: 'INPUT_NOT_FINITE edge.meanWin' })
    expect(of({ meanLoss: '0' })).toEqual({ refused: 'INPUT_OUT_OF_RANGE edge.meanLoss' })
  })

  describe('read as a weight', () => {
    const weight = { ...settings, readAs: 'weight' }
    const short = { side: 'sell', stop: '105' }

    it('puts the share into the position, signed by the side', () => {
      const facts = { winRate: '0.6', payoff: '1', kelly: '0.2', fraction: '0.25', trades: '100', readAs: 'weight' }
      expect(figures('kelly_trades', { edge: EDGE }, weight)).toEqual({ weight: '0.05', facts })
      expect(figures('kelly_trades', { edge: EDGE, request: short }, weight)).toEqual({ weight: '-0.05', facts })
      const says = sentence('kelly_trades', { edge: EDGE }, weight)
      expect(says).toContain('5.00 % of equity. The profile reads it as a weight')
    })

    it('needs no stop', () => {
      const stopless = { edge: EDGE, request: { stop: undefined } }
      expect(figures('kelly_trades', stopless, weight)).toMatchObject({ weight: '0.05' })
      expect(figures('kelly_trades', stopless, settings)).toEqual({ refused: 'INPUT_MISSING request.stop' })
    })

    it('reads a fallback the same way and keeps its remark', () => {
      expect(figures('kelly_trades', { edge: { ...EDGE, wins: 12, losses: 7 }, request: short }, weight)).toEqual({
        weight: '-0.005',
        facts: { trades: '19', needed: '20', risk: '0.005', readAs: 'weight' },
        notes: ['FALLBACK edge'],
      })
    })

    it('refuses as it does otherwise', () => {
      expect(figures('kelly_trades', {}, weight)).toEqual({ refused: 'INPUT_MISSING edge' })
    })
  })
})
