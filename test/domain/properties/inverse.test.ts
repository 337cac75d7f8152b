import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { valueBook, type Book } from '../../../src/domain/book.ts'
import { decide } from '../../../src/domain/governor/decide.ts'
import { invert, type InverseAnswer } from '../../../src/domain/governor/invert.ts'
import type { AccountInput, DecisionInputs } from '../../../src/domain/inputs.ts'
import { dec, floorTo, larger, text, type Dec } from '../../../src/domain/kernel/money.ts'
import type { Profile } from '../../../src/domain/profile.ts'
import { SEED } from '../../support/arbitraries-profile.ts'
import { scenarios, type Scenario } from '../../support/arbitraries.ts'
import { must } from './cases.ts'

/** An order, a quantity near what it is sized to, and some places where the answer may not be beaten. */
const questions = fc.record({
  scenario: scenarios({ soundStops: true }),
  times: fc.constantFrom('0.3', '0.8', '1', '1.2', '2', '7'),
  through: fc.constantFrom('method' as const, 'typed' as const),
  places: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 }),
})

describe('an inverse answer', () => {
  it('decides to the quantity, one step further does not, and no value beyond does', { timeout: 3_600_000 }, () => {
    holds(questions, ({ scenario, times, through, places }) => {
      const quantity = wanted(scenario, dec(times))
      if (quantity === null) return 'no instrument'
      const valued = valueBook(scenario.book)
      const answered = invert(scenario.inputs, valued, scenario.profile, { quantity: text(quantity), through })
      if (!answered.ok) return 'refused'
      const asks = { scenario, valued, quantity, through }
      for (const answer of answered.value.answers) check(answer, asks, places)
      const kinds = new Set(answered.value.answers.map(({ kind }) => kind))
      return kinds.has('found') ? 'found' : [...kinds].join(' ')
    })
  })

  it(
    'moves limits far enough: with every setting moved no ceiling is below the quantity',
    { timeout: 3_600_000 },
    () => {
      holds(questions, ({ scenario, times }) => {
        const quantity = wanted(scenario, dec(times))
        if (quantity === null) return 'no instrument'
        const valued = valueBook(scenario.book)
        const question = { quantity: text(quantity), through: 'typed', unknowns: [] } as const
        const answered = invert(scenario.inputs, valued, scenario.profile, question)
        if (!answered.ok) return 'refused'
        const { moves, then } = answered.value.limits
        if (moves.some(({ setting }) => setting === null)) return 'not a setting'
        for (const { rule, allows, code } of then.ladder)
          must(allows === null || dec(allows).gte(quantity), () => `${rule} ${code} still allows ${String(allows)}`)
        return moves.length === 0 ? 'none in the way' : 'moved'
      })
    },
  )
})

/** Questions of the everyday run; `BALLAST_INVERSES` asks for more. Each is decided hundreds of times. */
const QUESTIONS = Number(process.env['BALLAST_INVERSES'] ?? 100)

function holds<T>(arbitrary: fc.Arbitrary<T>, property: (drawn: T) => string): void {
  const seen = new Map<string, number>()
  const count = fc.property(arbitrary, (drawn) => {
    const kind = property(drawn)
    seen.set(kind, (seen.get(kind) ?? 0) + 1)
  })
  fc.assert(count, { numRuns: QUESTIONS, seed: SEED, endOnFailure: true })
  console.info(`seed ${SEED}: ${[...seen].map(([kind, times]) => `${kind} ${times}`).join(', ')}`)
  expect([...seen.values()].reduce((sum, times) => sum + times, 0)).toBe(QUESTIONS)
}

/** A quantity on the lot grid about as large as told against what the order is sized to, at least the smallest order. */
function wanted({ inputs, book, profile }: Scenario, times: Dec): Dec | null {
  const { instrument } = inputs
  if (instrument === null) return null
  const [lot, least] = [dec(instrument.lotStep), dec(instrument.minQuantity)]
  const { quantity } = decide({ ...inputs, request: { ...inputs.request, quantity: null } }, valueBook(book), profile)
  return larger(floorTo(dec(quantity).times(times), lot), floorTo(least.plus(lot), lot))
}

interface Asks {
  readonly scenario: Scenario
  readonly valued: Book
  readonly quantity: Dec
  readonly through: 'method' | 'typed'
}

