import { divide, sayExact, sayPercent, text, type Dec } from '../../kernel/money.ts'
import { reason } from '../../kernel/reason.ts'
import { fraction } from '../../kernel/setting.ts'
import { block, defineGate, pass } from '../rule.ts'

/** Tick value and contract size as the broker states them agree with tick size × point value. */
export const specCheck = defineGate({
  id: 'spec_check',
  title: 'Specification',
  code: 'SPEC_MISMATCH',
  says: 'The money per tick that sizes are computed with agrees with the broker’s own figures.',
  settings: {
    tolerance: fraction({
      title: 'Tolerance',
      help: 'Largest relative difference: 0.01 is 1 %.',
      least: '0',
      most: '0.5',
    }),
  },
  evaluate({ instrument }, _, { tolerance }) {
    const computed = instrument.tickSize.times(instrument.pointValue)
    const facts = { tickValue: text(computed) }
    const stated: readonly (readonly [string, Dec | null, Dec])[] = [
      ['tickValue', instrument.tickValue, computed],
      ['contractSize', instrument.contractSize, instrument.pointValue],
    ]
    for (const [name, broker, ours] of stated) {
      if (broker === null) continue
      const off = divide(ours.minus(broker).abs(), broker)
      if (off.gt(tolerance)) {
        return block(
          reason(
            'SPEC_MISMATCH',
            `${instrument.symbol}: ${name} is ${sayExact(broker)} by the broker but ${sayExact(ours)} from tick size and point value, ${sayPercent(off)} apart.`,
            `instrument.${name}`,
          ),
          facts,
        )
      }
    }
    const known = stated.filter(([, broker]) => broker !== null).length
    return pass(
      known === 0
        ? `One tick is ${sayExact(computed)} ${instrument.currency}; the broker's own figure is not known.`
        : `One tick is ${sayExact(computed)} ${instrument.currency}, as the broker states.`,
      facts,
    )
  },
})
