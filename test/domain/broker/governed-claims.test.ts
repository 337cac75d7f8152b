import { describe, expect, it } from 'vitest'
import { valueBook } from '../../../src/domain/book.ts'
import { Blotter } from '../../../src/domain/broker/blotter.ts'
import { Reservations, usesOf } from '../../../src/domain/broker/reservations.ts'
import { approveOrder } from '../../../src/domain/governor/approved.ts'
import type { DecisionBody } from '../../../src/domain/governor/decision.ts'
import { toFloat } from '../../../src/domain/kernel/money.ts'
import { Dice } from '../../support/history-count.ts'
import { book, onlyRules, share, size } from '../../support/sizing-fixtures.ts'
import { ticket } from './paper-room.ts'

// 100,000 of equity at 0.8 once: 80,000 may be exposed.
const PROFILE = onlyRules({ ceilings: { gross_exposure: { maxExposure: 0.8, maxLeverage: 1 } }, method: 'fixed_qty' })
const spec = (symbol: string) => share({ symbol })

function decideOn(blotter: Blotter, units: number): DecisionBody {
  return size({ request: { quantity: String(units) } }, { working: blotter.working(spec) }, PROFILE)
}

function grossOf(blotter: Blotter): number {
  return toFloat(valueBook(book({ working: blotter.working(spec) })).gross)
}

describe('two approvals', () => {
  it('one after the other: the second sees the first, which is stored before it is sent', () => {
    const blotter = new Blotter()
    const first = decideOn(blotter, 600)
    const order = ticket({ clientId: 'a', quantity: first.quantity, protect: { stop: first.stop, target: null } })
    const approved = approveOrder(first, order)
    expect([first.quantity, approved.ok]).toEqual(['600', true])
    blotter.store(order, 'entry')
    const second = decideOn(blotter, 600)
    expect([second.quantity, second.binding]).toEqual(['200', 'gross_exposure'])
    blotter.outcomeUnknown('a')
    expect(decideOn(blotter, 600).quantity).toBe('200')
    blotter.take({ kind: 'cancelled', at: 1, clientId: 'a', says: 'done' })
    expect(decideOn(blotter, 600).quantity).toBe('600')
  })

  it('on one snapshot: the claim of the second does not fit, whichever comes first', () => {
    for (const ids of [['a', 'b'] as const, ['b', 'a'] as const]) {
      const blotter = new Blotter()
      const claims = new Reservations()
      const decisions = { a: decideOn(blotter, 600), b: decideOn(blotter, 500) }
      const granted = ids.map((id) => claims.reserve(id, usesOf(decisions[id])).ok)
      expect(granted).toEqual([true, false])
      expect(claims.reserve('b', usesOf(decisions.b))).toMatchObject(
        ids[0] === 'b' ? { ok: true } : { ok: false, error: { code: 'GROSS_EXPOSURE', field: 'gross_exposure' } },
      )
    }
  })

  it('in any order of deciding, claiming and sending never expose more than the limit', () => {
    let most = 0
    for (let run = 0; run < 150; run += 1) {
      const dice = new Dice(run)
      const blotter = new Blotter()
      const claims = new Reservations()
      const traders = Array.from({ length: 2 + dice.below(4) }, (_, index) =>
        trader(`t${index}`, 1 + dice.below(800), blotter, claims),
      )
      while (traders.length > 0) {
        const index = dice.below(traders.length)
        if (traders[index]?.next().done === true) traders.splice(index, 1)
        expect(grossOf(blotter)).toBeLessThanOrEqual(80_000)
        most = Math.max(most, grossOf(blotter))
      }
    }
    expect(most).toBeGreaterThan(70_000)
  })
})

function* trader(id: string, units: number, blotter: Blotter, claims: Reservations): Generator {
  const decision = decideOn(blotter, units)
  yield
  if (decision.outcome === 'rejected' || !claims.reserve(id, usesOf(decision)).ok) return
  yield
  blotter.store(ticket({ clientId: id, quantity: decision.quantity }), 'entry')
}
