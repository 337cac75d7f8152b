import { fraction } from '../../kernel/setting.ts'
import { periodLoss } from '../period-loss.ts'
import { defineCeiling } from '../rule.ts'

/** Loss of the month so far + open risk + this order's risk ≤ max · the month's opening equity. */
export const monthlyLoss = defineCeiling({
  id: 'monthly_loss',
  title: 'Monthly loss',
  code: 'MONTHLY_LOSS',
  says: 'If every stop were hit now, the loss of the month would stay within a share of its opening equity.',
  settings: {
    max: fraction({
      title: 'Most loss a month',
      help: 'Share of the equity at the start of the month.',
      least: '0',
      most: '1',
      above: true,
    }),
  },
  evaluate: (sizing, { max }) => periodLoss(sizing, 'month', max),
})
