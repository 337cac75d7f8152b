import type { Desk } from '../desk.ts'
import type { Workspace } from '../workspace.ts'
import { lookAtBasket } from './basket.ts'
import { decidePlan } from './decide-plan.ts'
import { frontierFor, optimiseFor } from './optimise.ts'
import { makePlan } from './plan.ts'
import { portfolioRisk } from './risk.ts'
import { sensorsView } from './sensors.ts'
import { studyMarketsOf } from './study.ts'

/** The portfolio calls of the desk. Whatever is wrong with what was asked is refused before anything is worked out. */
export function openPortfolio(workspace: Workspace): Desk['portfolio'] {
  return {
    study: (asked) => studyMarketsOf(workspace, asked),
    sensors: (asked) => sensorsView(workspace, asked),
    risk: (asked) => portfolioRisk(workspace, asked),
    optimise: (asked) => optimiseFor(workspace, asked),
    frontier: (asked) => frontierFor(workspace, asked),
    plan: async (asked) => (await makePlan(workspace, asked)).view,
    decidePlan: (asked) => decidePlan(workspace, asked),
    basket: (asked) => lookAtBasket(workspace, asked),
  }
}
