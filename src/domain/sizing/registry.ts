import { fixedFraction } from './methods/fixed_fraction.ts'
import { fixedQty } from './methods/fixed_qty.ts'
import { fixedRisk } from './methods/fixed_risk.ts'
import { fixedRiskAtr } from './methods/fixed_risk_atr.ts'
import { kellyTrades } from './methods/kelly_trades.ts'
import type { Method } from './method.ts'

/** Every sizing method, in the order pickers show them. A new method is one file and one line here. */
export const METHODS: readonly Method[] = [fixedRisk, fixedRiskAtr, fixedFraction, fixedQty, kellyTrades]

/** The method with this id. */
export function methodById(id: string): Method | undefined {
  return METHODS.find((method) => method.id === id)
}
