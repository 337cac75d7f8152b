import { describe, it } from 'vitest'
import { valueBook } from '../../../src/domain/book.ts'
import { decide } from '../../../src/domain/governor/decide.ts'
import type { DecisionBody } from '../../../src/domain/governor/decision.ts'
import { scenarios } from '../../support/arbitraries.ts'
import { referenceOf, type Reference } from '../../support/reference-sizing.ts'
import { lossOf } from '../../support/reference-sizing-book.ts'
import {
  compare,
  minus,
  NOTHING,
  onSteps,
  plus,
  rational,
  show,
  size,
  times,
  WHOLE,
  type Rational,
} from '../../support/reference-sizing-rational.ts'
import { holds, must } from './cases.ts'

/** Decimals carry 40 digits; nothing is compared more finely than 30. */
const HAIR = rational('0.000000000000000000000000000001')
/** Decisions write money with 12 significant digits. */
const WRITTEN = rational('0.00000000001')

describe('every size', () => {
  it('is the one an exact reference works out, on the lot grid, within every budget', { timeout: 3_600_000 }, () => {
    holds('budgets', scenarios(), ({ inputs, book, raw, profile }) => {
      const decision = decide(inputs, valueBook(book), profile)
      must(decision.kind === 'entry', () => 'an order that closes nothing is an entry')
      const quantity = rational(decision.quantity)
      must(quantity.n >= 0n, () => `${decision.quantity} is negative`)
      must(quantity.n > 0n || decision.reasons.length > 0, () => 'a zero has no reason')
      if (decision.steps.every(({ stage }) => stage === 'validate' || stage === 'resolve')) {
        must(decision.quantity === '0' && decision.outcome === 'rejected', () => 'a refused order has a size')
        return `refused (${decision.reasons[0]?.code ?? ''})`
      }
      const reference = referenceOf(inputs, book, raw)
      const onGrid = onSteps(quantity, rational(reference.spec.lotStep))
      must(compare(onGrid, quantity) === 0, () => `${decision.quantity} is not a multiple of ${reference.spec.lotStep}`)
      checkMoney(decision, reference, quantity)
      checkLadder(decision, reference, quantity)
      if (decision.steps.some(({ stage, passed }) => stage === 'gate' && !passed)) {
        must(decision.quantity === '0', () => 'a blocked order has a size')
        return 'blocked by the gate'
      }
      const [least, most] = [reference.size(minus(NOTHING, HAIR)), reference.size(HAIR)]
      const between = compare(least, quantity) <= 0 && compare(quantity, most) <= 0
      must(between, () => difference(decision, reference, `${show(least)} to ${show(most)}`))
      return decision.outcome
    })
  })
})

function checkMoney(decision: DecisionBody, reference: Reference, quantity: Rational): void {
  const loss = lossOf(reference.loss, quantity)
  must(closeTo(decision.riskAmount, loss), () => `risk ${decision.riskAmount}, reference ${show(loss)}`)
  const notional = times(reference.perUnit, quantity)
  must(closeTo(decision.notional, notional), () => `notional ${decision.notional}, reference ${show(notional)}`)
}

function checkLadder(decision: DecisionBody, reference: Reference, quantity: Rational): void {
  const step = rational(reference.spec.lotStep)
  let tightest: Rational | null = NOTHING
  for (const rung of decision.ladder) {
    const known = reference.ceilings.get(rung.rule)
    must((known === undefined) === (rung.limit === null), () => `${rung.rule} is known to only one side`)
    const allows: Rational | null = rung.allows === null ? null : rational(rung.allows)
    must(allows === null || (tightest !== null && compare(tightest, allows) <= 0), () => `${rung.rule} is out of order`)
    tightest = allows
    if (known === undefined || allows === null) continue
    must(
      closeTo(rung.limit, known.limit),
      () => `${rung.rule} limit ${String(rung.limit)}, reference ${show(known.limit)}`,
    )
    must(
      closeTo(rung.before, known.before),
      () => `${rung.rule} before ${String(rung.before)}, reference ${show(known.before)}`,
    )
    must(
      closeTo(rung.after, known.use(quantity)),
      () => `${rung.rule} after ${String(rung.after)}, reference ${show(known.use(quantity))}`,
    )
    must(
      compare(allows, onSteps(times(known.capacity, plus(WHOLE, HAIR)), step)) <= 0,
      () => `${rung.rule} allows ${String(rung.allows)}, reference ${show(known.capacity)}`,
    )
    if (quantity.n === 0n) continue
    must(
      compare(quantity, allows) <= 0,
      () => `${decision.quantity} is above the ${String(rung.allows)} of ${rung.rule}`,
    )
    const use = known.use(quantity)
    must(
      compare(use, times(known.limit, plus(WHOLE, HAIR))) <= 0,
      () => `${rung.rule}: ${show(use)} is over ${show(known.limit)}`,
    )
  }
  must(
    decision.ladder.length === [...reference.ceilings.keys()].length + unlimited(decision),
    () => 'a ceiling is missing',
  )
}

function unlimited({ ladder }: DecisionBody): number {
  return ladder.filter(({ limit }) => limit === null).length
}

/** Equal to the twelve digits that a decision is written with. */
function closeTo(written: string | null, exact: Rational): boolean {
  return written !== null && compare(size(minus(rational(written), exact)), times(size(exact), WRITTEN)) <= 0
}

/** Both sides of a mismatch, rule by rule. */
function difference(decision: DecisionBody, reference: Reference, expected: string): string {
  const rungs = decision.ladder.map(
    ({ rule, facts, allows }) =>
      `${rule} ${facts['capacity'] ?? String(allows)}, reference ${show(reference.ceilings.get(rule)?.capacity ?? NOTHING)}`,
  )
  const proposed = `proposed ${decision.proposed ?? ''}, reference ${show(reference.proposed)}, braked ${show(reference.braked)}`
  return [`${decision.quantity}, reference ${expected}`, decision.says, proposed, ...rungs].join('\n')
}
