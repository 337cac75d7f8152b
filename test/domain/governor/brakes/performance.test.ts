import { describe, expect, it } from 'vitest'
import { braked, studies } from '../one-rule.ts'

const S3 = { trades: 20, least: 10, drawdown: '0.2', streakBoost: '1' }
const after = (lastProfits: readonly string[], settings = S3) =>
  braked('performance', settings, { studies: studies({ lastProfits }) })
const even = (count: number): string[] => Array.from({ length: count }, () => '0')

describe('the performance brake on 100,000 now', () => {
  it('is 1 less the fall, where the balance fell by more than a fifth: 150,000 to 100,000 is a third', () => {
    expect(after([...even(9), '-50000'])).toEqual({
      stage: 'adjust',
      rule: 'performance',
      title: 'Recent performance',
      before: '200',
      after: '133.333333333333',
      factor: '0.666666666667',
      ceiling: null,
      passed: false,
      code: 'BRAKED',
      facts: { trades: '10', drawdown: '0.333333333333' },
      says: 'The balance fell 33.33 % within the last 10 trades.',
    })
  })

  it('leaves a fall of exactly a fifth alone, and brakes one a cent deeper', () => {
    expect(after([...even(9), '-25000'])).toMatchObject({
      factor: '1',
      code: null,
      facts: { trades: '10', drawdown: '0.2' },
      says: 'The largest fall within the last 10 trades is 20.00 %.',
    })
    expect(after([...even(9), '-25000.01'])).toMatchObject({ factor: '0.799999936' })
  })

  it('measures from the highest balance on the way, and keeps the deepest fall after a recovery', () => {
    // Began at 80,000: 80 → 120 → 60 (half) → 100: the peak is 120,000, not where it began.
    expect(after([...even(7), '40000', '-60000', '40000'])).toMatchObject({
      factor: '0.5',
      facts: { trades: '10', drawdown: '0.5' },
    })
    // 80 → 120 → 90 (a quarter) → 130 → 100 (less than a quarter): the quarter counts.
    expect(after([...even(6), '40000', '-30000', '40000', '-30000'])).toMatchObject({ factor: '0.75' })
  })

  it('counts the balance before the trades as the first peak', () => {
    expect(after(['-50000', ...even(9)])).toMatchObject({ factor: '0.666666666667' })
  })

  it('looks at the last trades only, and needs the least number of them', () => {
    expect(after(['-900000', ...even(20)])).toMatchObject({ factor: '1', facts: { trades: '20', drawdown: '0' } })
    expect(after(['-50000', ...even(8)])).toMatchObject({
      factor: '1',
      passed: true,
      facts: { trades: '9' },
      says: '9 closed trades, 10 are needed before performance counts.',
    })
    expect(braked('performance', S3)).toMatchObject({ factor: '1', facts: { trades: '0' } })
  })

  it('stops where the balance came from nothing, which is a fall without a measure', () => {
    // 300,000 earned on 100,000: it began 200,000 below nothing.
    expect(after([...even(9), '300000'])).toMatchObject({ factor: '0', facts: { trades: '10', drawdown: '1' } })
    expect(after([...even(9), '100000'])).toMatchObject({ factor: '0', facts: { trades: '10', drawdown: '1' } })
    expect(after([...even(9), '99999'])).toMatchObject({ factor: '1' })
  })

  it('stops on a profit that cannot be read', () => {
    expect(after([...even(9), '1,5'])).toMatchObject({ factor: '0', after: '0', code: 'BRAKED', facts: {} })
  })

  it('boosts after four wins of five only where it is switched on, and never above 1 without allowed boosts', () => {
    const won = [...even(5), '-1', '1', '1', '1', '1']
    const boost = { ...S3, streakBoost: '1.1' }
    const stepped = after(won, boost)
    expect(stepped).toMatchObject({ factor: '1', facts: { trades: '10' } })
    expect(stepped.says).toBe('4 of the last 5 trades won. A boost of × 1.10 is not allowed by the profile.')
    expect(after(won).says).toContain('The largest fall')
    expect(after([...even(5), '-1', '0', '1', '1', '1'], boost).says).toContain('The largest fall')
    expect(after([...even(4), '1', '-1', '0', '1', '1', '1'], boost).says).toContain('The largest fall')
    expect(after(['1', '1', '1', '1'], { ...boost, least: 1 }).says).toContain('The largest fall')
    expect(after(['1', '1', '1', '1', '1'], { ...boost, least: 1 }).says).toContain('5 of the last 5 trades won')
  })
})
