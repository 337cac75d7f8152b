import { reason } from '../../kernel/reason.ts'
import { count } from '../../kernel/setting.ts'
import { block, defineGate, pass } from '../rule.ts'

const SECOND_MS = 1_000

/** Orders of the last second and of the trading day stay within their maxima. */
export const orderRate = defineGate({
  id: 'order_rate',
  title: 'Order rate',
  code: 'THROTTLE',
  says: 'Orders come no faster than a person or a sane strategy sends them.',
  settings: {
    perSecond: count({ title: 'Most a second', help: 'Orders decided within one second.', least: 1, most: 100_000 }),
    perDay: count({
      title: 'Most a day',
      help: 'Orders decided since the start of the trading day.',
      least: 1,
      most: 10_000_000,
    }),
  },
  evaluate({ inputs, now }, _, { perSecond, perDay }) {
    const second = inputs.recent.filter(({ at }) => now - at < SECOND_MS && at <= now).length
    if (second >= perSecond)
      return block(
        reason('THROTTLE', `${second} orders were decided within a second, the most is ${perSecond}.`, 'request'),
      )
    if (inputs.ordersToday >= perDay)
      return block(
        reason('THROTTLE', `${inputs.ordersToday} orders were decided today, the most is ${perDay}.`, 'request'),
      )
    return pass(`${inputs.ordersToday} of ${perDay} orders today.`)
  },
})
