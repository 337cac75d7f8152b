import { fraction } from '../../kernel/setting.ts'
import { periodLoss } from '../period-loss.ts'
import { defineCeiling } from '../rule.ts'

/** Loss of the week so far + open risk + this order's risk ≤ max · the week's opening equity. */
export const weeklyLoss = defineCeiling({
  id: 'weekly_loss',
  title: 'Weekly loss',
  code: 'WEEKLY_LOSS',
  says: 'If every stop were hit now, the loss of the week would stay within a share of its opening equity.',
  settings: {
    max: fraction({
      title: 'Most loss a week',
      help: 'Share of the equity at the start of the week.',
      least: '0',
      most: '1',
      above: true,
    }),
  },
  evaluate: (sizing, { max }) => periodLoss(sizing, 'week', max),
})
