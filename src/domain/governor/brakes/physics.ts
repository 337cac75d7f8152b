import { reason } from '../../kernel/reason.ts'
import { fraction, milliseconds } from '../../kernel/setting.ts'
import { weakestLink } from '../../regime-multiplier.ts'
import { defineFactor } from '../rule.ts'

/** × the weakest regime sensor, M = min(Pλ, Pχ, PE); a missing or stale sensor counts with its own multiplier, stated. */
export const physics = defineFactor({
  id: 'physics',
  title: 'Regime sensors',
  code: 'BRAKED',
  says: 'Trades smaller by the most worried of three regime sensors.',
  settings: {
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
  },
  evaluate({ inputs }, settings) {
    const link = weakestLink(inputs, settings)
    return {
      value: link.multiplier,
      says: link.says,
      facts: link.facts,
      ...(link.linkIsMissing ? { fault: reason('SENSOR_MISSING', link.says, `sensors.${link.link ?? ''}`) } : {}),
    }
  },
})
