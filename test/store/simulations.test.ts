import { describe, expect, it } from 'vitest'
import type { SimulationRecord } from '../../src/desk/ports.ts'
import { temporaryBook } from './temporary-shelf.ts'

const record = (recordId: string, at: number, more: Partial<SimulationRecord> = {}): SimulationRecord => ({
  recordId,
  at,
  digest: 'a'.repeat(64),
  engine: 'typescript',
  seed: Number.MAX_SAFE_INTEGER,
  paths: 10,
  trades: 5,
  milliseconds: 1.5,
  says: 'A toss.',
  input: { model: { kind: 'winloss', p: 0.55, b: '1.2' }, floor: null },
  found: { ruin: null, shares: [0.5] },
  ...more,
})

describe('kept simulations', () => {
  it('come back as they were kept, newest first, also from the file', () => {
    const { book, shelf, path } = temporaryBook()
    book.saveSimulation(record('one', 1))
    book.saveSimulation(record('two', 2))
    book.close()
    const again = shelf.open(path)
    expect(again.simulations().map(({ recordId }) => recordId)).toEqual(['two', 'one'])
    expect(again.simulations()[1]).not.toHaveProperty('found')
    expect(again.simulation('one')).toEqual(record('one', 1))
    expect(again.simulation('none')).toBeUndefined()
    again.close()
  })

  it('are whole or not there: a broken one leaves nothing, and the book goes on', () => {
    const { book } = temporaryBook()
    expect(() => book.saveSimulation(record('broken', 1, { digest: 'short' }))).toThrow(/digest/)
    expect(book.simulations()).toEqual([])
    book.saveSimulation(record('one', 1))
    expect(book.simulations()).toHaveLength(1)
  })

  it('are no change of the ledger, and no row of its log', () => {
    const { book } = temporaryBook()
    const before = [book.version(), book.head()]
    book.saveSimulation(record('one', 1))
    book.saveScenario({ name: 's', at: 1, content: {} })
    expect([book.version(), book.head()]).toEqual(before)
    expect(book.verify().verdict).not.toBe('broken')
  })
})

describe('scenarios', () => {
  it('are replaced by name, and dropped', () => {
    const { book } = temporaryBook()
    book.saveScenario({ name: 'b', at: 1, content: { seed: 1 } })
    book.saveScenario({ name: 'a', at: 2, content: { seed: 2 } })
    book.saveScenario({ name: 'b', at: 3, content: { seed: 3 } })
    expect(book.scenarios()).toEqual([
      { name: 'a', at: 2, content: { seed: 2 } },
      { name: 'b', at: 3, content: { seed: 3 } },
    ])
    book.dropScenario('a')
    expect(book.scenarios().map(({ name }) => name)).toEqual(['b'])
  })
})
