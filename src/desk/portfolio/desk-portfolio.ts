import type { FrontierInput, OptimiseInput } from '../../contract/portfolio/optimise.ts'
import type { RiskQuery } from '../../contract/portfolio/risk.ts'
import type { SensorsQuery } from '../../contract/portfolio/sensors.ts'
import type { StudyQuery } from '../../contract/portfolio/study.ts'
import type { Desk } from '../desk.ts'
import { DeskRefusal } from '../refusal.ts'
import type { Workspace } from '../workspace.ts'
import { frontierFor, optimiseFor } from './optimise.ts'
import { portfolioRisk } from './risk.ts'
import { sensorsView } from './sensors.ts'
import { studyMarketsOf } from './study.ts'

/** The portfolio calls of the desk. Whatever is wrong with what was asked is refused before anything is worked out. */
export function openPortfolio(workspace: Workspace): Desk['portfolio'] {
  const refuse = (): never => {
    throw new DeskRefusal('NO_THREADS', 'This desk was opened without a thread to study markets on.')
  }
  return {
    study: (asked) => studyMarketsOf(workspace, asked as StudyQuery),
    sensors: (asked) => sensorsView(workspace, asked as SensorsQuery),
    risk: (asked) => portfolioRisk(workspace, asked as RiskQuery),
    optimise: (asked) => optimiseFor(workspace, asked as OptimiseInput),
    frontier: (asked) => frontierFor(workspace, asked as FrontierInput),
    plan: refuse,
    decidePlan: refuse,
    basket: refuse,
  }
}
