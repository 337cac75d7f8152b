import type { StrategyInput } from './inputs.ts'
import { readDecimal, sayExact, sayPercent, smaller, text, ZERO, type Dec } from './kernel/money.ts'
import { reason, type Reason } from './kernel/reason.ts'
import type { Profile } from './profile.ts'

type Decimals = Readonly<Record<string, Dec>>

/** Settings that are allowed and cannot do what they say: a cap that never binds, a boost that never boosts. */
export function warningsOf(profile: Profile): readonly Reason[] {
  return [...capsThatNeverBind(profile), ...methodThatNeverDecides(profile), ...boostsThatNeverBoost(profile)]
}

/** Budgets of strategies that together are more than the whole equity. */
export function budgetWarnings(strategies: readonly StrategyInput[]): readonly Reason[] {
  let sum: Dec = ZERO
  const named: string[] = []
  for (const { code, budget } of strategies) {
    const read = budget === null ? undefined : readDecimal(budget, `strategies.${code}.budget`)
    if (read?.ok !== true) continue
    sum = sum.plus(read.value)
    named.push(code)
  }
  if (sum.lte(1)) return []
  const says = `The budgets of ${named.join(', ')} add up to ${sayPercent(sum)} of equity: they cannot all be used at once without borrowing.`
  return [warning('strategies', says)]
}

/** Each pair: a limit, and another one that is always reached first. */
function capsThatNeverBind(profile: Profile): Reason[] {
  const cap = (rule: string, key = 'max'): Dec | undefined =>
    (profile.ceilings.get(rule) as Decimals | undefined)?.[key]
  const [exposure, multiple] = [cap('gross_exposure', 'maxExposure'), cap('gross_exposure', 'maxLeverage')]
  const gross = exposure === undefined || multiple === undefined ? undefined : exposure.times(multiple)
  const portfolio = profile.ceilings.get('portfolio_risk') as { readonly form: string } | undefined
  const penalised = portfolio?.form === 'penalised_sum'
  // The penalty can make the sum larger than the open risk that the day counts; a correlated sum may be smaller than one risk.
  const openRisk = penalised
    ? cap('portfolio_risk')?.div(cap('portfolio_risk', 'adjustment') ?? 1)
    : cap('portfolio_risk')
  const single = cap('single_asset')
  const tiers = ['sniper', 'hunter', 'strategist'].flatMap((name) => cap('tier', name) ?? [])
  const largestTier = tiers.length === 0 ? undefined : tiers.reduce((a, b) => (a.gte(b) ? a : b))
  const all = 'gross_exposure, equity × exposure × leverage,'
  const budget = cap('strategy_budget', 'fallback')
  return [
    never('ceilings.kelly_cap.max', cap('kelly_cap'), 'ceilings.single_asset.max', single),
    never('ceilings.kelly_cap.max', cap('kelly_cap'), 'the largest cap of ceilings.tier', largestTier),
    never('ceilings.single_asset.max', single, 'the largest cap of ceilings.tier', largestTier),
    never('ceilings.single_asset.max', single, all, gross),
    never('ceilings.cluster.max', cap('cluster'), all, gross),
    ...clusterCaps(profile).map(([name, own]) => never(`ceilings.cluster.caps.${name}`, own, all, gross)),
    never('ceilings.concentration.max', cap('concentration'), all, gross),
    never('ceilings.net_exposure.max', cap('net_exposure'), all, gross),
    never('ceilings.risk_per_trade.max', cap('risk_per_trade'), 'ceilings.daily_loss.max', cap('daily_loss')),
    never('ceilings.portfolio_risk.max', openRisk, 'ceilings.daily_loss.max', cap('daily_loss')),
    ...whereAbove(budget, gross, never('ceilings.strategy_budget.fallback', budget, all, gross)),
    ...(penalised
      ? whereAbove(
          cap('risk_per_trade'),
          cap('portfolio_risk'),
          never(
            'ceilings.risk_per_trade.max',
            cap('risk_per_trade'),
            'ceilings.portfolio_risk.max',
            cap('portfolio_risk'),
          ),
        )
      : []),
    ...whereAbove(
      gross,
      cap('leverage', 'intraday'),
      never('ceilings.gross_exposure.maxLeverage', gross, 'ceilings.leverage.intraday', cap('leverage', 'intraday')),
    ),
  ].flat()
}

