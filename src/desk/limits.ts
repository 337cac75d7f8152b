import type { PortfolioLimits } from '../contract/limits.ts'
import { divide, larger, NO_MONEY, readDecimal, readPositive, ZERO, type Dec } from '../domain/kernel/money.ts'
import { DeskRefusal } from './refusal.ts'
import { standing } from './standing.ts'
import type { Workspace } from './workspace.ts'

/** Exposure and strategy budgets in the strategy-budget engine's own shape; refuses while equity or exposure is not known. */
export function portfolioLimits(workspace: Workspace): PortfolioLimits {
  const { account, book, profile } = standing(workspace)
  const equity = readPositive(account.equity.value, 'account.equity')
  if (!equity.ok)
    throw new DeskRefusal(
      equity.error.code,
      account.equity.value === null ? account.equity.source : equity.error.says,
      'account.equity',
    )
  const [unknown] = book.unknown
  if (unknown !== undefined) throw new DeskRefusal(unknown.code, unknown.says, unknown.field)
  const gross = profile.ceilings.get('gross_exposure') as
    { readonly maxExposure: Dec; readonly maxLeverage: Dec } | undefined
  const risk = profile.ceilings.get('risk_per_trade') as { readonly max: Dec } | undefined
  const fallback = profile.ceilings.get('strategy_budget') as { readonly fallback: Dec } | undefined
  if (gross === undefined || risk === undefined || fallback === undefined)
    throw new DeskRefusal(
      'LIMITS_MISSING',
      'The profile switches off gross_exposure, risk_per_trade or strategy_budget, so there are no such limits to tell.',
      'ceilings',
    )
  const max = equity.value.times(gross.maxExposure).times(gross.maxLeverage)
  const codes = new Map(workspace.book.strategies().map((strategy) => [strategy.code, strategy.budget]))
  for (const code of book.byStrategy.keys()) if (!codes.has(code)) codes.set(code, null)
  const perStrategy: PortfolioLimits['per_strategy'] = {}
  for (const [code, own] of codes) {
    const share = own === null ? fallback.fallback : readDecimal(own, `strategies.${code}.budget`)
    if ('ok' in share && !share.ok) throw new DeskRefusal(share.error.code, share.error.says, share.error.field)
    const budget = equity.value.times('ok' in share ? share.value : share)
    const used = book.byStrategy.get(code) ?? NO_MONEY
    perStrategy[code] = {
      budget: amount(budget),
      used: amount(used),
      available: amount(larger(budget.minus(used), ZERO)),
      utilization_pct: percent(used, budget),
    }
  }
  return {
    ok: true,
    equity: amount(equity.value),
    max_exposure: amount(max),
    current_exposure: amount(book.gross),
    available_exposure: amount(larger(max.minus(book.gross), ZERO)),
    exposure_utilization_pct: percent(book.gross, max),
    per_strategy: perStrategy,
    config: {
      max_leverage: gross.maxLeverage.toNumber(),
      max_exposure_pct: gross.maxExposure.toNumber(),
      max_risk_per_trade_pct: risk.max.toNumber(),
      position_sizing_mode: profile.method,
    },
  }
}

function amount(value: Dec): number {
  return value.toDecimalPlaces(2).toNumber()
}

function percent(used: Dec, limit: Dec): number {
  return limit.isZero() ? 0 : divide(used, limit).times(100).toDecimalPlaces(2).toNumber()
}
