import { sayExact, sayPercent, type Dec } from '../kernel/money.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import type { Profile } from '../profile.ts'
import type { Sizing } from '../sizing/order.ts'
import { tierOf } from './tier.ts'

/** Why a size on the lot grid is too small to send; `null` where it is not. A small size is never raised. */
export function belowMinimum(size: Dec, sizing: Sizing, profile: Profile): Reason | null {
  const { instrument, notionalPerUnit, rate, standing } = sizing
  if (size.isZero())
    return reason(
      'BELOW_MIN_LOT',
      `Less than one lot of ${sayExact(instrument.lotStep)} is allowed; it is never rounded up.`,
    )
  if (size.lt(instrument.minQuantity))
    return reason(
      'BELOW_MIN_LOT',
      `${sayExact(size)} is below the smallest order of ${sayExact(instrument.minQuantity)} units; it is never raised.`,
    )
  const notional = notionalPerUnit.times(size)
  if (instrument.minNotional !== null && notional.lt(instrument.minNotional.times(rate))) {
    return reason(
      'BELOW_MIN_SIZE',
      `The order is worth less than the smallest of ${sayExact(instrument.minNotional)} ${instrument.currency}; it is never raised.`,
    )
  }
  if (notional.lt(standing.equity.times(profile.general.minimumWeight)))
    return reason(
      'BELOW_MIN_SIZE',
      'The position is below the smallest share of equity of the profile; it is never raised.',
    )
  const least = leastAtTier(sizing, profile)
  if (least !== null && notional.lt(standing.equity.times(least.share))) {
    return reason(
      'TIER',
      `At tier ${least.tier} a position below ${sayPercent(least.share)} of equity is rejected; it is never raised.`,
    )
  }
  return null
}

type LeastShares = Readonly<Record<'sniperLeast' | 'hunterLeast' | 'strategistLeast', Dec>>

function leastAtTier(
  { standing, tiers }: Sizing,
  profile: Profile,
): { readonly tier: string; readonly share: Dec } | null {
  const settings = profile.ceilings.get('tier') as LeastShares | undefined
  if (settings === undefined) return null
  const { sniperLeast, hunterLeast, strategistLeast } = settings
  const tier = tierOf(standing.equity, tiers)
  return { tier, share: { SNIPER: sniperLeast, HUNTER: hunterLeast, STRATEGIST: strategistLeast }[tier] }
}
