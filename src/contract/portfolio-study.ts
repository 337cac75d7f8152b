import { FrontierInput, FrontierResult, OptimiseInput, OptimiseResult } from './portfolio/optimise.ts'
import { BasketInput, BasketView, DecidePlanInput, PlanInput, PlanView, RecordedPlan } from './portfolio/plan.ts'
import { RiskQuery, RiskView } from './portfolio/risk.ts'
import { SensorsQuery, SensorsView } from './portfolio/sensors.ts'
import { StudyQuery, StudyView } from './portfolio/study.ts'
import { refusable } from './refusal.ts'

/** Markets studied together, regime sensors, and portfolios: risk, optimiser, plan. Only `decidePlan` records anything. */
export const portfolio = {
  study: refusable
    .route({ method: 'POST', path: '/portfolio/study', summary: 'Correlations on incomplete data, with their noise' })
    .input(StudyQuery)
    .output(StudyView),
  sensors: refusable
    .route({ method: 'GET', path: '/portfolio/sensors', summary: 'Regime sensors with their history' })
    .input(SensorsQuery)
    .output(SensorsView),
  risk: refusable
    .route({ method: 'POST', path: '/portfolio/risk', summary: 'Risk contributions and stress of the positions' })
    .input(RiskQuery)
    .output(RiskView),
  optimise: refusable
    .route({ method: 'POST', path: '/portfolio/optimise', summary: 'Weigh a portfolio under limits' })
    .input(OptimiseInput)
    .output(OptimiseResult),
  frontier: refusable.input(FrontierInput).output(FrontierResult),
  plan: refusable.input(PlanInput).output(PlanView),
  decidePlan: refusable.input(DecidePlanInput).output(RecordedPlan),
  basket: refusable.input(BasketInput).output(BasketView),
}
