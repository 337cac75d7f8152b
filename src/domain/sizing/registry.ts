import { fixedFraction } from './methods/fixed_fraction.ts'
import { fixedQty } from './methods/fixed_qty.ts'
import { fixedRisk } from './methods/fixed_risk.ts'
import { fixedRiskAtr } from './methods/fixed_risk_atr.ts'
import { kellyTrades } from './methods/kelly_trades.ts'
import { enhancedKelly } from './methods/enhanced_kelly.ts'
import { growthOptimal } from './methods/growth_optimal.ts'
import { kellyConservative } from './methods/kelly_conservative.ts'
import { kellyContinuousMethod } from './methods/kelly_continuous.ts'
import { kellyEmpirical } from './methods/kelly_empirical.ts'
import { kellyRiskConstrained } from './methods/kelly_risk_constrained.ts'
import { kellyVol } from './methods/kelly_vol.ts'
import { leveragedKelly } from './methods/leveraged_kelly.ts'
import { physicsKelly } from './methods/physics_kelly.ts'
import { volTarget } from './methods/vol_target.ts'
import type { Method } from './method.ts'

/** What a Kelly method falls back to where its account may not use it. */
export { fixedFraction }

/** Every sizing method, in the order pickers show them. A new method is one file and one line here. */
export const METHODS: readonly Method[] = [
  fixedRisk,
  fixedRiskAtr,
  fixedFraction,
  fixedQty,
  kellyTrades,
  kellyEmpirical,
  kellyConservative,
  kellyRiskConstrained,
  kellyContinuousMethod,
  kellyVol,
  volTarget,
  leveragedKelly,
  growthOptimal,
  enhancedKelly,
  physicsKelly,
]

/** The method with this id. */
export function methodById(id: string): Method | undefined {
  return METHODS.find((method) => method.id === id)
}
