import { describe, expect, it } from 'vitest'
import { valueBook } from '../../../src/domain/book.ts'
import { Blotter } from '../../../src/domain/broker/blotter.ts'
import type { OrderReport } from '../../../src/domain/broker/order-report.ts'
import { reconcile } from '../../../src/domain/broker/reconcile.ts'
import { reducible } from '../../../src/domain/governor/exit.ts'
import { dec, text } from '../../../src/domain/kernel/money.ts'
import { book, position, share } from '../../support/sizing-fixtures.ts'
import { START, ticket } from './paper-room.ts'

const fill = (quantity: string, executionId: string, clientId = 'a'): OrderReport => ({
  kind: 'fill',
  at: START,
  clientId,
  executionId,
  symbol: 'ACME',
  side: 'buy',
  quantity,
  price: '100',
  fee: '0',
  feeCurrency: 'USD',
})
const spec = (symbol: string) => share({ symbol })

describe('an order', () => {
  it('counts against every limit from the moment it is stored, until nothing of it can be filled', () => {
    const blotter = new Blotter()
    const open = (): string =>
      blotter
        .working(spec)
        .map(({ quantity }) => quantity)
        .join()
    blotter.store(ticket(), 'entry')
    expect([blotter.order('a')?.stage, open()]).toEqual(['stored', '100'])
    blotter.sent('a')
    expect([blotter.order('a')?.stage, open()]).toEqual(['sent', '100'])
    blotter.take(fill('30', 'e1'))
    expect([blotter.order('a')?.stage, open()]).toEqual(['working', '70'])
    blotter.take({ kind: 'cancelled', at: START, clientId: 'a', says: 'done' })
    expect([blotter.order('a')?.stage, open()]).toEqual(['cancelled', ''])
    blotter.take(fill('10', 'e2'))
    expect(text(blotter.order('a')?.filled ?? dec('0'))).toBe('40')
  })

  it('of unknown outcome counts as filled for limits and as not filled for exits, until the broker speaks', () => {
    const blotter = new Blotter()
    blotter.store(ticket(), 'entry')
    blotter.outcomeUnknown('a')
    expect(blotter.unknown().map(({ ticket: { clientId } }) => clientId)).toEqual(['a'])
    const valued = valueBook(book({ working: blotter.working(spec) }))
    expect(text(valued.gross)).toBe('10000')
    expect(text(reducible(valued, 'ACME', 'sell'))).toBe('0')
    blotter.take({ kind: 'accepted', at: START, clientId: 'a', brokerId: 'b' })
    expect(blotter.unknown()).toEqual([])
    blotter.outcomeUnknown('a')
    expect(blotter.order('a')?.stage).toBe('working')
  })

  it('that closes adds no exposure, and what it closes cannot be closed twice', () => {
    const blotter = new Blotter()
    blotter.store(ticket({ side: 'sell', quantity: '60' }), 'exit')
    blotter.outcomeUnknown('a')
    const held = position({ symbol: 'ACME', spec: spec('ACME') })
    const without = valueBook(book({ positions: [held] }))
    const valued = valueBook(book({ positions: [held], working: blotter.working(spec) }))
    expect([text(valued.gross), text(valued.withoutStop), text(valued.marginUsed)]).toEqual([
      text(without.gross),
      text(without.withoutStop),
      text(without.marginUsed),
    ])
    expect(text(reducible(valued, 'ACME', 'sell'))).toBe('40')
  })

  it('being changed counts with the larger quantity until the change is answered', () => {
    const blotter = new Blotter()
    const open = (): string => text(blotter.order('a')?.open ?? dec('0'))
    blotter.store(ticket(), 'entry')
    blotter.changeAsked('a', 1, '40')
    expect(open()).toBe('100')
    blotter.take({ kind: 'replaced', at: START, clientId: 'a', revision: 1, ticket: ticket({ quantity: '40' }) })
    expect(open()).toBe('40')
    blotter.changeAsked('a', 2, '90')
    expect(open()).toBe('90')
    blotter.changeRefused('a', 2)
    expect(open()).toBe('40')
    blotter.changeAsked('a', 1, '500')
    expect(open()).toBe('40')
  })

  it('filled beyond its size raises an alarm', () => {
    const blotter = new Blotter()
    blotter.store(ticket(), 'entry')
    blotter.take(fill('70', 'e1'))
    blotter.take(fill('70', 'e1'))
    expect(blotter.alarms()).toEqual([])
    blotter.take(fill('70', 'e2'))
    expect(blotter.alarms()).toMatchObject([{ alarm: 'overfill', code: 'RECONCILE_DIFF' }])
  })

  it('nobody knows is taken as a position at once, and named', () => {
    const blotter = new Blotter()
    blotter.take(fill('5', 'e1', 'stranger'))
    expect(blotter.alarms()).toMatchObject([{ alarm: 'stranger' }])
    expect(blotter.fills('main', 'x').map(({ quantity }) => quantity)).toEqual(['5'])
    blotter.store(ticket({ clientId: 'stranger' }), 'entry')
    expect(blotter.alarms()).toEqual([])
    expect(blotter.order('stranger')?.stage).toBe('working')
  })

  it('is stored once, whatever is said of it before', () => {
    const blotter = new Blotter()
    blotter.take({ kind: 'cancelled', at: START, clientId: 'a', says: 'early' })
    blotter.store(ticket(), 'entry')
    blotter.store(ticket(), 'entry')
    expect(blotter.orders()).toHaveLength(1)
    expect(blotter.order('a')?.stage).toBe('cancelled')
    expect(() => blotter.store(ticket({ quantity: '7' }), 'entry')).toThrow('one order')
  })
})

describe('reconciling', () => {
  const ours = new Map([
    ['A', dec('5')],
    ['B', dec('-2')],
    ['C', dec('0')],
  ])
  it('names each symbol that differs and mends nothing', () => {
    const found = reconcile(ours, {
      complete: true,
      positions: [
        { symbol: 'A', quantity: '4' },
        { symbol: 'D', quantity: '1' },
      ],
    })
    expect(found.ok ? found.value.map(({ says }) => says) : []).toEqual([
      'A: 5 here, 4 at the broker.',
      'B: -2 here, 0 at the broker.',
      'D: 0 here, 1 at the broker.',
    ])
    const equal = reconcile(ours, {
      complete: true,
      positions: [
        { symbol: 'B', quantity: '-2' },
        { symbol: 'A', quantity: '5' },
      ],
    })
    expect(equal).toEqual({ ok: true, value: [] })
  })

  it('takes an empty or incomplete answer for no answer, never for flat', () => {
    expect(reconcile(ours, { complete: true, positions: [] })).toMatchObject({
      ok: false,
      error: { code: 'OUTCOME_UNKNOWN' },
    })
    expect(reconcile(ours, { complete: false, positions: [{ symbol: 'A', quantity: '5' }] })).toMatchObject({
      ok: false,
    })
    expect(reconcile(new Map(), { complete: true, positions: [] })).toEqual({ ok: true, value: [] })
  })
})
