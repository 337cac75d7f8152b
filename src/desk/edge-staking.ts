import { invariant } from '../domain/kernel/invariant.ts'
import type { Profile } from '../domain/profile.ts'
import { sizesFromTrades } from './studies-plan.ts'

/** How a profile turns a full Kelly into a share of equity under a method; `kelly_trades` where the method has no Kelly of trades. */
export interface Staking {
  readonly method: string
  readonly minimumTrades: number
  readonly windowDays: number
  readonly fallbackRisk: number
  /** Share of equity at the stop for a full Kelly, never below 0. */
  staked(kelly: number): number
  /** The most it ever stakes. */
  readonly most: number
}

/** Methods that cut to their cap after the fraction; the others cut full Kelly first. */
const CAPPED_LAST = new Set(['enhanced_kelly', 'physics_kelly'])

/** Reads the staking of a method from a profile, as float64 for statistics. */
export function stakingOf(profile: Profile, methodId: string): Staking {
  const method = sizesFromTrades(methodId) ? methodId : 'kelly_trades'
  const values = profile.methods.get(method) as KellyValues | undefined
  invariant(values !== undefined, 'a profile has the settings of every method')
  const fraction = values.fraction?.toNumber() ?? 1
  const cap = values.cap.toNumber()
  const staked = (kelly: number): number => {
    const share = CAPPED_LAST.has(method) ? Math.min(kelly * fraction, cap) : Math.min(kelly, cap) * fraction
    return Math.max(0, share)
  }
  return {
    method,
    minimumTrades: values.minimumTrades,
    windowDays: values.windowDays,
    fallbackRisk: values.fallbackRisk.toNumber(),
    staked,
    most: CAPPED_LAST.has(method) ? cap : cap * fraction,
  }
}

interface Figure {
  toNumber(): number
}

interface KellyValues {
  readonly fraction?: Figure
  readonly cap: Figure
  readonly fallbackRisk: Figure
  readonly minimumTrades: number
  readonly windowDays: number
}
