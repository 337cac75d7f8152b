import type { FrontierInput, OptimiseInput } from '../../contract/portfolio/optimise.ts'
import type { BasketInput, DecidePlanInput, PlanInput } from '../../contract/portfolio/plan.ts'
import type { RiskQuery } from '../../contract/portfolio/risk.ts'
import type { SensorsQuery } from '../../contract/portfolio/sensors.ts'
import type { StudyQuery } from '../../contract/portfolio/study.ts'
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
    study: (asked) => studyMarketsOf(workspace, asked as StudyQuery),
    sensors: (asked) => sensorsView(workspace, asked as SensorsQuery),
    risk: (asked) => portfolioRisk(workspace, asked as RiskQuery),
    optimise: (asked) => optimiseFor(workspace, asked as OptimiseInput),
    frontier: (asked) => frontierFor(workspace, asked as FrontierInput),
    plan: async (asked) => (await makePlan(workspace, asked as PlanInput)).view,
    decidePlan: (asked) => decidePlan(workspace, asked as DecidePlanInput),
    basket: (asked) => lookAtBasket(workspace, asked as BasketInput),
  }
}
