import type { SensorTile } from '../../contract/portfolio/sensors.ts'
import type { Profile } from '../../domain/profile.ts'
import type { RegimeReading, RegimeSensorId } from '../../domain/regime/sensor.ts'

/** Readings from which a level begins, by SPEC 6; those of volatility are the instrument's own. */
export const LEVELS: Readonly<Record<RegimeSensorId, readonly { readonly from: number; readonly level: string }[]>> = {
  lyapunov: [
    { from: 0, level: 'stable' },
    { from: 0.2, level: 'moderate' },
    { from: 0.5, level: 'chaotic' },
  ],
  ising: [
    { from: 0, level: 'loose' },
    { from: 0.8, level: 'lockstep' },
  ],
  eigen: [
    { from: 0, level: 'low' },
    { from: 1.5, level: 'moderate' },
    { from: 2, level: 'high' },
  ],
  volatility_regime: [],
  market_regime: [],
}

/** Who in a profile looks at a sensor: a brake, and a sizing method for the three links. */
const READERS: Readonly<Record<RegimeSensorId, { readonly brake: string; readonly method?: string }>> = {
  lyapunov: { brake: 'physics', method: 'physics_kelly' },
  ising: { brake: 'physics', method: 'physics_kelly' },
  eigen: { brake: 'physics', method: 'physics_kelly' },
  volatility_regime: { brake: 'volatility_regime' },
  market_regime: { brake: 'regime_throttle' },
}

/** How worrying a reading is: by what it does to size. */
export function stateOf(found: RegimeReading | undefined): SensorTile['state'] {
  if (found === undefined) return 'unknown'
  if (found.multiplier >= 1) return 'ok'
  return found.multiplier > 0.5 ? 'near' : 'over'
}

/** What a sensor does to size under a profile, in one sentence. */
export function effectOf(id: RegimeSensorId, profile: Profile, found: RegimeReading | undefined): string {
  const { brake, method } = READERS[id]
  const hasBrake = profile.brakes.has(brake)
  const isMethod = method !== undefined && profile.method === method
  const by = [...(hasBrake ? [`the brake ${brake}`] : []), ...(isMethod ? [`the method ${method}`] : [])]
  const does =
    found === undefined
      ? 'missing, it counts as the profile says'
      : found.abstains
        ? 'it abstains and leaves the size alone'
        : `× ${Number(found.multiplier.toPrecision(3))}`
  return by.length === 0
    ? `It does nothing under this profile: the brake ${brake} is off. It would say: ${does}.`
    : `By ${by.join(' and ')}${method === undefined ? '' : ', as one of three links of which the weakest counts'}: ${does}.`
}
