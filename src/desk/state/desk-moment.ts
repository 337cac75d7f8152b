import { REPLAY_BOOT } from '../../domain/desk-state/replay-time.ts'
import type { Workspace } from '../workspace.ts'
import type { Moment, StatePorts } from './ports.ts'

/**
 * One look at the clocks of a desk. A replay has days of its own: what happens in it begins and ends by its time, but for what
 * binds a person, which lasts by the clocks of the machine beside it.
 */
export function deskMoment({ market, options }: Workspace, ports: StatePorts): Moment {
  const wall = options.ambient.now()
  const machine = ports.moment?.() ?? { wall, mono: wall, boot: 'ambient' }
  const replayed = market.clock?.()
  return replayed === undefined ? machine : { wall: replayed, mono: replayed, boot: REPLAY_BOOT, machine }
}
