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
import { adv } from './ceilings/adv.ts'
import { concentration } from './ceilings/concentration.ts'
import { correlatedPair } from './ceilings/correlated_pair.ts'
import { kellyCap } from './ceilings/kelly_cap.ts'
import { leverage } from './ceilings/leverage.ts'
import { maxDrawdown } from './ceilings/max_drawdown.ts'
import { monthlyLoss } from './ceilings/monthly_loss.ts'
import { portfolioRisk } from './ceilings/portfolio_risk.ts'
import { portfolioVol } from './ceilings/portfolio_vol.ts'
import { propFirm } from './ceilings/prop_firm.ts'
import { tier } from './ceilings/tier.ts'
import { trailingDrawdown } from './ceilings/trailing_drawdown.ts'
import { weeklyLoss } from './ceilings/weekly_loss.ts'
import { liquidity } from './brakes/liquidity.ts'
import { monteCarlo } from './brakes/monte_carlo.ts'
import { performance } from './brakes/performance.ts'
import { physics } from './brakes/physics.ts'
import { regimeThrottle } from './brakes/regime_throttle.ts'
import { uncertainty } from './brakes/uncertainty.ts'
import { volatilityRegimeBrake } from './brakes/volatility_regime.ts'
import { minimumSharpe } from './gate/minimum_sharpe.ts'
import { conviction } from './scalers/conviction.ts'
import type { CeilingRule, FactorRule, GateRule } from './rule.ts'
import { signal } from './scalers/signal.ts'

/** Multipliers that carry the trader's intent. */
export const SCALERS: readonly FactorRule[] = [signal, conviction]
/** Multipliers at most 1 that carry a fear. */
export const BRAKES: readonly FactorRule[] = [
  drawdown,
  performance,
  volatilityRegimeBrake,
  regimeThrottle,
  physics,
  liquidity,
  uncertainty,
  monteCarlo,
]
/** Every limit as a ceiling on quantity, in the order the audit trail tells them. Order never changes a size. */
export const CEILINGS: readonly CeilingRule[] = [
  riskPerTrade,
  portfolioRisk,
  dailyLoss,
  weeklyLoss,
  monthlyLoss,
  maxDrawdown,
  trailingDrawdown,
  propFirm,
  kellyCap,
  singleAsset,
  correlatedPair,
  concentration,
  cluster,
  grossExposure,
  netExposure,
  leverage,
  strategyBudget,
  portfolioVol,
  tier,
  buyingPower,
  adv,
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
  minimumSharpe,
  feesBelowEdge,
  duplicate,
  orderRate,
]
