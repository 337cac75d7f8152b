import { divide, say } from '../../kernel/money.ts'
import { reason } from '../../kernel/reason.ts'
import { number } from '../../kernel/setting.ts'
import { block, defineGate, pass } from '../rule.ts'

/** Distance to the target over distance to the stop, before costs, is at least a minimum; 0 switches it off. */
export const rewardToRisk = defineGate({
  id: 'reward_to_risk',
  title: 'Reward to risk',
  code: 'REWARD_TO_RISK',
  says: 'The target is far enough for the risk taken.',
  settings: {
    least: number({
      title: 'Least reward to risk',
      help: 'Target distance over stop distance; 0 switches the check off.',
      least: '0',
      most: '1000',
      stricter: 'higher',
    }),
  },
  evaluate({ order, stop }, _, { least }) {
    if (least.isZero()) return pass('No minimum is set.')
    if (order.target === null || stop === null) {
      return block(
        reason(
          'INPUT_MISSING',
          `A reward to risk of ${say(least)} is required: give a stop and a target.`,
          order.target === null ? 'request.target' : 'request.stop',
        ),
      )
    }
    const ratio = divide(order.target.minus(order.entry).abs(), order.entry.minus(stop).abs())
    if (ratio.gte(least)) return pass(`Reward to risk is ${say(ratio)}.`)
    return block(
      reason(
        'REWARD_TO_RISK',
        `Reward to risk is ${say(ratio)}, at least ${say(least)} is required.`,
        'request.target',
      ),
    )
  },
})
