import { divide, say } from '../../kernel/money.ts'
import { reason } from '../../kernel/reason.ts'
import { number } from '../../kernel/setting.ts'
import { expectedReturnOf, volatilityOf } from '../../sizing/forecast.ts'
import { RISK_FREE } from '../../sizing/kelly-settings.ts'
import { block, defineGate, pass } from '../rule.ts'

/** (μ − r)/σ of the forecast, in the order's direction, is at least a minimum; 0 switches it off. */
export const minimumSharpe = defineGate({
  id: 'minimum_sharpe',
  title: 'Forecast Sharpe ratio',
  code: 'SHARPE_TOO_LOW',
  says: 'The forecast return is worth its volatility.',
  settings: {
    least: number({
      title: 'Least Sharpe ratio',
      help: 'A year; 0 switches the check off.',
      least: '0',
      most: '20',
      stricter: 'higher',
    }),
    riskFree: RISK_FREE,
  },
  evaluate(sizing, _, { least, riskFree }) {
    if (least.isZero()) return pass('No minimum is set.')
    const mu = expectedReturnOf(sizing)
    if (!mu.ok) return block(mu.error)
    const sigma = volatilityOf(sizing)
    if (!sigma.ok) return block(sigma.error)
    const sharpe = divide(mu.value.minus(riskFree), sigma.value).times(sizing.order.direction)
    if (sharpe.gte(least)) return pass(`The forecast Sharpe ratio is ${say(sharpe)}.`)
    return block(
      reason(
        'SHARPE_TOO_LOW',
        `The forecast Sharpe ratio is ${say(sharpe)}, at least ${say(least)} is required.`,
        'request.expectedReturn',
      ),
    )
  },
})
