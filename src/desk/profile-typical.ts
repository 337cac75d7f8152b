import { parse } from 'yaml'
import type { ShippedProfile } from './workspace.ts'

/** Settings of the rules that no shipped profile has on. */
const TYPICAL: Readonly<Record<string, object>> = {
  'brakes.regime_throttle': {
    trend: 1,
    mean_reversion: 0.8,
    chop: 0.5,
    high_volatility: 0.3,
    crisis: 0.1,
    unknown: 0.5,
  },
  'ceilings.trailing_drawdown': { max: 0.1 },
  'ceilings.adv': { max: 0.01 },
}

/** The settings a rule starts with when it is switched on: those of the first shipped profile that has it on. */
export function typicalSettings(shipped: readonly ShippedProfile[], section: string, id: string): unknown {
  for (const { yaml } of shipped) {
    const raw = parse(yaml) as Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>
    const entry = raw[section]?.[id]
    if (typeof entry === 'object' && entry !== null) return entry
  }
  return TYPICAL[`${section}.${id}`] ?? {}
}
