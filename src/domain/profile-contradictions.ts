import { sayExact, sayPercent, type Dec } from './kernel/money.ts'
import { reason, type Reason } from './kernel/reason.ts'
import type { Profile } from './profile.ts'

type Decimals = Readonly<Record<string, Dec>>

/** Settings that are each in range and cannot hold together; a profile with one of them is refused. */
export function contradictionsOf(profile: Profile): readonly Reason[] {
  return [
    ...tierFaults(profile),
    ...regimeFaults(profile),
    ...performanceFaults(profile),
    ...leverageFaults(profile),
    ...smallestFaults(profile),
  ]
}

function tierFaults({ general, ceilings }: Profile): Reason[] {
  const faults: Reason[] = []
  if (general.hunterFrom.gte(general.strategistFrom)) {
    faults.push(
      contradiction(
        'general.hunterFrom',
        `is ${sayExact(general.hunterFrom)}, not below general.strategistFrom of ${sayExact(general.strategistFrom)}: put the tiers in order`,
      ),
    )
  }
  const tier = ceilings.get('tier') as Decimals | undefined
  for (const name of ['sniper', 'hunter', 'strategist']) {
    const most = tier?.[name]
    const least = tier?.[`${name}Least`]
    if (most === undefined || least === undefined || least.lte(most)) continue
    faults.push(
      contradiction(
        `ceilings.tier.${name}Least`,
        `is ${sayPercent(least)}, above ceilings.tier.${name} of ${sayPercent(most)}: no position would be allowed at this tier`,
      ),
    )
  }
  return faults
}

function regimeFaults({ brakes }: Profile): Reason[] {
  const levels = brakes.get('volatility_regime') as { readonly low: Dec; readonly high: Dec } | undefined
  if (levels === undefined || levels.low.lt(levels.high)) return []
  return [
    contradiction(
      'brakes.volatility_regime.low',
      `is ${sayPercent(levels.low)}, not below brakes.volatility_regime.high of ${sayPercent(levels.high)}`,
    ),
  ]
}

function performanceFaults({ brakes }: Profile): Reason[] {
  const recent = brakes.get('performance') as { readonly trades: number; readonly least: number } | undefined
  if (recent === undefined || recent.least <= recent.trades) return []
  return [
    contradiction(
      'brakes.performance.least',
      `is ${recent.least}, more than the ${recent.trades} trades that are looked at: the brake would never hold`,
    ),
  ]
}

function leverageFaults({ ceilings }: Profile): Reason[] {
  const leverage = ceilings.get('leverage') as Decimals | undefined
  const [intraday, overnight] = [leverage?.['intraday'], leverage?.['overnight']]
  if (intraday === undefined || overnight === undefined || overnight.lte(intraday)) return []
  return [
    contradiction(
      'ceilings.leverage.overnight',
      `is ${sayExact(overnight)}, above ceilings.leverage.intraday of ${sayExact(intraday)}: the night is the stricter one`,
    ),
  ]
}

/** A smallest position above the largest one leaves nothing to size. */
function smallestFaults({ general, ceilings }: Profile): Reason[] {
  return ['kelly_cap', 'single_asset'].flatMap((id) => {
    const most = (ceilings.get(id) as Decimals | undefined)?.['max']
    if (most === undefined || general.minimumWeight.lte(most)) return []
    return [
      contradiction(
        'general.minimumWeight',
        `is ${sayPercent(general.minimumWeight)}, above ceilings.${id}.max of ${sayPercent(most)}: every order would be too small or too large`,
      ),
    ]
  })
}

function contradiction(field: string, says: string): Reason {
  return reason('INPUT_OUT_OF_RANGE', `${field} ${says}.`, field)
}
