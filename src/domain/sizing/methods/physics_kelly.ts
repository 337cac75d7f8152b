import { sayPercent, smaller, text, type Dec, type RiskFraction } from '../../kernel/money.ts'
import { reason } from '../../kernel/reason.ts'
import { ok } from '../../kernel/result.ts'
import { fraction, milliseconds } from '../../kernel/setting.ts'
import { weakestLink } from '../../regime-multiplier.ts'
import { edgeOrFallback } from '../kelly-edge.ts'
import { KELLY_SETTINGS } from '../kelly-settings.ts'
import { defineMethod } from '../method.ts'

/**
 * Kelly times the weakest regime sensor: fraction·f*·M with M = min(Pλ, Pχ, PE), capped; a risk fraction. A missing
 * sensor is a brake and stated. The Monte Carlo brake validates what comes out.
 */
export const physicsKelly = defineMethod({
  id: 'physics_kelly',
  title: 'Kelly with regime sensors',
  proposes: 'risk',
  needsStop: true,
  says: 'Fractional Kelly cut by the most worried of three regime sensors. Not together with the regime brake, which would charge one fear twice.',
  settings: {
    fraction: KELLY_SETTINGS.fraction,
    cap: fraction({
      title: 'Cap on risk',
      help: 'Share of equity at the stop that is never exceeded: 0.1 is 10 %.',
      least: '0',
      most: '0.5',
      above: true,
    }),
    missing: fraction({
      title: 'Missing sensor',
      help: 'Multiplier that stands in for a missing or stale sensor.',
      least: '0',
      most: '1',
    }),
    maxAge: milliseconds({
      title: 'Oldest reading',
      help: 'Age of a sensor reading that still counts.',
      least: 1_000,
      most: 31_536_000_000,
    }),
    minimumTrades: KELLY_SETTINGS.minimumTrades,
    windowDays: KELLY_SETTINGS.windowDays,
    fallbackRisk: KELLY_SETTINGS.fallbackRisk,
  },
  propose({ inputs }, values) {
    const link = weakestLink(inputs, values)
    const staked = (kelly: Dec | null): Dec =>
      smaller((kelly ?? values.cap).times(values.fraction).times(link.multiplier), values.cap)
    const read = edgeOrFallback(inputs.edge, values, staked)
    if ('answer' in read) return read.answer
    const share = staked(read.point.kelly)
    return ok({
      kind: 'risk',
      fraction: share as RiskFraction,
      says: `Kelly ${sayPercent(read.point.kelly)} × ${text(values.fraction)}. ${link.says} That is ${sayPercent(share)} of equity at the stop.`,
      facts: { ...link.facts, kelly: text(read.point.kelly), multiplier: text(link.multiplier) },
      ...(link.incomplete ? { notes: [reason('SENSOR_MISSING', link.says, 'sensors')] } : {}),
    })
  },
})
