import type { SimulationRequest } from '../../../src/domain/simulation/model.ts'
import type { SimulationPlan } from '../../../src/domain/simulation/plan.ts'
import { readPlan } from '../../../src/domain/simulation/read-plan.ts'

/** The plan of a request that is right; throws the sentences of one that is not. */
export function planOf(request: SimulationRequest): SimulationPlan {
  const plan = readPlan(request)
  if (!plan.ok) throw new Error(plan.error.map(({ says }) => says).join(' '))
  return plan.value
}

/** Forty trades of an ordinary trader, in R. */
export const someTrades: readonly number[] = Array.from({ length: 40 }, (_, index) =>
  (index * 7) % 20 < 9 ? 0.4 + ((index * 13) % 11) / 5 : -1.1 + ((index * 3) % 7) / 10,
)
