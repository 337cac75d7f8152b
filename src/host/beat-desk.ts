import { LimitHistoryKeeper } from '../desk/live-limits/keep-history.ts'
import { alertsOf } from '../desk/live-limits/limit-alerts.ts'
import { StoreFault } from '../desk/ports.ts'
import { DeskRefusal } from '../desk/refusal.ts'
import { backUpsOf } from '../desk/state/back-ups.ts'
import type { Workspace } from '../desk/workspace.ts'
import type { Log } from './log.ts'

/** A `HALT` file is seen within this time, whoever wrote it. */
const TICK_MS = 100

/** Lets the desk look at time, the `HALT` file, prices and limits again and again, and where told so at its backups; the answer ends this. */
export function beatDesk(workspace: Workspace, log: Log, backUps = false): () => void {
  const history = new LimitHistoryKeeper()
  const tick = (): void => {
    if (workspace.openBook === undefined) return
    try {
      workspace.posture.tick()
      history.keep(workspace)
      alertsOf(workspace).look()
      if (backUps) backUpsOf(workspace).keep()
    } catch (error) {
      // A store that fails was told to the desk already; limits without a profile have no history.
      if (!(error instanceof StoreFault || error instanceof DeskRefusal)) throw error
      log.warn({ err: error }, 'the desk could not look at its limits')
    }
  }
  const timer = setInterval(tick, TICK_MS)
  timer.unref()
  return () => clearInterval(timer)
}
