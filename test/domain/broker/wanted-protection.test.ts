import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Blotter } from '../../../src/domain/broker/blotter.ts'
import type { OrderTicket } from '../../../src/domain/broker/order-ticket.ts'
import { wantedProtection, type WantedExit } from '../../../src/domain/broker/wanted-protection.ts'
import { dec, text, ZERO } from '../../../src/domain/kernel/money.ts'
import { START, ticket } from './paper-room.ts'

const STOP = { stop: '95', target: null } as const

class Book {
  readonly blotter = new Blotter()
  #fills = 0

  entry(clientId: string, filled: string, changes: Partial<OrderTicket> = {}): this {
    this.blotter.store(ticket({ clientId, protect: STOP, ...changes }), 'entry')
    return filled === '0' ? this : this.fill(clientId, filled)
  }

  fill(clientId: string, quantity: string): this {
    const executionId = `x${(this.#fills += 1)}`
    const execution = { symbol: 'ACME', side: 'buy', quantity, price: '100', fee: '0', feeCurrency: 'USD' } as const
    this.blotter.take({ kind: 'fill', at: START, clientId, executionId, ...execution })
    return this
  }

  wanted(held: string): readonly WantedExit[] {
    return wantedProtection(
      this.blotter.orders(),
      (clientId) => this.blotter.order(clientId),
      () => dec(held),
    )
  }

  shown(held: string): string[] {
    return this.wanted(held).map(
      ({ ticket: { clientId, trigger, limit }, open }) => `${clientId} ${text(open)} at ${trigger ?? limit ?? ''}`,
    )
  }
}

describe('the protective exits that should stand', () => {
  it('are for what was filled, on the other side, and for nothing where nothing was', () => {
    const book = new Book().entry('a', '40', { protect: { stop: '95', target: '120' } }).entry('b', '0')
    expect(book.shown('40')).toEqual(['a.stop 40 at 95', 'a.target 40 at 120'])
    expect(book.wanted('40').every((exit) => exit.ticket.side === 'sell')).toBe(true)
  })

  it('cover the newest entries first where less is held than was filled', () => {
    const book = new Book().entry('a', '40').entry('b', '30')
    expect(book.shown('50')).toEqual(['b.stop 30 at 95', 'a.stop 20 at 95'])
    expect(book.shown('0')).toEqual(['b.stop 0 at 95', 'a.stop 0 at 95'])
  })

  it('have nothing to close where what is held is on the other side', () => {
    expect(new Book().entry('a', '40').shown('-40')).toEqual(['a.stop 0 at 95'])
  })

  it('count what one of them closed against the other, and keep the price they were moved to', () => {
    const book = new Book().entry('a', '40', { protect: { stop: '95', target: '120' } })
    const [stop] = book.wanted('40')
    if (stop === undefined) throw new Error('no stop')
    book.blotter.store({ ...stop.ticket, trigger: '97' }, 'protect')
    book.fill('a.stop', '10')
    expect(book.shown('30')).toEqual(['a.stop 30 at 97', 'a.target 30 at 120'])
    expect(book.wanted('30')[0]?.ticket.quantity).toBe('40')
  })

  it('never add up to more than is held', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 6 }),
        fc.integer({ min: -200, max: 300 }),
        (filled, held) => {
          const book = new Book()
          filled.forEach((units, index) => book.entry(`e${index}`, String(units)))
          const sum = book.wanted(String(held)).reduce((all, { open }) => all.plus(open), ZERO)
          const bought = filled.reduce((all, units) => all + units, 0)
          expect(sum.toNumber()).toBe(Math.max(0, Math.min(held, bought)))
        },
      ),
    )
  })
})
