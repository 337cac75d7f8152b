import { describe, expect, it } from 'vitest'
import { Reservations, usesOf, type Use } from '../../../src/domain/broker/reservations.ts'
import { approveExit, approveOrder } from '../../../src/domain/governor/approved.ts'
import type { DecisionBody } from '../../../src/domain/governor/decision.ts'
import { dec, text, toFloat } from '../../../src/domain/kernel/money.ts'
import { Dice, historyCount } from '../../support/history-count.ts'
import { ticket } from './paper-room.ts'

const SEED = Number(process.env['BALLAST_SEED'] ?? 20_261_120)
const RUNS = historyCount(5_000)
const LIMITS = ['day', 'gross', 'cluster'] as const

const uses = (amounts: Readonly<Record<string, number>>, most: Readonly<Record<string, number>>): readonly Use[] =>
  Object.entries(amounts).map(([limit, amount]) => ({
    limit,
    code: 'GROSS_EXPOSURE',
    most: dec(most[limit] ?? 0),
    amount: dec(amount),
  }))

/** One trader: looks, claims, is filled in parts, and lets go; each step may be any time after the one before. */
function* trade(
  id: string,
  dice: Dice,
  book: Reservations,
  most: Record<string, number>,
  log: { granted: number; refused: number },
): Generator {
  const amounts = Object.fromEntries(LIMITS.map((limit) => [limit, dice.below(60)]))
  // What it saw before may no longer be true when it claims: only the claim itself decides.
  const room = LIMITS.every(
    (limit) => toFloat(book.committed(limit).plus(book.reserved(limit))) + (amounts[limit] ?? 0) <= (most[limit] ?? 0),
  )
  yield
  const claimed = book.reserve(id, uses(amounts, most))
  if (claimed.ok) log.granted += 1
  else log.refused += room ? 1 : 0
  if (!claimed.ok) return
  yield
  for (let part = dice.below(4); part > 0; part -= 1) {
    book.fill(id, dec('0.25'))
    yield
  }
  if (dice.below(4) > 0) book.release(id)
}

function* tighten(dice: Dice, most: Record<string, number>): Generator {
  for (let turn = dice.below(4); turn > 0; turn -= 1) {
    yield
    most[dice.pick(LIMITS)] = 20 + dice.below(120)
  }
}

describe('claims on limits', () => {
  it(`never pass a limit together, in ${RUNS} interleavings of 2 to 8 traders`, { timeout: 3_600_000 }, () => {
    const log = { granted: 0, refused: 0, steps: 0 }
    for (let run = 0; run < RUNS; run += 1) {
      const dice = new Dice(SEED + run)
      const book = new Reservations()
      const most: Record<string, number> = { day: 100, gross: 120, cluster: 80 }
      const threads: Generator[] = Array.from({ length: 2 + dice.below(7) }, (_, index) =>
        trade(`t${index}`, dice, book, most, log),
      )
      if (dice.below(3) === 0) threads.push(tighten(dice, most))
      const before = new Map<string, number>(LIMITS.map((limit) => [limit, 0]))
      while (threads.length > 0) {
        const index = dice.below(threads.length)
        if (threads[index]?.next().done === true) threads.splice(index, 1)
        log.steps += 1
        for (const limit of LIMITS) {
          const used = toFloat(book.committed(limit).plus(book.reserved(limit)))
          const was = before.get(limit) ?? 0
          // A limit that is tightened below its use lets nothing more in; what is there may only shrink.
          if (used > was + 1e-9 && used > (most[limit] ?? 0) + 1e-9)
            throw new Error(`${limit}: ${used} of ${most[limit]}`)
          before.set(limit, used)
        }
      }
      // Nothing leaks: what is reserved belongs to claims that still stand.
      for (const id of book.claims()) book.release(id)
      for (const limit of LIMITS) expect(text(book.reserved(limit))).toBe('0')
    }
    console.info(`${RUNS} interleavings, seed ${SEED}: ${JSON.stringify(log)}`)
    expect(log.granted).toBeGreaterThan(RUNS)
    expect(log.refused, 'traders who saw room and were refused').toBeGreaterThan(RUNS / 10)
  })

  it('are granted once for an id, wholly or not at all', () => {
    const book = new Reservations()
    const most = { day: 100, gross: 50 }
    expect(book.reserve('a', uses({ day: 60, gross: 60 }, most))).toMatchObject({
      ok: false,
      error: { field: 'gross' },
    })
    expect(text(book.reserved('day'))).toBe('0')
    expect(book.reserve('a', uses({ day: 60, gross: 40 }, most)).ok).toBe(true)
    expect(book.reserve('a', uses({ day: 60, gross: 40 }, most)).ok).toBe(true)
    expect(text(book.reserved('day'))).toBe('60')
    book.fill('a', dec('0.5'))
    book.fill('a', dec('0.9'))
    expect([text(book.reserved('day')), text(book.committed('day'))]).toEqual(['0', '60'])
    book.release('a')
    book.measure('day', dec('0'))
    expect(book.reserve('b', uses({ day: 100 }, most)).ok).toBe(true)
  })

  it('are what a decision adds to each limit it was held against', () => {
    const rung = { rule: 'gross_exposure', code: 'GROSS_EXPOSURE', limit: '100', before: '20', after: '50' }
    const unmeasured = { rule: 'adv', code: 'LIQUIDITY', limit: null, before: null, after: null }
    const body = { quantity: '5', ladder: [rung, unmeasured] } as unknown as DecisionBody
    expect(usesOf(body).map(({ limit, amount, most }) => [limit, text(amount), text(most)])).toEqual([
      ['gross_exposure', '30', '100'],
    ])
    expect(usesOf({ ...body, quantity: '0' })).toEqual([])
  })
})

describe('an approval', () => {
  const decision = {
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
  const protect = { stop: '95', target: null }

  it('is minted for what was decided, or less', () => {
    expect(approveOrder(decision, ticket({ protect })).ok).toBe(true)
    expect(approveOrder(decision, ticket({ protect, quantity: '1' })).ok).toBe(true)
  })

  it.each([
    [{ quantity: '100.5' }, 'MAX_QTY'],
    [{ quantity: '-1' }, 'INPUT_OUT_OF_RANGE'],
    [{ symbol: 'OTHER' }, 'UNIT_MISMATCH'],
    [{ side: 'sell' }, 'UNIT_MISMATCH'],
    [{ accountId: 'other' }, 'UNIT_MISMATCH'],
    [{ protect: { stop: null, target: null } }, 'UNIT_MISMATCH'],
  ] as const)('is not minted for %j', (changes, code) => {
    expect(approveOrder(decision, ticket({ protect, ...changes }))).toMatchObject({ ok: false, error: { code } })
  })

  it('is not minted for a rejection, nor an entry as an exit', () => {
    expect(approveOrder({ ...decision, outcome: 'rejected', quantity: '0' }, ticket({ protect })).ok).toBe(false)
    expect(approveOrder({ ...decision, kind: 'exit' }, ticket({ protect })).ok).toBe(false)
    expect(approveExit(decision, ticket()).ok).toBe(false)
    expect(approveExit({ ...decision, kind: 'exit' }, ticket()).ok).toBe(true)
    expect(approveExit({ ...decision, kind: 'exit' }, ticket({ protect })).ok).toBe(false)
  })
})
