import { describe, expect, it } from 'vitest'
import { approveExit, approveOrder } from '../../../src/domain/governor/approved.ts'
import type { DecisionBody } from '../../../src/domain/governor/decision.ts'
import { reason } from '../../../src/domain/kernel/reason.ts'
import { ticket } from '../broker/paper-room.ts'

const entry = {
  kind: 'entry',
  outcome: 'approved',
  quantity: '100',
  accountId: 'main',
  symbol: 'ACME',
  side: 'buy',
  stop: '95',
  reasons: [],
  says: 'Buy 100 ACME.',
} as unknown as DecisionBody
const exit: DecisionBody = { ...entry, kind: 'exit', stop: null }
const protect = { stop: '95', target: null }
const refusal = (answer: ReturnType<typeof approveOrder> | ReturnType<typeof approveExit>) => {
  if (answer.ok) throw new Error('it was approved')
  return answer.error
}

describe('an approval is refused', () => {
  it('where a rejection has a quantity, and where an approval has none', () => {
    const rejected = { ...entry, outcome: 'rejected', reasons: [reason('MAX_QTY', 'Too much.')] } as const
    expect(refusal(approveOrder(rejected, ticket({ protect })))).toMatchObject({
      code: 'MAX_QTY',
      field: 'decisionId',
      says: 'Nothing was approved. Buy 100 ACME.',
    })
    const nothing = { ...entry, quantity: '0' }
    expect(refusal(approveOrder(nothing, ticket({ protect }))).code).toBe('INTERNAL')
  })

  it('where the stop is another, naming both', () => {
    const says = (stop: string | null, decided: string | null) =>
      refusal(approveOrder({ ...entry, stop: decided }, ticket({ protect: { stop, target: null } }))).says
    expect([says('94', '95'), says(null, '95'), says('94', null)]).toEqual([
      'The stop is 94, decided was 95.',
      'The stop is none, decided was 95.',
      'The stop is 94, decided was none.',
    ])
  })

  it('where the symbol is another, naming both', () => {
    const says = (decided: string | null) =>
      refusal(approveOrder({ ...entry, symbol: decided } as DecisionBody, ticket({ protect, symbol: 'BOLT' }))).says
    expect([says('ACME'), says(null)]).toEqual([
      'symbol is BOLT, decided was ACME.',
      'symbol is BOLT, decided was none.',
    ])
  })

  it('for an exit of more than was decided, or with a stop or a target of its own', () => {
    expect(approveExit(exit, ticket()).ok).toBe(true)
    expect(refusal(approveExit(exit, ticket({ quantity: '100.5' }))).code).toBe('MAX_QTY')
    for (const own of [protect, { stop: null, target: '110' }])
      expect(refusal(approveExit(exit, ticket({ protect: own })))).toMatchObject({
        code: 'INPUT_MALFORMED',
        field: 'protect',
      })
  })
})
