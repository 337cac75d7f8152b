import { readPositive } from '../../kernel/money.ts'
import { fraction } from '../../kernel/setting.ts'
import { floorCeiling } from '../floor-ceiling.ts'
import { defineCeiling, veto } from '../rule.ts'

/** Equity with every stop and this order's hit ≥ the first balance × (1 − max): a static floor. */
export const maxDrawdown = defineCeiling({
  id: 'max_drawdown',
  title: 'Drawdown from the start',
  code: 'DRAWDOWN',
  says: 'If every stop were hit now, equity would stay above a share of what the account began with.',
  settings: {
    max: fraction({
      title: 'Most below the start',
      help: 'Share of the first balance, deposits counted, that may be lost.',
      least: '0',
      most: '1',
      above: true,
    }),
  },
  evaluate(sizing, { max }) {
    const start = readPositive(sizing.inputs.account.startingEquity?.value ?? null, 'account.startingEquity')
    if (!start.ok) return veto(start.error)
    return floorCeiling(sizing, start.value, start.value.minus(start.value.times(max)), 'its start')
  },
})
