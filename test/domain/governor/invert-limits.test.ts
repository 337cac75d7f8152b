import { describe, expect, it } from 'vitest'
import { valueBook } from '../../../src/domain/book.ts'
import { invert } from '../../../src/domain/governor/invert.ts'
import type { BookInput } from '../../../src/domain/inputs.ts'
import { book, DISCRETIONARY, inputs, position, reading, share, type Told } from '../../support/sizing-fixtures.ts'
import { ask } from './asking.ts'

describe('which limit must move', () => {
  it('says each limit below the quantity, by how much, with the setting that is enough', () => {
    const { limits, allowed } = ask('500', {}, { through: 'typed', unknowns: [] })
    expect(allowed).toBe(false)
    expect(limits.moves).toMatchObject([
      {
        rule: 'risk_per_trade',
        allows: '400',
        limit: '2000',
        needed: '2500',
        more: '500',
        setting: { path: 'ceilings.risk_per_trade.max', from: '0.02', to: '0.025' },
      },
    ])
    expect(limits).toMatchObject({ enough: true, then: { quantity: '500' } })
  })

  it('counts what is held, and moves several limits together', () => {
    const held = { positions: [position({ symbol: 'ACME', spec: share(), quantity: '100', stop: '45' })] }
    const { limits } = ask('800', {}, { through: 'typed', unknowns: [] }, held)
    expect(limits.moves.length).toBeGreaterThan(1)
    expect(limits.enough).toBe(true)
    for (const { needed, limit, more } of limits.moves)
      expect(Number(needed)).toBeCloseTo(Number(limit) + Number(more), 6)
  })

  it('says that moving them is not enough where a brake cuts', () => {
    const told = { account: { peakEquity: reading('105000') } }
    const { limits } = ask('500', told, { through: 'typed', unknowns: [] })
    expect(limits.enough).toBe(false)
    expect(limits.then.reasons.map(({ code }) => code)).toContain('DRAWDOWN')
  })
})

describe('a question that cannot be asked', () => {
  const refusal = (quantity: unknown, told: Told = {}, held: Partial<BookInput> = {}) => {
    const answer = invert(inputs(told), valueBook(book(held)), DISCRETIONARY, { quantity, through: 'method' })
    return answer.ok ? 'answered' : answer.error[0]
  }

  it('is refused by the field at fault: off the lot, below the smallest order, no number, no instrument', () => {
    expect(refusal('10.5')).toMatchObject({ code: 'INPUT_OUT_OF_RANGE', field: 'quantity' })
    expect(refusal('5', { instrument: share({ minQuantity: '10' }) })).toMatchObject({ code: 'BELOW_MIN_LOT' })
    expect(refusal('ten')).toMatchObject({ code: 'INPUT_MALFORMED' })
    expect(refusal('5', { instrument: null })).toMatchObject({ code: 'INPUT_MISSING', field: 'instrument' })
    expect(refusal('5', { request: { side: 'up' } })).toMatchObject({ field: 'request.side' })
  })

  it('is refused for an exit, which no limit holds', () => {
    const held = { positions: [position({ symbol: 'ACME', spec: share() })] }
    expect(refusal('5', { request: { side: 'sell', stop: null } }, held)).toMatchObject({ field: 'request.side' })
  })

  it('is answered with the missing input where equity is not known', () => {
    const { answers, now } = ask('300', { account: { equity: reading(null) } })
    expect(now.quantity).toBe('0')
    for (const { kind } of answers) expect(['never', 'no_effect']).toContain(kind)
  })
})
