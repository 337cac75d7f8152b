import type { Book } from '../book.ts'
import type { DecisionInputs } from '../inputs.ts'
import type { Reason } from '../kernel/reason.ts'
import type { Profile } from '../profile.ts'
import { METHODS } from '../sizing/registry.ts'
import { decide } from './decide.ts'
import type { DecisionBody, Outcome } from './decision.ts'

/** What one sizing method makes of an order, stage by stage. Units of the instrument as decimal text. */
export interface MethodNumbers {
  readonly method: string
  readonly title: string
  readonly proposes: 'quantity' | 'risk' | 'weight'
  /** Method that sized in its place, where the account's tier put another there. */
  readonly decidedWith: string
  /** `null` where it gives none: `reasons` says why. */
  readonly proposal: string | null
  /** After scalers and brakes. */
  readonly afterBrakes: string
  /** After every ceiling, not yet on the lot grid. */
  readonly afterCeilings: string
  readonly quantity: string
  readonly outcome: Outcome
  readonly binding: string | null
  readonly bindingTitle: string | null
  readonly riskAmount: string
  readonly riskFraction: string | null
  readonly weight: string | null
  readonly reasons: readonly Reason[]
  readonly says: string
}

/** Every sizing method's numbers for one order. */
export interface MethodComparison {
  readonly symbol: string
  readonly currency: string
  /** Method that the order, its strategy or the profile chose. */
  readonly chosen: string | null
  readonly rows: readonly MethodNumbers[]
}

/**
 * Decides the order once with each method, a typed quantity left out. `inputsWith` gives what an order with that method
 * looks at, with none for the order as it stands. An exit has no rows: no method sizes it.
 */
export function compareMethods(
  inputsWith: (method: string | null) => DecisionInputs,
  book: Book,
  profile: Profile,
): MethodComparison {
  const own = decide(asQuestion(inputsWith(null), null), book, profile)
  const common = { symbol: own.symbol, currency: own.currency, chosen: own.method }
  if (own.kind === 'exit') return { ...common, chosen: null, rows: [] }
  return {
    ...common,
    rows: METHODS.map(({ id, title, proposes }) => {
      const body = decide(asQuestion(inputsWith(id), id), book, profile)
      return { method: id, title, proposes, ...numbersOf(body, id) }
    }),
  }
}

/** The order with a method, its own where `null`, and no quantity typed. It repeats no order decided moments before. */
export function asQuestion(inputs: DecisionInputs, method: string | null): DecisionInputs {
  const request = { ...inputs.request, quantity: null, ...(method === null ? {} : { method }) }
  return { ...inputs, recent: [], request }
}

function numbersOf(body: DecisionBody, method: string): Omit<MethodNumbers, 'method' | 'title' | 'proposes'> {
  const round = body.steps.find(({ stage }) => stage === 'round')
  const firstCeiling = body.steps.find(({ stage }) => stage === 'ceiling')
  const binding = body.binding
  return {
    decidedWith: body.method ?? method,
    proposal: body.proposed,
    afterBrakes: firstCeiling?.before ?? round?.before ?? '0',
    afterCeilings: round?.before ?? '0',
    quantity: body.quantity,
    outcome: body.outcome,
    binding,
    bindingTitle: body.steps.findLast(({ rule }) => rule === binding)?.title ?? null,
    riskAmount: body.riskAmount,
    riskFraction: body.riskFraction,
    weight: body.weight,
    reasons: body.reasons,
    says: body.says,
  }
}