function check(answer: InverseAnswer, asks: Asks, places: readonly number[]): void {
  const { quantity } = asks
  const { unknown, value, beyond, kind } = answer
  if (kind === 'found' || kind === 'any') {
    must(value !== null, () => `${unknown} has a value`)
    must(
      reached(asks, unknown, dec(value)),
      () => `${unknown} ${value} does not give ${text(quantity)}: ${answer.says}`,
    )
  }
  if (kind === 'found') {
    must(beyond !== null, () => `${unknown} says what is beyond`)
    must(
      !reached(asks, unknown, dec(beyond.value)),
      () => `${unknown} ${beyond.value} gives ${text(quantity)} too: ${answer.says}`,
    )
  }
  if (unknown === 'win_rate' || kind === 'any') return
  // Nothing allows the quantity beyond an answer, and nothing at all where there is none.
  const [low, high] = [rangeOf(asks, unknown, answer, 'low'), rangeOf(asks, unknown, answer, 'high')]
  if (low === null || high === null || answer.step === null || low.gte(high)) return
  for (const place of places) {
    const at = floorTo(low.plus(high.minus(low).times(place.toFixed(12))), dec(answer.step))
    if (at.lt(low) || at.gt(high) || at.lte(0)) continue
    if (kind === 'no_effect') continue
    must(!reached(asks, unknown, at), () => `${unknown} ${text(at)} gives ${text(quantity)} against: ${answer.says}`)
  }
}

/** Where an answer says that nothing allows the quantity. */
function rangeOf(
  { scenario }: Asks,
  unknown: InverseAnswer['unknown'],
  answer: InverseAnswer,
  end: 'low' | 'high',
): Dec | null {
  const { request, last } = scenario.inputs
  const entry = request.entry === 'market' ? last.value : (request.entry as string | null)
  if (entry === null) return null
  const about: Readonly<Record<string, readonly [Dec, Dec]>> = {
    stop: request.side === 'buy' ? [dec(answer.step ?? '1'), dec(entry)] : [dec(entry), dec(entry).times(2)],
    entry: [dec(entry).times('0.55'), dec(entry).times('1.95')],
    risk: [dec('0.00001'), dec(1)],
    equity: [dec('0.01'), dec(scenario.inputs.account.equity.value ?? '1').times(20)],
  }
  const [least, most] = about[unknown] ?? [dec(0), dec(0)]
  if (answer.beyond === null) return end === 'low' ? least : most
  const beyond = dec(answer.beyond.value)
  return answer.bound === 'least' ? (end === 'low' ? least : beyond) : end === 'low' ? beyond : most
}

/** Whether the order with one value changed, by hand, is decided to the quantity. */
function reached(
  { scenario, valued, quantity, through }: Asks,
  unknown: InverseAnswer['unknown'],
  value: Dec,
): boolean {
  const typed = { ...scenario.inputs.request, quantity: through === 'typed' ? text(quantity) : null }
  const base: DecisionInputs = { ...scenario.inputs, recent: [], request: typed }
  const changed = changedBy(base, unknown, value)
  return decidesTo(changed, valued, scenario.profile, quantity)
}

function changedBy(base: DecisionInputs, unknown: InverseAnswer['unknown'], value: Dec): DecisionInputs {
  switch (unknown) {
    case 'stop':
    case 'entry':
    case 'risk':
      return { ...base, request: { ...base.request, [unknown]: text(value) } }
    case 'equity':
      return { ...base, account: deposited(base.account, value) }
    case 'win_rate': {
      const { edge } = base
      if (edge === null) return base
      const decided = edge.wins + edge.losses
      const wins = Math.round(Number(text(value)) * decided)
      return { ...base, edge: { ...edge, wins, losses: decided - wins } }
    }
  }
}

function deposited(account: AccountInput, equity: Dec): AccountInput {
  const by = equity.minus(account.equity.value ?? '0')
  const plus = (value: string): string => text(dec(value).plus(by))
  const { day, week, month } = account.flows
  return {
    ...account,
    equity: { ...account.equity, value: text(equity) },
    peakEquity: {
      ...account.peakEquity,
      value: account.peakEquity.value === null ? null : plus(account.peakEquity.value),
    },
    flows: { day: plus(day), week: plus(week), month: plus(month) },
  }
}

function decidesTo(inputs: DecisionInputs, valued: Book, profile: Profile, quantity: Dec): boolean {
  const body = decide(inputs, valued, profile)
  return body.outcome !== 'rejected' && dec(body.quantity).gte(quantity)
}
