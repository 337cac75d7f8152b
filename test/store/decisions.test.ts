import { describe, expect, it } from 'vitest'
import { canonical, type Plain } from '../../src/domain/kernel/canonical.ts'
import { openForReading } from '../../src/store/connection.ts'
import { exampleDecision } from './example-decision.ts'
import { temporaryBook } from './temporary-shelf.ts'

describe('a recorded decision', () => {
  it('comes back as it was, numbers as numbers, also after the book was closed', () => {
    const { book, shelf, path } = temporaryBook()
    const decision = exampleDecision(1)
    const recorded = book.recordDecision(decision)
    const { decisionId, recordedAt, inputs, bookHash, body } = decision
    expect(recorded).toMatchObject({ decisionId, recordedAt, inputs, bookHash, body })
    book.close()
    const again = shelf.open(path)
    expect(again.decision(decision.decisionId)).toEqual(recorded)
    expect(again.bookByHash(decision.bookHash)).toEqual(decision.book)
    again.close()
  })

  it('is the first one when its id is used again', () => {
    const { book } = temporaryBook()
    const first = book.recordDecision(exampleDecision(1))
    const head = book.head()
    expect(book.recordDecision({ ...exampleDecision(2), decisionId: first.decisionId })).toEqual(first)
    expect(book.head()).toEqual(head)
    expect(book.recordDecision(exampleDecision(3)).seq).toBe(head.seq + 1)
  })

  it('keeps what a request held beside plain values as its text', () => {
    const { book } = temporaryBook()
    const decision = exampleDecision(1)
    const request = {
      symbol: 'AAPL',
      entry: Number.NaN,
      stop: -Infinity,
      quantity: 12,
      target: undefined,
      note: { a: 1 },
    }
    book.recordDecision({ ...decision, inputs: { ...decision.inputs, request } })
    expect(book.decision(decision.decisionId)?.inputs.request).toEqual({
      symbol: 'AAPL',
      entry: 'NaN',
      stop: '-Infinity',
      quantity: '12',
      note: '[object Object]',
    })
  })

  it('stores the state of the account once for all decisions that share it', () => {
    const { book, path } = temporaryBook()
    const first = exampleDecision(1)
    for (const n of [1, 2, 3])
      book.recordDecision({ ...exampleDecision(n), book: first.book, bookHash: first.bookHash })
    const connection = openForReading(path)
    expect(connection.prepare('SELECT count(*) FROM book_state').pluck().get()).toBe(1)
    connection.close()
  })

  it('is refused when its state does not have its hash, and nothing stays of it', () => {
    const { book } = temporaryBook()
    const decision = exampleDecision(1)
    const head = book.head()
    expect(() => book.recordDecision({ ...decision, bookHash: 'b'.repeat(64) })).toThrow(/hash of its canonical JSON/)
    expect(book.head()).toEqual(head)
    expect(book.recordDecision(decision).seq).toBe(head.seq + 1)
    expect(book.verify().verdict).toBe('verified-anchored')
  })

  it('shows its steps to a query', () => {
    const { book, path } = temporaryBook()
    const decision = exampleDecision(1)
    book.recordDecision(decision)
    const connection = openForReading(path)
    const steps = connection.prepare('SELECT rule, "before", "after", says FROM decision_step ORDER BY position').all()
    connection.close()
    expect(steps).toEqual(decision.body.steps.map(({ rule, before, after, says }) => ({ rule, before, after, says })))
  })

  it('has a body that is canonical JSON of its record', () => {
    const { book } = temporaryBook()
    const recorded = book.recordDecision(exampleDecision(1))
    const body = book.auditRows(recorded.seq, 1)[0]?.body ?? ''
    expect(canonical(JSON.parse(body) as Plain)).toBe(body)
  })
})

describe('the list of decisions', () => {
  const { book } = temporaryBook()
  for (let n = 1; n <= 30; n++) {
    book.recordDecision(
      exampleDecision(n, {
        symbol: n % 3 === 0 ? 'MSFT' : 'AAPL',
        outcome: n % 5 === 0 ? 'rejected' : 'approved',
        strategy: n % 2 === 0 ? 'trend' : null,
        reasons:
          n % 5 === 0
            ? [
                { code: 'DRAWDOWN', says: 'Too deep.' },
                { code: 'BUDGET', says: 'None left.' },
              ]
            : [],
        says: n === 7 ? 'A sentence with 100% of _odd_ characters.' : `Order ${n}.`,
      }),
    )
  }

  it.each([
    ['everything', {}, 30],
    ['a symbol', { symbol: 'MSFT' }, 10],
    ['an outcome', { outcome: 'rejected' }, 6],
    ['a strategy', { strategy: 'trend' }, 15],
    ['any code of a decision', { code: 'BUDGET' }, 6],
    ['no part of a code', { code: 'BUDG' }, 0],
    ['words in any order and case', { text: 'TREND msft' }, 5],
    ['odd characters taken literally', { text: '100% of _odd_' }, 1],
    ['an id', { text: exampleDecision(9).decisionId }, 1],
    ['a time', { from: exampleDecision(10).recordedAt, to: exampleDecision(12).recordedAt }, 3],
    ['several at once', { symbol: 'AAPL', outcome: 'rejected', text: 'drawdown' }, 4],
  ] as const)('finds %s', (_, filter, total) => {
    const found = book.decisions({ ...filter, limit: 100 })
    expect([found.total, found.rows.length]).toEqual([total, total])
  })

  it('pages from the newest back, counting all', () => {
    const first = book.decisions({ limit: 20 })
    const rest = book.decisions({ limit: 20, beforeSeq: first.rows.at(-1)?.seq ?? 0 })
    expect([first.total, rest.total, first.rows.length, rest.rows.length]).toEqual([30, 30, 20, 10])
    const seqs = [...first.rows, ...rest.rows].map((row) => row.seq)
    expect(seqs).toEqual(seqs.toSorted((a, b) => b - a))
  })

  it('names the first code, the hash and the columns of a row', () => {
    const [row] = book.decisions({ outcome: 'rejected', limit: 1 }).rows
    const whole = book.decision(row?.decisionId ?? '')
    expect(row).toMatchObject({
      code: 'DRAWDOWN',
      hash: whole?.hash,
      quantity: whole?.body.quantity,
      at: whole?.body.at,
    })
  })

  it('answers recent decisions of an account, newest first', () => {
    const recent = book.recentDecisions('main', exampleDecision(28).recordedAt)
    expect(recent.map((row) => row.recordedAt)).toEqual([30, 29, 28].map((n) => exampleDecision(n).recordedAt))
    expect(book.recentDecisions('other', 0)).toEqual([])
  })
})
