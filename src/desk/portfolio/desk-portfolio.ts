import type { Desk } from '../desk.ts'
import { DeskRefusal } from '../refusal.ts'

/** The portfolio calls of the desk. */
export function openPortfolio(): Desk['portfolio'] {
  const refuse = (): never => {
    throw new DeskRefusal('NO_THREADS', 'This desk was opened without a thread to study markets on.')
  }
  return {
    study: refuse,
    sensors: refuse,
    risk: refuse,
    optimise: refuse,
    frontier: refuse,
    plan: refuse,
    decidePlan: refuse,
    basket: refuse,
  }
}
