import { drawdown } from './brakes/drawdown.ts'
import { buyingPower } from './ceilings/buying_power.ts'
import { cluster } from './ceilings/cluster.ts'
import { dailyLoss } from './ceilings/daily_loss.ts'
import { grossExposure } from './ceilings/gross_exposure.ts'
import { netExposure } from './ceilings/net_exposure.ts'
import { orderNotional } from './ceilings/order_notional.ts'
import { orderQty } from './ceilings/order_qty.ts'
import { riskPerTrade } from './ceilings/risk_per_trade.ts'
import { singleAsset } from './ceilings/single_asset.ts'
import { strategyBudget } from './ceilings/strategy_budget.ts'
import { accountEnabled } from './gate/account_enabled.ts'
import { duplicate } from './gate/duplicate.ts'
import { feesBelowEdge } from './gate/fees_below_edge.ts'
import { instrumentEnabled } from './gate/instrument_enabled.ts'
import { marketData } from './gate/market_data.ts'
import { orderRate } from './gate/order_rate.ts'
import { priceCollar } from './gate/price_collar.ts'
import { rewardToRisk } from './gate/reward_to_risk.ts'
import { session } from './gate/session.ts'
import { shortAllowed } from './gate/short_allowed.ts'
import { specCheck } from './gate/spec_check.ts'
import { stopSide } from './gate/stop_side.ts'
import { targetSide } from './gate/target_side.ts'
import type { CeilingRule, FactorRule, GateRule } from './rule.ts'
import { signal } from './scalers/signal.ts'

/** Multipliers that carry the trader's intent. */
export const SCALERS: readonly FactorRule[] = [signal]
/** Multipliers at most 1 that carry a fear. */
export const BRAKES: readonly FactorRule[] = [drawdown]
/** Every limit as a ceiling on quantity, in the order the audit trail tells them. Order never changes a size. */
export const CEILINGS: readonly CeilingRule[] = [
  riskPerTrade,
  dailyLoss,
  singleAsset,
  cluster,
  grossExposure,
  netExposure,
  strategyBudget,
  buyingPower,
  orderQty,
  orderNotional,
]
/** Checks that pass or block. */
export const GATE: readonly GateRule[] = [
  accountEnabled,
  instrumentEnabled,
  specCheck,
  stopSide,
  targetSide,
  shortAllowed,
  marketData,
  priceCollar,
  session,
  rewardToRisk,
  feesBelowEdge,
  duplicate,
  orderRate,
]
