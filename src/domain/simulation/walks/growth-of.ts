import { unreachable } from '../../kernel/invariant.ts'
import type { SettledStaking } from '../plan.ts'
import type { Growth } from './equity-walk.ts'

/** How a staking rule turns an outcome, costs already taken off, into growth of equity. */
export function growthOf(staking: SettledStaking): Growth {
  const { fraction } = staking
  switch (staking.method) {
    case 'fixed_fraction':
      return (outcome) => 1 + fraction * outcome
    case 'fixed_amount':
      return (outcome, equity) => {
        const left = equity + fraction * outcome
        // What rounding leaves of the last stake is nothing.
        return left <= fraction * 1e-9 ? 0 : left / equity
      }
    case 'anti_martingale': {
      const { step, cap } = staking
      return (outcome, _equity, _ratio, wins) => {
        let stake = fraction
        for (let win = 0; win < wins && stake < cap; win++) stake *= step
        return 1 + Math.min(stake, cap) * outcome
      }
    }
    case 'drawdown_throttle': {
      const { drawdownLimit, factor } = staking
      const slope = (1 - 1 / factor) / drawdownLimit
      return (outcome, _equity, ratio) => {
        const drawdown = 1 - ratio
        return drawdown > drawdownLimit ? 1 : 1 + fraction * (1 - slope * drawdown) * outcome
      }
    }
    default:
      return unreachable(staking)
  }
}
