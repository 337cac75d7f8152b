import type { CurveInput } from '../../contract/simulation/input.ts'
import type { Tolerance } from '../../domain/simulation/curves/kelly-curve-points.ts'
import { figure } from './read-figures.ts'

/** What the trader will bear, as asked for: shares from 0 to 1. */
export function toleranceOf({ ruin, drawdown }: NonNullable<CurveInput['tolerance']> = {}): Tolerance {
  const share = { from: 0, to: 1 }
  return {
    ...(ruin === undefined ? {} : { ruin: figure(ruin, 'tolerance.ruin', share) }),
    ...(drawdown === undefined ? {} : { drawdown: figure(drawdown, 'tolerance.drawdown', share) }),
  }
}
