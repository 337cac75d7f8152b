import { fraction } from '../../kernel/setting.ts'
import { periodLoss } from '../period-loss.ts'
import { defineCeiling } from '../rule.ts'

/** Loss of the day so far + open risk + this order's risk ≤ max · the day's opening equity. */
export const dailyLoss = defineCeiling({
  id: 'daily_loss',
  title: 'Daily loss',
  code: 'DAILY_LOSS',
  says: 'If every stop were hit now, the loss of the day would stay within a share of its opening equity.',
  settings: {
    max: fraction({
      title: 'Most loss a day',
      help: 'Share of the equity at the start of the trading day: 0.03 is 3 %.',
      least: '0',
      most: '1',
      above: true,
    }),
  },
  evaluate: (sizing, { max }) => periodLoss(sizing, 'day', max),
})