/** Two limits of one height say the same twice, which is no mistake. */
function whereAbove(own: Dec | undefined, other: Dec | undefined, warnings: readonly Reason[]): readonly Reason[] {
  return own !== undefined && other !== undefined && own.gt(other) ? warnings : []
}

function clusterCaps({ ceilings }: Profile): readonly (readonly [string, Dec])[] {
  const cluster = ceilings.get('cluster') as { readonly caps: ReadonlyMap<string, Dec> } | undefined
  return [...(cluster?.caps ?? [])]
}

function never(field: string, own: Dec | undefined, named: string, other: Dec | undefined): readonly Reason[] {
  if (own === undefined || other === undefined || own.lt(other)) return []
  return [
    warning(
      field,
      `${field} can never bind: it comes to ${sayPercent(own)}, and ${named} allows ${sayPercent(other)}. Lower it or switch it off.`,
    ),
  ]
}

/** The risk ceiling stands below what the profile's method asks for, so that it sizes every order. */
function methodThatNeverDecides({ method, methods, ceilings }: Profile): Reason[] {
  const most = (ceilings.get('risk_per_trade') as Decimals | undefined)?.['max']
  const settings = methods.get(method) as Decimals | undefined
  if (most === undefined || settings === undefined) return []
  const field = ['fixed_risk', 'fixed_risk_atr'].includes(method)
    ? 'risk'
    : ['enhanced_kelly', 'physics_kelly'].includes(method)
      ? 'cap'
      : undefined
  const asks = field === undefined ? undefined : settings[field]
  if (field === undefined || asks === undefined || asks.lte(most)) return []
  const path = `methods.${method}.${field}`
  const says = `${path} is ${sayPercent(asks)}, above ceilings.risk_per_trade.max of ${sayPercent(most)}: the ceiling cuts what the method asks for, so the method ${field === 'risk' ? 'never decides' : 'decides only below it'}.`
  return [warning(path, says)]
}

function boostsThatNeverBoost({ general, scalers, brakes, methods }: Profile): Reason[] {
  const warnings: Reason[] = []
  const high = (scalers.get('conviction') as Decimals | undefined)?.['high']
  if (high?.gt(1) === true && !general.allowBoosts) {
    const says = `scalers.conviction.high is ${text(high)} and general.allowBoosts is false: it counts as 1.`
    warnings.push(warning('scalers.conviction.high', says))
  }
  for (const [id, key] of [
    ['volatility_regime', 'lowBoost'],
    ['performance', 'streakBoost'],
  ] as const) {
    const boost = (brakes.get(id) as Decimals | undefined)?.[key]
    if (boost?.gt(1) !== true) continue
    const field = `brakes.${id}.${key}`
    warnings.push(warning(field, `${field} is ${text(boost)}: a brake never raises a size, so it counts as 1.`))
  }
  for (const [id, settings] of methods as ReadonlyMap<string, Decimals>) {
    const { fallbackRisk, cap, fraction } = settings
    if (fallbackRisk === undefined || cap === undefined || !id.startsWith('kelly_')) continue
    const most = fraction === undefined ? cap : smaller(cap.times(fraction), cap)
    if (fallbackRisk.lte(most)) continue
    const field = `methods.${id}.fallbackRisk`
    const says = `${field} is ${sayPercent(fallbackRisk)} and is cut to ${sayExact(most.times(100))} %, the most the method itself may ask for.`
    warnings.push(warning(field, says))
  }
  return warnings
}

function warning(field: string, says: string): Reason {
  return reason('INPUT_OUT_OF_RANGE', says, field)
}
