import { larger, ONE, readDecimal, smaller, text, ZERO } from '../../kernel/money.ts'
import { fraction } from '../../kernel/setting.ts'
import { defineFactor } from '../rule.ts'

/** × the liquidity score from 0 to 1; an unknown score has a multiplier of its own. */
export const liquidity = defineFactor({
  id: 'liquidity',
  title: 'Liquidity',
  code: 'LIQUIDITY',
  says: 'Trades smaller in instruments that are hard to leave.',
  settings: {
    unknown: fraction({
      title: 'Not known',
      help: 'Multiplier while the liquidity score is not known.',
      least: '0',
      most: '1',
    }),
  },
  evaluate({ inputs }, { unknown }) {
    const read = readDecimal(inputs.studies?.market?.liquidity.value ?? null, 'market.liquidity')
    if (!read.ok) return { value: unknown, says: `The liquidity score is not known: × ${text(unknown)}.`, facts: {} }
    const score = larger(smaller(read.value, ONE), ZERO)
    return { value: score, says: `The liquidity score is ${text(score)}.`, facts: { score: text(score) } }
  },
})
