import type { StrategyInput } from '../domain/inputs.ts'
import { budgetWarnings, warningsOf } from '../domain/profile-warnings.ts'
import { readProfileSource, type Placed } from './profile-source.ts'

/** What a check of a profile found: faults refuse it, warnings do not. In the order of the file. */
export interface ProfileCheck {
  readonly faults: Placed[]
  readonly warnings: Placed[]
}

/**
 * Checks the text of a profile: unknown and missing keys, wrong units and contradictions are faults; caps that can never
 * bind, boosts that never boost and, where strategies are given, budgets above the whole are warnings. All at once.
 */
export function checkProfile(yaml: string, fileName: string, strategies: readonly StrategyInput[] = []): ProfileCheck {
  const { profile, faults, place } = readProfileSource(yaml, fileName)
  if (profile === undefined) return { faults: inOrder(faults), warnings: [] }
  const budgets = profile.ceilings.has('strategy_budget') ? budgetWarnings(strategies) : []
  const atBudgets = budgets.map((remark) => ({
    ...place({ ...remark, field: 'ceilings.strategy_budget' }),
    key: 'strategies',
  }))
  return { faults: [], warnings: inOrder([...warningsOf(profile).map(place), ...atBudgets]) }
}

function inOrder(placed: readonly Placed[]): Placed[] {
  return placed.toSorted((a, b) => a.line - b.line || a.column - b.column)
}
